import fc from "fast-check";
import { flatten } from "../../provider/api/client";
import { check } from "../../provider/core/check";
import { decodeAll } from "../../provider/core/decode";
import { diff } from "../../provider/core/diff";
import { planAfterCreate, planCreate, planUpdate } from "../../provider/core/plan";
import type { Resource } from "../../provider/core/resource";
import type { Values, Wire } from "../../provider/core/wire";
import { stored } from "../../provider/core/state";
import { unknownValue } from "../../provider/core/unknown";
import { resources } from "../../provider/resources";
import { eiamUser } from "../../provider/resources/eiam/eiamUser";
import { crashWords, hostileText, hostileValue, inheritedNames, runs } from "../hostile";
import { lives } from "../resources/samples";
import { pet, tom } from "./pet";

/** A program's values for a kind of user: right ones, of which some are replaced, dropped or joined by others. */
function programs(resource: Resource): fc.Arbitrary<Values> {
  const names = [...Object.keys(resource.attributes), ...Object.keys(resource.options)];
  const life = lives[resource.type];
  const samples = life
    ? Object.values(life.samples).flatMap(({ declared, next }) => [declared, next ?? {}])
    : [tom];
  const base = life?.base ?? tom;
  const name = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, hostileText);
  const value = fc.oneof(hostileValue, fc.constant(unknownValue));
  const entries = fc
    .array(fc.tuple(name, value), { maxLength: 4 })
    .map((list) => Object.fromEntries(list) as Values);
  const right = fc.array(fc.constantFrom(...samples), { maxLength: 4 });
  return fc
    .tuple(right, entries)
    .map(([some, hostile]) => ({ ...base, ...Object.assign({}, ...some), ...hostile }));
}

/** A live user as an answer may show it. */
function users(resource: Resource): fc.Arbitrary<Wire> {
  const wires = Object.values(resource.attributes).map(({ field: wire }) => wire);
  return fc
    .array(
      fc.tuple(
        fc.constantFrom(...wires),
        fc.oneof(hostileText, fc.boolean(), fc.integer(), fc.constant(null)),
      ),
    )
    .map(
      (entries) =>
        Object.fromEntries(entries.filter(([wire]) => !/^(CustomFields|Tags|Organ)/.test(wire))) as Wire,
    );
}

test.each(resources)("what an answer has in the place of a number or a name is none: $type", (resource) => {
  const odd = { toString: null };
  const times = { EffectiveStartTime: odd, EffectiveEndTime: [], LockExpireTime: odd };
  const fields = [{ FieldName: odd, FieldValue: "1" }, {}, { FieldName: "age", FieldValue: "2" }];
  const shown = decodeAll(resource, { ...times, CustomFields: fields });
  expect(shown).not.toHaveProperty("effectiveStartTime");
  expect(shown).not.toHaveProperty("effectiveEndTime");
  if (resource.type === "EiamUser")
    expect(shown).toMatchObject({ customFields: { age: "2" }, locked: false });
});

test("a custom field without a name is refused by what is wrong with it", () => {
  const declared = { instanceId: "idaas_demo0001", username: "carol", customFields: { "": "1" } };
  expect(check(eiamUser as unknown as Resource, { previous: undefined, declared }).failures).toEqual([
    { property: "customFields", reason: '"customFields." is not a possible name: it must not be empty.' },
  ]);
});

const prototypeNames = Object.getOwnPropertyNames(Object.prototype).join();

describe.each([...resources, pet])("values of any shape that a program declares of a $type", (resource) => {
  const checked = (declared: Values, previous?: Values) => check(resource, { previous, declared });

  test("are refused in sentences, or taken in a form that is taken again", () => {
    fc.assert(
      fc.property(programs(resource), (declared) => {
        const { inputs, failures } = checked(declared);
        for (const { reason } of failures) {
          expect(reason).toMatch(/^"[^\n]*\.$/);
          expect(reason).not.toMatch(crashWords);
          expect(reason).not.toMatch(/[\p{Surrogate}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        }
        if (failures.length === 0) expect(checked(inputs)).toEqual({ inputs, failures: [] });
        expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(prototypeNames);
      }),
      runs(300),
    );
  });

  test("are compared and planned where they were taken, and nothing but texts is sent", () => {
    const taken = programs(resource).map((declared) =>
      checked(declared).failures.length === 0 ? checked(declared).inputs : undefined,
    );
    fc.assert(
      fc.property(taken, taken, users(resource), (desired, previous = {}, user) => {
        fc.pre(desired !== undefined);
        const isKnown = !JSON.stringify(desired).includes(unknownValue);
        const comparison = { state: stored(previous), inputs: desired!, user, ignored: [] };
        const differences = diff(resource, comparison);
        expect(JSON.stringify(differences)).not.toMatch(/native code/);
        if (!isKnown) return;
        const steps = [
          planCreate(resource, desired!, {}, "token"),
          ...planAfterCreate(resource, desired!, user),
          ...planUpdate(resource, comparison),
        ];
        for (const text of steps.flatMap(({ params }) => Object.entries(flatten(params)).flat())) {
          expect(text).not.toMatch(/native code/);
          // Values of the account may be sent back together with those of the program.
          if (!Object.values(user).includes(text)) expect(text).not.toMatch(/\p{Surrogate}/u);
        }
      }),
      runs(300),
    );
  });

  test.each(inheritedNames)("are refused under the name %s, which no attribute has", (name) => {
    const declared = JSON.parse(`{"${name}": "x"}`) as Values;
    const { failures } = checked({ ...lives[resource.type]?.base, ...declared });
    if (name === "__proto__") expect(JSON.stringify(failures)).not.toMatch(crashWords);
    else expect(failures).toContainEqual(expect.objectContaining({ property: name }));
  });

  test("are refused however deep they are", () => {
    let deep: unknown = "x";
    for (let level = 0; level < 2000; level++) deep = level % 2 ? [deep] : { deep };
    for (const name of Object.keys(resource.attributes))
      expect(checked({ [name]: deep }).failures).toContainEqual(expect.objectContaining({ property: name }));
  });
});
