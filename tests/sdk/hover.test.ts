import typescript5 from "typescript";
import typescript6 from "typescript-6";
import { resources } from "../../provider/resources";
import { nameAttributeOf, nameOf } from "../../provider/core/identity";
import { rowsOf } from "../../provider/core/resource";
import { readSentences } from "../../scripts/schema/sentences";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { openEditor } from "./hover";

const sentences = readSentences();

/** What stands for an argument's value where only its name matters. */
const anything = "undefined as never";

interface Named {
  name: string;
  sentence: string;
}

/** The arguments and outputs of each resource, and those of its look-ups, with their sentences. */
const kinds = resources.map((resource) => {
  const { type } = resource;
  const named = (names: readonly string[]): Named[] =>
    names.map((name) => ({ name, sentence: sentences.get(`${type}.${name}`)! }));
  const attributes = rowsOf(resource).map(([name]) => name);
  const place = resource.identity.slice(0, -1).map((wire) => nameOf(resource, wire));
  return {
    type,
    args: named([...attributes, ...Object.keys(resource.options)]),
    outputs: named(attributes),
    found: named(rowsOf(resource).flatMap(([name, { writeOnly }]) => (writeOnly ? [] : [name]))),
    place,
    which: named([...place, nameAttributeOf(resource)]),
    filters: (resource.filters ?? []).map((wire) => ({
      name: wire.charAt(0).toLowerCase() + wire.slice(1),
      sentence: `The filter \`${wire}\` of the API's list.`,
    })),
  };
});

const modules = ["pulumi-alicloud-users", "pulumi-alicloud-users/plugin"];

/** A part of a program that uses everything there is of a resource, with a mark behind each name. */
function useOf(kind: (typeof kinds)[number], module: string): string {
  const { type, args, outputs, found, which, filters, place } = kind;
  const mark = (what: string) => `/*${what} ${type} of ${module}*/`;
  const read = (of: string, named: readonly Named[], what: string) =>
    named.map(({ name }) => `${of}.${name}${mark(`${what} ${name}`)}`).join(", ");
  const given = (named: readonly Named[], what: string) =>
    named.map(({ name }) => `${name}${mark(`${what} ${name}`)}: ${anything}`).join(", ");
  const where = place.map((name) => `, ${name}: ${anything}`).join("");
  const dataSources = ["", "Output"].map(
    (form) => `
      const one${form} = users.get${type}${form}${mark(`one${form}`)}({ ${given(which, `which${form}`)} });
      void users.get${type}s${form}${mark(`many${form}`)}({ ${given(filters, `filter${form}`)}${where} });`,
  );
  return `{
    const user = new users.${type}${mark("class")}("a", { ${given(args, "argument")} });
    void [user.userId${mark("userId")}, ${read("user", outputs, "output")}];
    void users.${type}.get${mark("get")}("b", "c");
    ${dataSources.join("\n")}
    void one.then((found) => [${read("found", found, "found")}]);
  }`;
}

/** Mistakes with a user of a bastion host, and what the error of each has to say. */
const mistakes: readonly [what: string, args: string, said: RegExp][] = [
  ["a Local user without a password", 'source: "Local"', /Property 'password' is missing/],
  ["a RAM user without its id", 'source: "Ram"', /Property 'sourceUserId' is missing/],
  ["a source in the wrong case", 'source: "local", password: "p"', /Did you mean '"Local"'\?$/],
  [
    "a two-factor status without a method",
    'source: "Local", password: "p", twoFactorStatus: "Enable"',
    /Property 'twoFactorMethods' is missing/,
  ],
  ["an unknown attribute", 'source: "Local", password: "p", nick: "b"', /'nick' does not exist/],
];

const program = [
  ...modules.flatMap((module, at) => [
    `import * as module${at} from "${module}";`,
    `export function use${at}(users: typeof module${at}): void {`,
    ...kinds.map((kind) => useOf(kind, module)),
    "}",
  ]),
  ...mistakes.map(
    ([, args]) => `new module0.BastionhostUser("bob", { instanceId: "i", userName: "bob", ${args} });`,
  ),
].join("\n");

beforeAll(() => linkOwnName());

describe.each([
  ["5", typescript5],
  // Its types are of another package, and what is asked of it is the same.
  ["6", typescript6 as unknown as typeof typescript5],
])("in an editor with TypeScript %s", (version, ts) => {
  const { hovers, errors } = openEditor(ts, program);

  test("a program that uses every attribute has no errors but its intended ones", () => {
    expect(ts.version).toMatch(new RegExp(`^${version}\\.`));
    expect(errors).toEqual(mistakes.map(([, , said]) => expect.stringMatching(said)));
  });

  describe.each(kinds.flatMap((kind) => modules.map((module) => ({ ...kind, module }))))(
    "$type of $module",
    ({ type, module, args, outputs, found, which, filters }) => {
      const documentation = (what: string) => hovers.get(`${what} ${type} of ${module}`)?.documentation;
      const shown = (what: string, named: readonly Named[]) =>
        named.map(({ name }) => ({ name, sentence: documentation(`${what} ${name}`) }));

      test("shows the sentence of every argument", () => expect(shown("argument", args)).toEqual(args));

      test("shows the sentence of every output", () => {
        expect(shown("output", outputs)).toEqual(outputs);
        expect(documentation("userId")).toMatch(/^The user's id/);
      });

      test("shows the sentences of the look-ups' arguments and of what they return", () => {
        for (const form of ["", "Output"]) {
          expect(shown(`which${form}`, which)).toEqual(which);
          expect(shown(`filter${form}`, filters)).toEqual(filters);
        }
        expect(shown("found", found)).toEqual(found);
      });

      test("says what the class and each look-up are for", () => {
        const about = ["class", "get", "one", "oneOutput", "many", "manyOutput"].map((what) => [
          what,
          documentation(what),
        ]);
        expect(about.filter(([, text]) => !text?.endsWith("."))).toEqual([]);
      });
    },
  );

  test.each(mistakes.map(([what], at) => [what, at] as const))("the error of %s is short", (_what, at) => {
    expect(errors[at]!.split("\n").length).toBeLessThanOrEqual(2);
    expect(errors[at]!.length).toBeLessThan(560);
  });
});
