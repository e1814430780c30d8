import { diff } from "../../provider/core/diff";
import { update } from "../../provider/lifecycle/update";
import { read } from "../../provider/lifecycle/read";
import { pack, unpack } from "../../provider/core/state";
import { formOf, inForm } from "../../provider/core/textForms";
import type { Values } from "../../provider/core/wire";
import { createFakeDirectory } from "./fakeDirectory";
import { diffed, id, stateOfTom, updated } from "../lifecycle/verbs/petStates";
import { livePet, pet, tom } from "./pet";

describe("a text that an account keeps in another form", () => {
  test.each([
    ["in lower case", "Ann@Example.com", "ann@example.com", "lowerCase"],
    ["its domain in lower case", "Ann@Example.COM", "Ann@example.com", "lowerCaseDomain"],
    ["in upper case", "ann", "ANN", "upperCase"],
    ["trimmed", " ann ", "ann", "trimmed"],
    ["single-spaced", "ann  b", "ann b", "singleSpaced"],
    ["with composed accents", "Zoe\u0308", "Zo\u00eb", "composed"],
    ["trimmed and in lower case", " Ann", "ann", "trimmed lowerCase"],
  ])("%s, is known by that form", (_what, text, kept, form) => {
    expect(formOf(text, kept)).toBe(form);
    expect(inForm(text, form)).toBe(kept);
  });

  test.each([
    ["the same", "ann", "ann"],
    ["another text", "ann", "bob"],
    ["another case than any step makes", "ann lee", "Ann Lee"],
    ["a part of it", "ann lee", "ann"],
  ])("is not known by one where it is %s", (_what, text, kept) => {
    expect(formOf(text, kept)).toBeUndefined();
  });

  test("is as it was under a form that only a later release knows", () => {
    expect(inForm("Ann", "reversed")).toBe("Ann");
  });
});

/** Pets of an account that keeps colours, and each tag, in lower case. */
function lowerCasing(...pets: Values[]) {
  const fake = createFakeDirectory(...pets);
  const { call } = fake.directory;
  const lower = (value: unknown) => (typeof value === "string" ? value.toLowerCase() : value);
  fake.directory.call = ({ action, params }) => {
    const { Colour, Tags } = params;
    const tags = Tags as [string, unknown][] | undefined;
    return call({
      action,
      params: {
        ...params,
        ...(Colour === undefined ? {} : { Colour: lower(Colour) }),
        ...(tags === undefined ? {} : { Tags: tags.map(([key, value]) => [key, lower(value)]) }),
      },
    });
  };
  return fake;
}

const red = { colour: "Red" };
const form = { __forms: { colour: "lowerCase" } };

describe("an account that keeps colours in lower case", () => {
  test("is told from drift by the answer to the write, and nothing is sent again", async () => {
    const pets = lowerCasing(livePet());
    const outputs = await updated(pets, {}, red);
    expect(outputs).toEqual({ ...tom, ...red, ...form });
    expect(await diffed(pets, outputs, red)).toEqual([]);
    expect(await updated(pets, outputs, red)).toEqual(outputs);
    expect(pets.sent).toEqual(["ChangePet"]);
  });

  test("is known key by key in a map", async () => {
    const pets = lowerCasing(livePet());
    const tags = { tags: { home: "Attic", "home.x": "y", age: "3" } };
    const outputs = await updated(pets, {}, tags);
    expect(outputs).toMatchObject({ __forms: { "tags.home": "lowerCase" } });
    expect(await diffed(pets, outputs, tags)).toEqual([]);
    pets.change("Tom", { Tags: [["home", "ATTIC"]] });
    pets.directory.invalidate("7");
    expect((await diffed(pets, outputs, tags))!.map(({ path, from }) => [path, from])).toContainEqual([
      "tags.home",
      "ATTIC",
    ]);
  });

  test.each([["RED"], ["blue"]])(
    "still shows that somebody made it %s, and puts it right",
    async (colour) => {
      const pets = lowerCasing(livePet());
      const outputs = await updated(pets, {}, red);
      pets.change("Tom", { Colour: colour });
      expect(await diffed(pets, outputs, red)).toMatchObject([{ cause: "account", from: colour, to: "Red" }]);
      expect(await updated(pets, outputs, red)).toEqual(outputs);
      expect(pets.live).toMatchObject([{ Colour: "red" }]);
    },
  );

  test("is forgotten with the value: removed, or changed to one that is kept as it is", async () => {
    const pets = lowerCasing(livePet());
    const note = { note: "x" };
    const outputs = await updated(pets, {}, { ...red, ...note });
    expect(await updated(pets, outputs, { ...note, colour: "blue" })).toEqual({
      ...tom,
      ...note,
      colour: "blue",
    });
    expect(await updated(pets, outputs, note)).toEqual({ ...tom, ...note });
  });

  test("stays known through an update of something else, and through a refresh", async () => {
    const pets = lowerCasing(livePet());
    const outputs = await updated(pets, {}, red);
    const later = await updated(pets, outputs, { ...red, note: "x" });
    expect(later).toMatchObject(form);
    const state = unpack(id, later);
    const refreshed = await read(pet, { state, directory: pets.directory });
    expect(refreshed!.inputs).toMatchObject(red);
    expect(pack(refreshed!.state)).toEqual(later);
  });

  test("is not taken for granted of a value that somebody may have changed", () => {
    const state = stateOfTom(red);
    const request = { state, inputs: { ...tom, ...red }, user: livePet({ Colour: "red" }), ignored: [] };
    expect(diff(pet, request)).toMatchObject([{ cause: "account", from: "red", to: "Red" }]);
  });

  test("is not noted of a value whose changes the program ignores", async () => {
    const pets = lowerCasing(livePet({ Colour: "red" }));
    expect(await updated(pets, red, { ...red, note: "x" }, ["colour"])).not.toHaveProperty("__forms");
  });
});

describe("where the answer to a write shows no user", () => {
  const silent = (...pets: Values[]) => {
    const fake = lowerCasing(...pets);
    const { call } = fake.directory;
    fake.directory.call = async (sent) => ({ ...(await call(sent)), Pet: undefined });
    return fake;
  };
  const freshFinds = ({ finds }: ReturnType<typeof silent>) => finds.filter(({ fresh }) => fresh).length;

  test("an ordinary value costs no call", async () => {
    const pets = silent(livePet());
    await updated(pets, {}, { colour: "blue", note: "Hello there" });
    expect(freshFinds(pets)).toBe(1);
  });

  test.each([["Ann@Example.com"], [" red"]])(
    "%j, which an API may well change, is read once",
    async (colour) => {
      const pets = silent(livePet());
      const outputs = await updated(pets, {}, { colour });
      expect(freshFinds(pets)).toBe(2);
      expect(await diffed(pets, outputs, { colour })).toEqual([]);
    },
  );

  test("any other value is written once more, and its form is then known", async () => {
    const pets = silent(livePet());
    const outputs = await updated(pets, {}, red);
    expect(await diffed(pets, outputs, red)).toHaveLength(1);
    const again = await updated(pets, outputs, red);
    expect(again).toMatchObject(form);
    expect(await diffed(pets, again, red)).toEqual([]);
    expect(pets.sent).toEqual(["ChangePet", "ChangePet"]);
  });

  test("a read that fails afterwards fails no update", async () => {
    const pets = silent(livePet());
    const { find } = pets.directory;
    let finds = 0;
    pets.directory.find = async (request) => {
      if (++finds > 1) throw new Error("no");
      return find(request);
    };
    const inputs = { ...tom, colour: "A@B.c" };
    const done = await update(pet, { state: stateOfTom(), inputs, ignored: [], directory: pets.directory });
    expect(pack(done)).toEqual(inputs);
  });
});
