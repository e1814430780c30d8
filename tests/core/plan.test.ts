import type { Call, Values, Wire } from "../../provider/core/wire";
import type { Resource } from "../../provider/core/resource";
import { planAfterCreate, planCreate, planUpdate } from "../../provider/core/plan";
import { stored } from "../../provider/core/state";
import { livePet, pet, tom } from "./pet";

const names = { HouseId: "h1", PetId: "7" };

interface Situation {
  previous?: Values;
  desired?: Values;
  live?: Wire;
  ignored?: string[];
  resource?: Resource;
}

const steps = ({ previous = {}, desired = {}, live = {}, ignored = [], resource = pet }: Situation) =>
  planUpdate(resource, {
    state: stored({ ...tom, ...previous }),
    inputs: { ...tom, ...desired },
    user: livePet(live),
    ignored,
  });

const calls = (situation: Situation): Call[] =>
  steps(situation).map(({ action, params }) => ({ action, params }));
const change = (params: Wire) => [{ action: "ChangePet", params: { ...names, ...params } }];

describe("a creation is planned", () => {
  test("as one call with all that it takes, what the program left open, and the token", () => {
    const desired = { ...tom, colour: "red", chip: "abc", origin: "farm", tricks: ["sit"], adopt: true };
    expect(planCreate(pet, desired, { Cage: "c1" }, "t1")).toEqual({
      action: "AddPet",
      params: {
        HouseId: "h1",
        Name: "Tom",
        Colour: "red",
        Chip: "abc",
        Origin: "farm",
        Tricks: '["sit"]',
        Cage: "c1",
        Token: "t1",
      },
      covers: ["house", "name", "colour", "chip", "origin", "tricks"],
    });
  });

  test("with what the program declares before a default", () => {
    expect(planCreate(pet, { ...tom, cage: "mine" }, { Cage: "c1" }, "t1").params.Cage).toBe("mine");
  });

  test("without a token where the API takes none", () => {
    const resource: Resource = { ...pet, create: { action: "AddPet" } };
    expect(planCreate(resource, tom, {}, "t1").params).toEqual({ HouseId: "h1", Name: "Tom" });
  });

  test("with a setter after it for what the create call does not take, unless that is so anyway", () => {
    expect(planAfterCreate(pet, { ...tom, asleep: true }, livePet())).toEqual([
      { action: "LullPet", params: names, covers: ["asleep"] },
    ]);
    expect(planAfterCreate(pet, { ...tom, asleep: false }, livePet())).toEqual([]);
  });

  test("with no second call for what the create call took", () => {
    expect(planAfterCreate(pet, { ...tom, colour: "red", cage: "c1", chip: "abc" }, livePet())).toEqual([]);
  });
});

describe("an update is planned", () => {
  test("as nothing where the account holds what is declared", () => {
    expect(calls({ desired: { colour: "red" }, live: { Colour: "red" } })).toEqual([]);
  });

  test("with the attributes that differ and no others", () => {
    expect(calls({ desired: { colour: "red", note: "hello" }, live: { Colour: "red" } })).toEqual(
      change({ Note: "hello" }),
    );
  });

  test("against the live user, whatever was declared before", () => {
    expect(
      calls({ previous: { colour: "red" }, desired: { colour: "red" }, live: { Colour: "blue" } }),
    ).toEqual(change({ Colour: "red" }));
  });

  test("with values in the API's form", () => {
    expect(calls({ desired: { tricks: ["sit"] } })).toEqual(change({ Tricks: '["sit"]' }));
  });

  test("with the value that stands for none where the program let go", () => {
    const previous = { note: "hello", weight: 3, tricks: ["sit"] };
    const live = { Note: "hello", Weight: 3, Tricks: ["sit"] };
    expect(calls({ previous, live })).toEqual(change({ Note: "", Weight: 1, Tricks: "[]" }));
  });

  test("as nothing where the program let go of what the account has as none already", () => {
    expect(calls({ previous: { note: "hello", weight: 3 }, live: { Weight: 1 } })).toEqual([]);
  });

  test("as nothing where the program let go of what has no effect of its own", () => {
    expect(calls({ previous: { unit: "cm", chip: "abc" }, live: { Unit: "in" } })).toEqual([]);
  });

  test("with the declared rest of a group, and with no undeclared part of it", () => {
    const declared = { weight: 3, height: 30, unit: "cm" };
    const live = { Weight: 3, Height: 31, Unit: "cm" };
    expect(calls({ desired: declared, live })).toEqual(change({ Weight: 3, Height: 30, Unit: "cm" }));
    expect(calls({ desired: { height: 30 }, live })).toEqual(change({ Height: 30 }));
  });

  test("with the rest of a group where one of it is let go", () => {
    const previous = { weight: 3, height: 30, unit: "cm" };
    expect(
      calls({ previous, desired: { height: 30, unit: "cm" }, live: { Weight: 3, Height: 30, Unit: "cm" } }),
    ).toEqual(change({ Weight: 1, Height: 30, Unit: "cm" }));
  });

  test("with the keys of a map that differ, a dropped one as null", () => {
    const live = {
      Tags: [
        ["age", "3"],
        ["home", "x"],
        ["kept", "1"],
        ["of_others", "y"],
      ],
    };
    const previous = { tags: { age: "3", home: "x", kept: "1" } };
    expect(calls({ previous, desired: { tags: { age: "4", kept: "1" } }, live })).toEqual(
      change({
        Tags: [
          ["age", "4"],
          ["home", null],
        ],
      }),
    );
  });

  test("as nothing for a dropped key that the account has not either", () => {
    expect(calls({ previous: { tags: { age: "3" } }, desired: { tags: {} } })).toEqual([]);
  });

  test("update call first, then the setters in the order in which the resource lists them", () => {
    const desired = { cage: "c2", asleep: true, colour: "red" };
    expect(steps({ desired, live: { Cage: "c1" } })).toEqual([
      { action: "ChangePet", params: { ...names, Colour: "red" }, covers: ["colour"] },
      { action: "LullPet", params: names, covers: ["asleep"] },
      { action: "MovePet", params: { ...names, To: "c2", From: "c1", Name: "Tom" }, covers: ["cage"] },
    ]);
  });

  test("with the setter of an attribute that the program let go", () => {
    expect(calls({ previous: { asleep: true }, live: { Asleep: true } })).toEqual([
      { action: "WakePet", params: names },
    ]);
  });

  test("in the shape that the resource gives it", () => {
    const update = {
      action: "ChangePet",
      toRequest: (
        params: Wire,
        { declared, user, changed }: { declared: Wire; user: Wire; changed: Wire },
      ) => ({
        ...params,
        Declared: Object.keys(declared),
        Changed: Object.keys(changed),
        Was: user.Colour,
      }),
    };
    expect(
      calls({ desired: { colour: "red" }, live: { Colour: "blue" }, resource: { ...pet, update } }),
    ).toEqual(
      change({ Colour: "red", Declared: ["HouseId", "Name", "Colour"], Changed: ["Colour"], Was: "blue" }),
    );
  });

  test("under the names that the resource gives to a user, which may not be its identity", () => {
    const resource: Resource = { ...pet, requestKey: ({ Name }) => ({ Called: Name }) };
    expect(calls({ desired: { colour: "red" }, live: { Name: "Tom2" }, resource })).toEqual([
      { action: "ChangePet", params: { Called: "Tom2", Name: "Tom", Colour: "red" } },
    ]);
  });

  test("without what ignoreChanges names", () => {
    expect(calls({ desired: { colour: "red", note: "x" }, ignored: ["colour"] })).toEqual(
      change({ Note: "x" }),
    );
    expect(calls({ desired: { colour: "red" }, ignored: ["*"] })).toEqual([]);
  });

  test("with what others have set, where a group demands a part that ignoreChanges names", () => {
    const previous = { weight: 3, height: 30, unit: "cm" };
    const live = { Weight: 4, Height: 30 };
    const desired = { weight: 3, height: 31, unit: "cm" };
    expect(calls({ previous, desired, live, ignored: ["weight", "unit"] })).toEqual(
      change({ Weight: 4, Height: 31 }),
    );
  });

  test("without what only a new user could have", () => {
    expect(calls({ desired: { breed: "dog", house: "h2", origin: "farm" } })).toEqual([]);
  });

  test("without options, which no user has", () => {
    expect(calls({ desired: { adopt: true, onDelete: "retain" } })).toEqual([]);
  });

  test("with what each step brings about, its group included", () => {
    const [step] = steps({ desired: { height: 30, unit: "cm", colour: "red" }, live: { Unit: "cm" } });
    expect(step?.covers).toEqual(["colour", "height", "unit"]);
  });
});
