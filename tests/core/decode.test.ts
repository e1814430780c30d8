import { decode, decodeAll, decodeDeclared, notReturnedNames } from "../../provider/core/decode";
import { livePet, pet, petWith, tom } from "./pet";

describe("the live user in the declared form", () => {
  test("holds what was declared and nothing else", () => {
    const live = livePet({ Colour: "blue", Note: "hello", Asleep: true });
    expect(decode(pet, live, { ...tom, colour: "red" }, [])).toEqual({ ...tom, colour: "blue" });
  });

  test("lacks what the account has no longer", () => {
    expect(decode(pet, livePet(), { ...tom, colour: "red", note: "hello" }, [])).toEqual(tom);
    expect(decode(pet, livePet({ Note: "" }), { ...tom, note: "hello" }, [])).toEqual(tom);
  });

  test("keeps what is declared as empty and is empty, so that the program can still remove it", () => {
    expect(decode(pet, livePet(), { ...tom, note: "" }, [])).toEqual({ ...tom, note: "" });
    expect(decode(pet, livePet({ Note: "hello" }), { ...tom, note: "" }, [])).toEqual({
      ...tom,
      note: "hello",
    });
  });

  test("keeps what the account never says", () => {
    const declared = { ...tom, chip: "abc", origin: "farm", hungry: false };
    expect(decode(pet, livePet(), declared, [])).toEqual(declared);
  });

  test("keeps what the account was seen not to show, and takes it once it shows", () => {
    expect(decode(pet, livePet(), { ...tom, colour: "red" }, ["colour"])).toEqual({ ...tom, colour: "red" });
    expect(decode(pet, livePet({ Colour: "blue" }), { ...tom, colour: "red" }, ["colour"])).toEqual({
      ...tom,
      colour: "blue",
    });
  });

  test("holds the declared keys of a map that the account has", () => {
    const live = livePet({
      Tags: [
        ["age", "4"],
        ["of_others", "y"],
      ],
    });
    expect(decode(pet, live, { ...tom, tags: { age: "3", home: "x" } }, [])).toEqual({
      ...tom,
      tags: { age: "4" },
    });
  });

  test("holds a list that the account wraps into JSON as a list", () => {
    expect(decode(pet, livePet({ Tricks: '["sit"]' }), { ...tom, tricks: [] }, [])).toEqual({
      ...tom,
      tricks: ["sit"],
    });
  });
});

test("everything that the account shows is every attribute that has a value, in the declared form", () => {
  const shown = {
    Colour: "red",
    Note: null,
    Tricks: '["sit"]',
    Asleep: false,
    Hungry: false,
    Chip: "abc",
    Tags: [
      ["age", "3"],
      ["of_others", "y"],
    ],
  };
  expect(decodeAll(pet, livePet(shown))).toEqual({
    ...tom,
    colour: "red",
    tricks: ["sit"],
    asleep: false,
    tags: { age: "3", of_others: "y" },
  });
});

describe("what a program has to declare to get a pet as it is", () => {
  test("is all that the account shows, without what stands for none", () => {
    const shown = {
      Colour: "red",
      Note: "hello",
      Weight: 1,
      Tricks: "[]",
      Tags: [["age", "3"]],
      Asleep: false,
    };
    expect(decodeDeclared(pet, livePet(shown))).toEqual({
      ...tom,
      colour: "red",
      note: "hello",
      tags: { age: "3" },
    });
  });

  test("lacks a value that a pet has by itself", () => {
    const named = petWith("colour", { serverDefault: ({ Name }) => `colour of ${String(Name)}` });
    expect(decodeDeclared(named, livePet({ Colour: "colour of Tom" }))).toEqual(tom);
    expect(decodeDeclared(named, livePet({ Colour: "red" }))).toEqual({ ...tom, colour: "red" });
  });

  test("lacks a value that no program can declare", () => {
    expect(decodeDeclared(pet, livePet({ Weight: 100, Breed: "fish" }))).toEqual(tom);
  });
});

describe("an attribute counts as not shown", () => {
  test("when it was sent and the answer lacks it", () => {
    expect(notReturnedNames(pet, livePet(), { ...tom, colour: "red", note: "hello" })).toEqual([
      "colour",
      "note",
    ]);
  });

  test("not when it was sent as none, when no answer ever has it, or when a later call sets it", () => {
    const sent = { ...tom, note: "", chip: "abc", hungry: false, asleep: true };
    expect(notReturnedNames(pet, livePet(), sent)).toEqual([]);
  });
});
