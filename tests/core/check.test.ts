import { check, checkChange, checkValues } from "../../provider/core/check";
import { rule } from "../../provider/core/rule";
import type { Resource } from "../../provider/core/resource";
import type { Values } from "../../provider/core/wire";
import { unknownValue } from "../../provider/core/unknown";
import { withSecrets } from "../../provider/core/secrets";
import { packHidden } from "../../provider/core/state";
import { pet, tom } from "./pet";

const failures = (
  declared: Values,
  more: { previous?: Values; replaceOnChanges?: string[]; prefetched?: Values; shown?: string[] } = {},
) => check(pet, { previous: undefined, declared: { ...tom, ...declared }, ...more }).failures;

const reasons = (...words: Parameters<typeof failures>) => failures(...words).map(({ reason }) => reason);

describe("check gives the one form of the declared values", () => {
  const inputs = (declared: Values) => check(pet, { previous: undefined, declared }).inputs;

  test("with what is null or undefined left out", () => {
    expect(inputs({ ...tom, note: null, colour: undefined, weight: 3 })).toEqual({ ...tom, weight: 3 });
  });

  test("with what the host passes along left out", () => {
    const declared = { ...tom, ...packHidden({ urn: "urn:pulumi:x", ignored: ["note"] }) };
    expect(check(pet, { previous: undefined, declared })).toEqual({ inputs: tom, failures: [] });
  });

  test("with options beside the attributes", () => {
    expect(inputs({ ...tom, adopt: true, onDelete: "lock" })).toEqual({
      ...tom,
      adopt: true,
      onDelete: "lock",
    });
  });

  test("with an empty text kept, which is a value", () => {
    expect(inputs({ ...tom, note: "" })).toEqual({ ...tom, note: "" });
  });
});

describe("check refuses", () => {
  test.each<[string, Values, string]>([
    ["a missing attribute", { name: undefined }, '"name" is required, and the program does not set it.'],
    ["a missing one that is null", { name: null }, '"name" is required, and the program does not set it.'],
    ["an empty text", { name: "" }, '"name" must not be empty.'],
    ["a text that is too long", { name: "Methusalem" }, '"name" must be at most 8 characters long.'],
    ["a text that is too short", { chip: "ab" }, '"chip" must be at least 3 characters long.'],
    ["a number that is too small", { weight: 0 }, '"weight" must be at least 1.'],
    ["a number that is too large", { weight: 100 }, '"weight" must be at most 99.'],
    ["a value outside of the list", { breed: "fish" }, '"breed" must be one of "cat", "dog".'],
    ["a value of the wrong type", { colour: true }, '"colour" must be a string.'],
    ["a text in place of a list", { tricks: "sit" }, '"tricks" must be an array.'],
    ["a list in place of a map", { tags: ["a"] }, '"tags" must be an object.'],
    ["a wrong value inside of a list", { tricks: ["sit", true] }, '"tricks.1" must be a string.'],
    ["a wrong value inside of a map", { tags: { age: true } }, '"tags.age" must be a string.'],
    [
      "a misspelt attribute",
      { Colour: "red" },
      '"Colour" is not an attribute of Pet. Did you mean "colour"?',
    ],
    [
      "an option with a wrong value",
      { onDelete: "eat" },
      '"onDelete" must be one of "delete", "lock", "retain".',
    ],
    [
      "half a character",
      { note: "a\ud800b" },
      '"note" holds half a character (a lone surrogate), which cannot be sent. Take it out.',
    ],
    ["a NUL", { note: "a\0b" }, '"note" holds a NUL character, which cannot be sent. Take it out.'],
    [
      "half a character inside of a list",
      { tricks: ["sit", "\udc00"] },
      '"tricks.1" holds half a character (a lone surrogate), which cannot be sent. Take it out.',
    ],
    [
      "half a character inside of a map",
      { tags: { age: "\ud800" } },
      '"tags.age" holds half a character (a lone surrogate), which cannot be sent. Take it out.',
    ],
    [
      "half a character in the key of a map",
      { tags: { "\ud800": "3" } },
      '"tags.\\ud800" holds half a character (a lone surrogate), which cannot be sent. Take it out.',
    ],
    [
      "a key that no object can hold like any other",
      { tags: JSON.parse('{"__proto__": "3"}') as Values },
      '"tags.__proto__" has a name that JavaScript reserves, so it cannot be managed. Take it out.',
    ],
    [
      "an attribute named like what every object inherits",
      { toString: "x" } as unknown as Values,
      '"toString" is not an attribute of Pet. It has: house, name, breed, colour, note, weight, height, unit, chip, ' +
        "hungry, origin, tricks, tags, cage, asleep, adopt, onDelete, forceDestroy.",
    ],
    ["what a rule forbids", { height: 30 }, '"unit" is required with height.'],
  ])("%s", (_what, declared, reason) => {
    expect(reasons(declared)).toEqual([reason]);
  });

  test("an attribute that it does not know, and lists those that it does", () => {
    expect(reasons({ owner: "Ann" })).toEqual([
      '"owner" is not an attribute of Pet. It has: house, name, breed, colour, note, weight, height, unit, chip, ' +
        "hungry, origin, tricks, tags, cage, asleep, adopt, onDelete, forceDestroy.",
    ]);
  });

  test("everything that is wrong at once, each with its attribute", () => {
    expect(failures({ name: "", weight: 0 }).map(({ property }) => property)).toEqual(["name", "weight"]);
  });

  test.each<[string, Values, string]>([
    ["a text", { breed: "fish" }, '"breed" must be one of "cat", "dog"; it is "fish".'],
    ["a number", { weight: 100 }, '"weight" must be at most 99; it is 100.'],
    ["a place in a list", { tricks: ["sit", true] }, '"tricks.1" must be a string; it is true.'],
    ["a list", { tags: ["a"] }, '"tags" must be an object; it is ["a"].'],
    ["in one line", { breed: "a\n\u202eb" }, '"breed" must be one of "cat", "dog"; it is "a\\n\\u{202e}b".'],
  ])("and shows what is wrong where that is no secret: %s", (_what, declared, reason) => {
    expect(reasons(declared, { shown: Object.keys(declared) })).toEqual([reason]);
  });

  test.each<[string, Values]>([
    ["empty", { name: "" }],
    ["missing", { name: undefined }],
    ["long", { name: "x".repeat(60) }],
    ["no attribute", { passwrd: "s3cret" }],
  ])("and does not repeat what is %s", (_what, declared) => {
    expect(reasons(declared, { shown: Object.keys(declared) })).toEqual(reasons(declared));
  });

  test("and does not repeat a secret that stands in another attribute", () => {
    const wrong = { breed: "my s3cret", chip: "s3cret" };
    const told = withSecrets(["s3cret"], () => reasons(wrong, { shown: ["breed"] }));
    expect(told).toEqual(['"breed" must be one of "cat", "dog".']);
  });

  test("what is wrong without ever repeating a value that may be secret", () => {
    const others = { shown: ["name", "weight"] };
    expect(JSON.stringify(failures({ chip: "s!", breed: "s3cret", colour: ["s3cret"] }, others))).not.toMatch(
      /s!|s3cret/,
    );
    expect(JSON.stringify(failures({ chip: "s!", breed: "s3cret", colour: ["s3cret"] }))).not.toMatch(
      /s!|s3cret/,
    );
  });

  test("what the answer of the resource's prefetch forbids", () => {
    expect(reasons({ breed: "dog" }, { prefetched: { Forbidden: "dog" } })).toEqual([
      '"breed" is not allowed in this house.',
    ]);
    expect(reasons({ breed: "cat" }, { prefetched: { Forbidden: "dog" } })).toEqual([]);
  });

  test("nothing by a rule before each attribute alone is right", () => {
    expect(reasons({ name: "", height: 30 })).toEqual(['"name" must not be empty.']);
  });
});

describe("a value that is not known yet", () => {
  test("passes whatever its attribute demands, and stays as it is", () => {
    const declared = { ...tom, weight: unknownValue, breed: unknownValue, tricks: ["sit", unknownValue] };
    expect(check(pet, { previous: undefined, declared })).toEqual({ inputs: declared, failures: [] });
  });

  test("makes the rules that need it wait, and no others", () => {
    expect(reasons({ height: 30, unit: unknownValue })).toEqual([]);
    expect(reasons({ height: unknownValue })).toEqual([]);
    expect(reasons({ height: 30, colour: unknownValue })).toEqual(['"unit" is required with height.']);
  });

  test("is no removal", () => {
    expect(reasons({ colour: unknownValue }, { previous: { ...tom, colour: "red" } })).toEqual([]);
  });
});

describe("an attribute that leaves the program", () => {
  const previous = { ...tom, colour: "red" };

  test("is refused where it cannot be cleared, with the reason and three ways out", () => {
    expect(failures({}, { previous })).toEqual([
      {
        property: "colour",
        reason:
          '"colour" was removed, but the API cannot clear it. Keep it, replace the user on this change with ' +
          'the resource option replaceOnChanges: ["colour"], or ignore the change with ignoreChanges: ["colour"].',
      },
    ]);
  });

  test("is refused as well when it is set to null", () => {
    expect(failures({ colour: null }, { previous })).toHaveLength(1);
  });

  test.each<[string, Values]>([
    ["an empty text clears it", { note: "hello" }],
    ["a default takes its place", { weight: 3 }],
    ["it has no effect of its own", { unit: "cm", chip: "abc" }],
    ["it is managed key by key", { tags: { age: "3" } }],
  ])("may go where %s", (_why, declared) => {
    expect(failures({}, { previous: { ...tom, ...declared } })).toEqual([]);
  });

  test("may go when the user is recreated anyway", () => {
    expect(failures({ house: "h2" }, { previous })).toEqual([]);
    expect(failures({ breed: "dog" }, { previous: { ...previous, breed: "cat" } })).toEqual([]);
  });

  test("may go when the program makes a new user of this change", () => {
    expect(failures({}, { previous, replaceOnChanges: ["colour"] })).toEqual([]);
    expect(failures({}, { previous, replaceOnChanges: ["*"] })).toEqual([]);
    expect(failures({}, { previous, replaceOnChanges: ["note"] })).toHaveLength(1);
  });

  test("is no removal at a creation, nor where it was empty before", () => {
    expect(failures({})).toEqual([]);
    expect(failures({}, { previous: { ...tom, colour: "" } })).toEqual([]);
  });

  test("is told once when a rule misses it too", () => {
    const failure = { property: "colour", reason: '"colour" is required in this house.' };
    const resource = {
      ...pet,
      rules: [rule(["colour"], ({ colour }) => (colour === undefined ? failure : undefined))],
    };
    expect(check(resource, { previous, declared: tom }).failures).toEqual([failure]);
  });
});

describe("an attribute that counts at the creation alone", () => {
  const sentence =
    '"origin" can be set only when the user is created; the API cannot change it later. Keep the old value, replace the user ' +
    'on this change with the resource option replaceOnChanges: ["origin"], or ignore the change with ' +
    'ignoreChanges: ["origin"].';

  test.each<[string, Values]>([
    ["changed", { ...tom, origin: "farm" }],
    ["added", tom],
  ])("cannot be %s later", (_how, previous) => {
    expect(failures({ origin: "shelter" }, { previous })).toEqual([{ property: "origin", reason: sentence }]);
  });

  test("may be set at the creation, stay, and change with a new user", () => {
    expect(failures({ origin: "farm" })).toEqual([]);
    expect(failures({ origin: "farm" }, { previous: { ...tom, origin: "farm" } })).toEqual([]);
    expect(failures({ origin: "farm" }, { previous: tom, replaceOnChanges: ["origin"] })).toEqual([]);
  });
});

describe("the parts of check", () => {
  const chipless = { property: "chip", reason: '"chip" is required for a new pet.' };
  const guarded: Resource = {
    ...pet,
    create: {
      ...pet.create,
      rules: [rule(["chip"], ({ chip }) => (chip === undefined ? chipless : undefined))],
    },
  };
  const judged = (previous: Values | undefined, declared: Values) =>
    checkChange(guarded, { previous, declared: { ...tom, ...declared } });

  test("demand of a new pet alone what only a new one needs", () => {
    expect(judged(undefined, {})).toEqual([chipless]);
    expect(judged({ ...tom, house: "h2" }, {})).toEqual([chipless]);
    expect(judged(tom, {})).toEqual([]);
    expect(judged(undefined, { chip: unknownValue })).toEqual([]);
  });

  test("judge the values by themselves, whatever becomes of them", () => {
    expect(checkValues(guarded, { ...tom, weight: 0 }, {}).failures).toMatchObject([{ property: "weight" }]);
    expect(checkValues(guarded, tom, {})).toEqual({ inputs: tom, failures: [] });
  });

  test("are all in it", () => {
    const { failures } = check(guarded, { previous: undefined, declared: { ...tom, weight: 0 } });
    expect(failures.map(({ property }) => property)).toEqual(["weight", "chip"]);
  });
});
