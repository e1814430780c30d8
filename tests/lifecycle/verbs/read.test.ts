import { diff } from "../../../provider/core/diff";
import { diffLive } from "../../../provider/lifecycle/diff";
import { read, readAll, readDeclared } from "../../../provider/lifecycle/read";
import type { Values } from "../../../provider/core/wire";
import { pack, unpack } from "../../../provider/core/state";
import { createFakeDirectory, type FakeDirectory } from "../../core/fakeDirectory";
import { livePet, pet, tom } from "../../core/pet";
import { diffed, id, stateOfTom, updated } from "./petStates";

describe("diffLive", () => {
  test("compares the declared pet with the live one, without sending a write", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue" }));
    const differences = await diffed(pets, { colour: "red" }, { colour: "red" });
    expect(differences).toMatchObject([{ path: "colour", cause: "account", from: "blue", to: "red" }]);
    expect(pets.sent).toEqual([]);
  });

  test("says that a pet is gone when the directory says so", async () => {
    expect(await diffed(createFakeDirectory(), {}, {})).toBeUndefined();
  });

  test("asks for the pet by id and last known name, and names what it is going to look at", async () => {
    const pets = createFakeDirectory(livePet());
    await diffed(pets, { name: "Tom", note: "x" }, { name: "Tim", tags: {} });
    expect(pets.finds).toMatchObject([
      { userId: "7", name: "Tom", fields: ["HouseId", "Name", "Note", "Tags"], fresh: false },
    ]);
  });

  test("leaves out what ignoreChanges names", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue" }));
    expect(await diffed(pets, { colour: "red" }, { colour: "red" }, ["colour"])).toEqual([]);
  });

  test("refuses an id of another form", async () => {
    const request = {
      state: unpack("7", tom),
      inputs: tom,
      ignored: [],
      directory: createFakeDirectory().directory,
    };
    await expect(diffLive(pet, request)).rejects.toThrow(
      '"7" is not the id of a Pet. Its form is <HouseId>:<PetId>.',
    );
  });
});

describe("read", () => {
  const refreshed = async (pets: FakeDirectory, outputs: Values) => {
    const found = await read(pet, { state: stateOfTom(outputs), directory: pets.directory });
    return found && { user: found.user, inputs: found.inputs, outputs: pack(found.state) };
  };

  test("gives what was declared as the account has it, options as they were", async () => {
    const user = livePet({ Colour: "red", Note: "of others" });
    const live = { ...tom, colour: "red", onDelete: "retain" };
    expect(await refreshed(createFakeDirectory(user), { colour: "red", onDelete: "retain" })).toEqual({
      user,
      inputs: live,
      outputs: live,
    });
  });

  test("gives nothing for a pet that is gone", async () => {
    expect(await refreshed(createFakeDirectory(), {})).toBeUndefined();
  });

  test("keeps what was declared beside what differs, so that the next preview can tell who changed it", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue" }));
    const declared = { colour: "red", note: "hello", chip: "abc" };
    const result = await refreshed(pets, declared);
    expect(result?.inputs).toEqual({ ...tom, colour: "blue", chip: "abc" });
    expect(unpack("1", result!.outputs)).toMatchObject({
      values: { ...tom, colour: "blue", chip: "abc" },
      drifted: { colour: "red", note: "hello" },
    });
    const differences = await diffed(pets, result?.outputs ?? {}, declared);
    expect(differences).toMatchObject([
      { path: "colour", cause: "account", from: "blue", to: "red" },
      { path: "note", cause: "account", from: undefined, to: "hello" },
    ]);
  });

  test("remembers through several refreshes what was declared", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue" }));
    const first = await refreshed(pets, { colour: "red" });
    const second = await refreshed(pets, first?.outputs ?? {});
    expect(second?.outputs).toEqual(first?.outputs);
    pets.directory.invalidate("7");
    pets.change("Tom", { Colour: "red" });
    expect((await refreshed(pets, second?.outputs ?? {}))?.outputs).toEqual({ ...tom, colour: "red" });
  });

  test("sees an attribute again that was lost at the last refresh and has come back", async () => {
    const pets = createFakeDirectory(livePet());
    const lost = await refreshed(pets, { colour: "red", tags: { age: "3" } });
    expect(lost?.inputs).toEqual({ ...tom, tags: {} });
    pets.directory.invalidate("7");
    pets.change("Tom", { Colour: "red", Tags: [["age", "3"]] });
    const back = await refreshed(pets, lost?.outputs ?? {});
    expect(back?.outputs).toEqual({ ...tom, colour: "red", tags: { age: "3" } });
  });

  test("forgets it after the update that puts the pet right", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue" }));
    const drifted = await refreshed(pets, { colour: "red" });
    expect(await updated(pets, drifted?.outputs ?? {}, { colour: "red" })).toEqual({ ...tom, colour: "red" });
  });

  test("keeps what the account was seen not to show", async () => {
    const pets = createFakeDirectory(livePet());
    const outputs = pack({ values: { ...tom, colour: "red" }, notReturned: ["colour"], drifted: {} });
    expect(await refreshed(pets, outputs)).toEqual({
      user: livePet(),
      inputs: { ...tom, colour: "red" },
      outputs,
    });
  });

  test("tells the live pet, with which later comparisons need no look at the account", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue" }));
    const { user, outputs } = (await refreshed(pets, { colour: "red" }))!;
    pets.change("Tom", { Colour: "green" });
    expect(
      diff(pet, { state: unpack(id, outputs), inputs: { ...tom, colour: "red" }, ignored: [], user }),
    ).toMatchObject([{ path: "colour", cause: "account", from: "blue", to: "red" }]);
    expect(pets.finds).toHaveLength(1);
  });
});

describe("readDeclared", () => {
  test("gives what a program has to declare to get the pet, looking at every attribute", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "red", Asleep: true, Note: "" }));
    const values = { ...tom, colour: "red", asleep: true };
    expect(await readDeclared(pet, id, pets.directory)).toMatchObject({ inputs: values, state: { values } });
    expect(pets.finds[0]?.fields).toEqual(expect.arrayContaining(["Tags", "Chip", "Asleep"]));
  });

  test("gives nothing where there is no such pet", async () => {
    expect(await readDeclared(pet, id, createFakeDirectory().directory)).toBeUndefined();
  });
});

describe("readAll", () => {
  test("gives everything that the account shows of a pet, looking at every attribute", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "red", Asleep: true }));
    const all = await readAll(pet, id, pets.directory);
    expect(all).toMatchObject({ ...tom, colour: "red", asleep: true });
    expect(pets.finds[0]?.fields).toEqual(
      expect.arrayContaining(["HouseId", "Name", "Tags", "Chip", "Asleep"]),
    );
  });

  test("gives nothing where there is no such pet", async () => {
    expect(await readAll(pet, id, createFakeDirectory().directory)).toBeUndefined();
  });
});
