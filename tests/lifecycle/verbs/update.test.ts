import { pack } from "../../../provider/core/state";
import { createFakeDirectory } from "../../core/fakeDirectory";
import { livePet, tom } from "../../core/pet";
import { diffed, id, initFailed, updated } from "./petStates";

describe("update", () => {
  test("brings the live pet to what is declared and returns it as outputs", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "red" }));
    const outputs = await updated(pets, { colour: "red" }, { colour: "blue", asleep: true, adopt: true });
    expect(outputs).toEqual({ ...tom, colour: "blue", asleep: true, adopt: true });
    expect(pets.live).toMatchObject([{ Colour: "blue", Asleep: true }]);
    expect(pets.invalidated).toContain("7");
  });

  test("reads the pet again, whatever a preview has seen before", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "red" }));
    await diffed(pets, { colour: "red" }, { colour: "blue" });
    pets.change("Tom", { Colour: "blue" });
    await updated(pets, { colour: "red" }, { colour: "blue" });
    expect(pets.sent).toEqual([]);
  });

  test("sends nothing when it is repeated", async () => {
    const pets = createFakeDirectory(livePet());
    const desired = { colour: "blue", asleep: true, cage: "c1", tags: { age: "3" }, chip: "abc" };
    const outputs = await updated(pets, {}, desired);
    const sent = pets.sent.length;
    expect(await updated(pets, outputs, desired)).toEqual(outputs);
    expect(pets.sent).toHaveLength(sent);
  });

  test("drops from the outputs what the program dropped", async () => {
    const pets = createFakeDirectory(livePet({ Note: "hello", Asleep: true }));
    expect(await updated(pets, { note: "hello", asleep: true, adopt: true }, {})).toEqual(tom);
    expect(pets.live).toMatchObject([{ Note: "", Asleep: false }]);
  });

  test("leaves alone what ignoreChanges names", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue" }));
    await updated(pets, { colour: "red" }, { colour: "red", note: "x" }, ["colour"]);
    expect(pets.live).toMatchObject([{ Colour: "blue", Note: "x" }]);
  });

  test("says that the pet is gone, and what to do", async () => {
    await expect(updated(createFakeDirectory(), {}, { colour: "blue" })).rejects.toThrow(
      "Pet h1:7 was deleted in the account in the meantime. Run pulumi up again to recreate it.",
    );
  });

  test("plans once more when a call does not find the pet, and only once", async () => {
    const pets = createFakeDirectory(livePet());
    pets.fail("ChangePet", "notFound");
    await updated(pets, {}, { colour: "blue" });
    expect(pets.sent).toEqual(["ChangePet", "ChangePet"]);
    pets.fail("ChangePet", "notFound");
    pets.fail("ChangePet", "notFound");
    await expect(updated(pets, {}, { colour: "red" })).rejects.toThrow("notFound");
  });

  test("finds a change done whose answer was lost and which cannot be sent again", async () => {
    const pets = createFakeDirectory(livePet());
    pets.fail("ChangePet", "notFound", "after");
    await updated(pets, {}, { colour: "blue" });
    expect(pets.sent).toEqual(["ChangePet"]);
    expect(pets.live).toMatchObject([{ Colour: "blue" }]);
  });

  test("hands on a fault of its first call, and the state stays as it was", async () => {
    const pets = createFakeDirectory(livePet());
    pets.fail("ChangePet", "denied");
    await expect(updated(pets, {}, { colour: "blue", asleep: true })).rejects.toMatchObject({
      kind: "denied",
    });
    expect(pets.sent).toEqual(["ChangePet"]);
  });

  test("records what is done when a later call fails, and what is not done stays as it was", async () => {
    const pets = createFakeDirectory(livePet({ Cage: "c1" }));
    pets.fail("MovePet", "denied");
    const desired = { colour: "blue", chip: "abc", asleep: true, cage: "c2" };
    const half = await initFailed(updated(pets, { cage: "c1", note: "dropped" }, desired));
    expect(half.state.id).toBe(id);
    expect(half.message).toBe("a fault: denied");
    expect(half.state.values).toMatchObject({
      ...tom,
      colour: "blue",
      chip: "abc",
      asleep: true,
      cage: "c1",
    });

    await updated(pets, half.state.values, desired);
    expect(pets.live).toMatchObject([{ Colour: "blue", Asleep: true, Cage: "c2" }]);
    expect(pets.sent).toEqual(["ChangePet", "LullPet", "MovePet", "MovePet"]);
  });

  test("writes a secret again until the write has succeeded, and not once more", async () => {
    const pets = createFakeDirectory(livePet());
    pets.fail("ChangePet", "unavailable");
    await expect(updated(pets, { chip: "abc" }, { chip: "def" })).rejects.toThrow();
    const outputs = await updated(pets, { chip: "abc" }, { chip: "def" });
    await updated(pets, outputs, { chip: "def" });
    expect(pets.sent).toEqual(["ChangePet", "ChangePet"]);
    expect(pets.live).toMatchObject([{ Chip: "def" }]);
  });

  test("learns from the answer what the account does not show, and takes it for no drift", async () => {
    const pets = createFakeDirectory(livePet());
    pets.hidden = ["Colour"];
    const outputs = await updated(pets, {}, { colour: "red" });
    expect(outputs).toEqual(
      pack({ values: { ...tom, colour: "red" }, notReturned: ["colour"], drifted: {} }),
    );
    expect(await diffed(pets, outputs, { colour: "red" })).toEqual([]);
    expect(await diffed(pets, outputs, { colour: "blue" })).toHaveLength(1);
    expect(await updated(pets, outputs, {})).toEqual(tom);
  });
});
