import { diff, newlyDeclared } from "../../provider/core/diff";
import type { Values, Wire } from "../../provider/core/wire";
import { stored } from "../../provider/core/state";
import { unknownValue } from "../../provider/core/unknown";
import { livePet, pet, tom } from "./pet";

interface Situation {
  previous?: Values;
  desired?: Values;
  live?: Wire;
  ignored?: string[];
  unread?: string[];
}

/** What `diff` finds, in the form "attribute: old => new (who)". */
const found = ({ previous = {}, desired = {}, live = {}, ignored = [], unread = [] }: Situation) =>
  diff(pet, {
    state: { values: { ...tom, ...previous }, notReturned: unread, drifted: {} },
    inputs: { ...tom, ...desired },
    user: livePet(live),
    ignored,
  }).map(
    ({ path, from, to, cause }) => `${path}: ${JSON.stringify(from)} => ${JSON.stringify(to)} (${cause})`,
  );

describe("diff says nothing", () => {
  test("where the program and the account agree", () => {
    const declared = { colour: "red", tricks: ["sit"], tags: { age: "3" }, cage: "c1", asleep: true };
    const live = { Colour: "red", Tricks: '["sit"]', Tags: [["age", "3"]], Cage: "c1", Asleep: true };
    expect(found({ previous: declared, desired: declared, live })).toEqual([]);
  });

  test("of what the program never declared", () => {
    expect(found({ live: { Colour: "red", Tags: [["age", "3"]], Asleep: true } })).toEqual([]);
  });

  test.each([[undefined], [null], [""]])("where both have nothing, the account as %p", (nothing) => {
    const pets = { ...livePet(), Note: nothing };
    const inputs = { ...tom, note: "" };
    expect(diff(pet, { state: stored(inputs), inputs, user: pets, ignored: [] })).toEqual([]);
  });

  test("of the order of keys in a map", () => {
    const declared = { tags: { age: "3", home: "x" } };
    const live = {
      Tags: [
        ["home", "x"],
        ["age", "3"],
      ],
    };
    expect(found({ previous: declared, desired: declared, live })).toEqual([]);
  });

  test("of a value that is false and stays false", () => {
    expect(
      found({ previous: { asleep: false }, desired: { asleep: false }, live: { Asleep: false } }),
    ).toEqual([]);
  });
});

describe("diff names", () => {
  test("the account where it holds another value than the one declared before and now", () => {
    const declared = { colour: "red" };
    expect(found({ previous: declared, desired: declared, live: { Colour: "blue" } })).toEqual([
      'colour: "blue" => "red" (account)',
    ]);
    expect(found({ previous: declared, desired: declared })).toEqual([
      'colour: undefined => "red" (account)',
    ]);
  });

  test("the program where it declares another value than before", () => {
    expect(
      found({ previous: { colour: "red" }, desired: { colour: "blue" }, live: { Colour: "red" } }),
    ).toEqual(['colour: "red" => "blue" (program)']);
  });

  test("the program where both changed, with what the account holds now as the old value", () => {
    expect(
      found({ previous: { colour: "red" }, desired: { colour: "blue" }, live: { Colour: "green" } }),
    ).toEqual(['colour: "green" => "blue" (program)']);
  });

  test("nobody where the program and others came to the same value", () => {
    expect(
      found({ previous: { colour: "red" }, desired: { colour: "blue" }, live: { Colour: "blue" } }),
    ).toEqual([]);
  });

  test("what the program let go, which has to leave the state even where the account has lost it", () => {
    const previous = { note: "hello" };
    expect(found({ previous, live: { Note: "hello" } })).toEqual(['note: "hello" => undefined (program)']);
    expect(found({ previous })).toEqual(["note: undefined => undefined (program)"]);
  });

  test("a value that is not known yet as one of the program", () => {
    const desired = { colour: unknownValue, tags: unknownValue, tricks: ["sit", unknownValue] };
    const previous = { colour: "red", tags: { age: "3" }, tricks: ["sit"] };
    const live = { Colour: "red", Tags: [["age", "3"]], Tricks: ["sit"] };
    expect(found({ previous, desired, live }).map((words) => words.split(":")[0])).toEqual([
      "colour",
      "tricks",
      "tags",
    ]);
  });

  test("attributes in the order of the resource's rows, and options after them", () => {
    const desired = { adopt: true, asleep: true, colour: "red", house: "h2" };
    expect(found({ desired }).map((words) => words.split(":")[0])).toEqual([
      "house",
      "colour",
      "asleep",
      "adopt",
    ]);
  });

  test("an option that the program sets, changes or lets go", () => {
    expect(found({ desired: { onDelete: "retain" } })).toEqual(['onDelete: undefined => "retain" (program)']);
    expect(found({ previous: { onDelete: "retain" } })).toEqual([
      'onDelete: "retain" => undefined (program)',
    ]);
    expect(found({ previous: { adopt: true }, desired: { adopt: true } })).toEqual([]);
  });
});

describe("in a map that is managed key by key", () => {
  test("diff compares the declared keys and no others", () => {
    const declared = { tags: { age: "3", home: "x" } };
    const live = {
      Tags: [
        ["age", "4"],
        ["home", "x"],
        ["of_others", "y"],
      ],
    };
    expect(found({ previous: declared, desired: declared, live })).toEqual([
      'tags.age: "4" => "3" (account)',
    ]);
  });

  test("diff names the program for a key that is new, changed or let go", () => {
    const live = {
      Tags: [
        ["age", "3"],
        ["home", "x"],
      ],
    };
    const situation = {
      previous: { tags: { age: "3", home: "x" } },
      desired: { tags: { age: "4", new: "1" } },
    };
    expect(found({ ...situation, live })).toEqual([
      'tags.age: "3" => "4" (program)',
      'tags.new: undefined => "1" (program)',
      'tags.home: "x" => undefined (program)',
    ]);
  });

  test("diff names every key when the program lets go of the map", () => {
    expect(
      found({
        previous: { tags: { age: "3" } },
        live: {
          Tags: [
            ["age", "3"],
            ["other", "y"],
          ],
        },
      }),
    ).toEqual(['tags.age: "3" => undefined (program)']);
  });

  test("diff gives the key beside the path", () => {
    const inputs = { ...tom, tags: { "a.b": "1" } };
    expect(diff(pet, { state: stored(tom), inputs, user: livePet(), ignored: [] })).toMatchObject([
      { path: "tags.a.b", attribute: "tags", key: "a.b" },
    ]);
  });
});

describe("what the account does not say", () => {
  test("is compared with what was declared last", () => {
    expect(found({ previous: { chip: "abc" }, desired: { chip: "abc" } })).toEqual([]);
    expect(found({ previous: { chip: "abc" }, desired: { chip: "def" } })).toEqual([
      'chip: "abc" => "def" (program)',
    ]);
    expect(found({ desired: { chip: "abc" } })).toEqual(['chip: undefined => "abc" (program)']);
  });

  test("may be said for one value and not for another", () => {
    expect(found({ previous: { hungry: true }, desired: { hungry: true }, live: { Hungry: false } })).toEqual(
      [],
    );
    expect(
      found({ previous: { hungry: false }, desired: { hungry: false }, live: { Hungry: true } }),
    ).toEqual(["hungry: true => false (account)"]);
  });

  test("is no drift where the account was seen not to show the attribute", () => {
    const declared = { colour: "red" };
    const situation = { previous: declared, desired: declared, unread: ["colour"] };
    expect(found(situation)).toEqual([]);
    expect(found({ ...situation, desired: { colour: "blue" } })).toEqual([
      'colour: "red" => "blue" (program)',
    ]);
    expect(found({ ...situation, live: { Colour: "blue" } })).toEqual(['colour: "blue" => "red" (account)']);
  });
});

describe("what ignoreChanges names", () => {
  const declared = { colour: "red", tags: { age: "3", home: "x" } };
  const situation = { previous: declared, desired: declared, live: { Colour: "blue", Tags: [] } };

  test("is left out as an attribute", () => {
    expect(found({ ...situation, ignored: ["colour", "tags"] })).toEqual([]);
  });

  test("is left out as one key of a map", () => {
    expect(found({ ...situation, ignored: ["colour", "tags.age"] })).toEqual([
      'tags.home: undefined => "x" (account)',
    ]);
  });

  test("is left out as a whole with *", () => {
    expect(found({ ...situation, ignored: ["*"] })).toEqual([]);
  });
});

test("diff says of each difference whether it is secret and whether it makes a new user", () => {
  const desired = { ...tom, house: "h2", breed: "dog", chip: "abc" };
  const request = { state: stored(tom), inputs: desired, user: livePet(), ignored: [] };
  expect(diff(pet, request).map(({ path, secret, replace }) => [path, secret, replace])).toEqual([
    ["house", false, true],
    ["breed", false, true],
    ["chip", true, false],
  ]);
});

test("what the program begins to declare belongs into the state, empty and ignored values excepted", () => {
  const state = { values: { ...tom, tags: { age: "3" } }, notReturned: [], drifted: { note: "old" } };
  const inputs = {
    ...tom,
    colour: "red",
    note: "new",
    asleep: false,
    cage: "",
    tags: { age: "4", home: "x", id: "y" },
  };
  expect(newlyDeclared(pet, { state, inputs, ignored: ["tags.id"] })).toEqual([
    "colour",
    "tags.home",
    "asleep",
  ]);
});
