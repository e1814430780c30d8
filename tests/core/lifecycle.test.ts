import { compare, inspect, read, readAll, readDeclared, update } from "../../provider/core/lifecycle";
import { remove } from "../../provider/core/removal";
import type { PartlyDone } from "../../provider/core/partlyDone";
import type { Values, Wire } from "../../provider/core/resource";
import { idOf } from "../../provider/core/resource";
import { pack, unpack } from "../../provider/core/state";
import { livePet, pet, petWith, tom } from "./pet";
import { createZoo, type Zoo } from "./zoo";

const id = "h1:7";

/** Runs the update of a pet whose state holds `outputs`. */
const updated = (zoo: Zoo, outputs: Values, desired: Values, ignored: string[] = []) =>
  update(pet, { id, outputs: { ...tom, ...outputs } }, { ...tom, ...desired }, ignored, zoo.directory);

const inspected = (zoo: Zoo, outputs: Values, desired: Values, ignored: string[] = []) =>
  inspect(pet, { id, outputs: { ...tom, ...outputs } }, { ...tom, ...desired }, ignored, zoo.directory);

const partlyDone = async (work: Promise<unknown>): Promise<PartlyDone> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: "PartlyDone" });
  return error as PartlyDone;
};

describe("inspect", () => {
  test("compares the declared pet with the live one, without sending a write", async () => {
    const zoo = createZoo(livePet({ Colour: "blue" }));
    const { gone, differences } = await inspected(zoo, { colour: "red" }, { colour: "red" });
    expect(gone).toBe(false);
    expect(differences).toMatchObject([{ path: "colour", cause: "account", from: "blue", to: "red" }]);
    expect(zoo.sent).toEqual([]);
  });

  test("says that a pet is gone when the directory says so", async () => {
    expect(await inspected(createZoo(), {}, {})).toEqual({ gone: true, differences: [] });
  });

  test("asks for the pet by id and last known name, and names what it is going to look at", async () => {
    const zoo = createZoo(livePet());
    await inspected(zoo, { name: "Tom", note: "x" }, { name: "Tim", tags: {} });
    expect(zoo.wanted).toMatchObject([
      { userId: "7", name: "Tom", wires: ["HouseId", "Name", "Note", "Tags"], fresh: false },
    ]);
  });

  test("heeds what ignoreChanges names", async () => {
    const zoo = createZoo(livePet({ Colour: "blue" }));
    expect((await inspected(zoo, { colour: "red" }, { colour: "red" }, ["colour"])).differences).toEqual([]);
  });

  test("refuses an id of another form", async () => {
    const known = { id: "7", outputs: tom };
    await expect(inspect(pet, known, tom, [], createZoo().directory)).rejects.toThrow(
      '"7" is not the id of a Pet. Its form is <HouseId>:<PetId>.',
    );
  });
});

describe("update", () => {
  test("brings the live pet to what is declared and returns it as outputs", async () => {
    const zoo = createZoo(livePet({ Colour: "red" }));
    const outputs = await updated(zoo, { colour: "red" }, { colour: "blue", asleep: true, adopt: true });
    expect(outputs).toEqual({ ...tom, colour: "blue", asleep: true, adopt: true });
    expect(zoo.pets).toMatchObject([{ Colour: "blue", Asleep: true }]);
    expect(zoo.written).toContain("7");
  });

  test("reads the pet anew, whatever a preview has seen before", async () => {
    const zoo = createZoo(livePet({ Colour: "red" }));
    await inspected(zoo, { colour: "red" }, { colour: "blue" });
    zoo.change("Tom", { Colour: "blue" });
    await updated(zoo, { colour: "red" }, { colour: "blue" });
    expect(zoo.sent).toEqual([]);
  });

  test("sends nothing when it is repeated", async () => {
    const zoo = createZoo(livePet());
    const desired = { colour: "blue", asleep: true, cage: "c1", tags: { age: "3" }, chip: "abc" };
    const outputs = await updated(zoo, {}, desired);
    const sent = zoo.sent.length;
    expect(await updated(zoo, outputs, desired)).toEqual(outputs);
    expect(zoo.sent).toHaveLength(sent);
  });

  test("drops from the outputs what the program dropped", async () => {
    const zoo = createZoo(livePet({ Note: "hello", Asleep: true }));
    expect(await updated(zoo, { note: "hello", asleep: true, adopt: true }, {})).toEqual(tom);
    expect(zoo.pets).toMatchObject([{ Note: "", Asleep: false }]);
  });

  test("leaves alone what ignoreChanges names", async () => {
    const zoo = createZoo(livePet({ Colour: "blue" }));
    await updated(zoo, { colour: "red" }, { colour: "red", note: "x" }, ["colour"]);
    expect(zoo.pets).toMatchObject([{ Colour: "blue", Note: "x" }]);
  });

  test("says that the pet is gone, and what to do", async () => {
    await expect(updated(createZoo(), {}, { colour: "blue" })).rejects.toThrow(
      'Pet h1:7 was deleted in the account meanwhile. Run "pulumi up" again to make it anew.',
    );
  });

  test("plans once more when a call does not find the pet, and only once", async () => {
    const zoo = createZoo(livePet());
    zoo.fail("ChangePet", "notFound");
    await updated(zoo, {}, { colour: "blue" });
    expect(zoo.sent).toEqual(["ChangePet", "ChangePet"]);
    zoo.fail("ChangePet", "notFound");
    zoo.fail("ChangePet", "notFound");
    await expect(updated(zoo, {}, { colour: "red" })).rejects.toThrow("notFound");
  });

  test("finds a change done whose answer was lost and which cannot be sent again", async () => {
    const zoo = createZoo(livePet());
    zoo.fail("ChangePet", "notFound", "after");
    await updated(zoo, {}, { colour: "blue" });
    expect(zoo.sent).toEqual(["ChangePet"]);
    expect(zoo.pets).toMatchObject([{ Colour: "blue" }]);
  });

  test("hands on a fault of its first call, and the state stays as it was", async () => {
    const zoo = createZoo(livePet());
    zoo.fail("ChangePet", "denied");
    await expect(updated(zoo, {}, { colour: "blue", asleep: true })).rejects.toMatchObject({
      kind: "denied",
    });
    expect(zoo.sent).toEqual(["ChangePet"]);
  });

  test("records what is done when a later call fails, and what is not done stays as it was", async () => {
    const zoo = createZoo(livePet({ Cage: "c1" }));
    zoo.fail("MovePet", "denied");
    const desired = { colour: "blue", chip: "abc", asleep: true, cage: "c2" };
    const half = await partlyDone(updated(zoo, { cage: "c1", note: "dropped" }, desired));
    expect(half.id).toBe(id);
    expect(half.message).toBe("a fault: denied");
    expect(half.reasons).toEqual(["a fault: denied"]);
    expect(half.properties).toMatchObject({ ...tom, colour: "blue", chip: "abc", asleep: true, cage: "c1" });

    await updated(zoo, half.properties, desired);
    expect(zoo.pets).toMatchObject([{ Colour: "blue", Asleep: true, Cage: "c2" }]);
    expect(zoo.sent).toEqual(["ChangePet", "LullPet", "MovePet", "MovePet"]);
  });

  test("writes a secret again until the write has succeeded, and not once more", async () => {
    const zoo = createZoo(livePet());
    zoo.fail("ChangePet", "unavailable");
    await expect(updated(zoo, { chip: "abc" }, { chip: "def" })).rejects.toThrow();
    const outputs = await updated(zoo, { chip: "abc" }, { chip: "def" });
    await updated(zoo, outputs, { chip: "def" });
    expect(zoo.sent).toEqual(["ChangePet", "ChangePet"]);
    expect(zoo.pets).toMatchObject([{ Chip: "def" }]);
  });

  test("learns from the answer what the account does not show, and takes it for no drift", async () => {
    const zoo = createZoo(livePet());
    zoo.hidden = ["Colour"];
    const outputs = await updated(zoo, {}, { colour: "red" });
    expect(outputs).toEqual(
      pack({ values: { ...tom, colour: "red" }, notReturned: ["colour"], drifted: {} }),
    );
    expect((await inspected(zoo, outputs, { colour: "red" })).differences).toEqual([]);
    expect((await inspected(zoo, outputs, { colour: "blue" })).differences).toHaveLength(1);
    expect(await updated(zoo, outputs, {})).toEqual(tom);
  });
});

describe("read", () => {
  const refreshed = (zoo: Zoo, outputs: Values) =>
    read(pet, { id, outputs: { ...tom, ...outputs } }, zoo.directory);

  test("gives what was declared as the account has it, options as they were", async () => {
    const user = livePet({ Colour: "red", Note: "of others" });
    const live = { ...tom, colour: "red", onDelete: "retain" };
    expect(await refreshed(createZoo(user), { colour: "red", onDelete: "retain" })).toEqual({
      user,
      inputs: live,
      outputs: live,
    });
  });

  test("gives nothing for a pet that is gone", async () => {
    expect(await refreshed(createZoo(), {})).toBeUndefined();
  });

  test("keeps what was declared beside what differs, so that the next preview can tell who changed it", async () => {
    const zoo = createZoo(livePet({ Colour: "blue" }));
    const declared = { colour: "red", note: "hello", chip: "abc" };
    const result = await refreshed(zoo, declared);
    expect(result?.inputs).toEqual({ ...tom, colour: "blue", chip: "abc" });
    expect(unpack("1", result!.outputs)).toMatchObject({
      values: { ...tom, colour: "blue", chip: "abc" },
      drifted: { colour: "red", note: "hello" },
    });
    const { differences } = await inspected(zoo, result?.outputs ?? {}, declared);
    expect(differences).toMatchObject([
      { path: "colour", cause: "account", from: "blue", to: "red" },
      { path: "note", cause: "account", from: undefined, to: "hello" },
    ]);
  });

  test("remembers through several refreshes what was declared", async () => {
    const zoo = createZoo(livePet({ Colour: "blue" }));
    const first = await refreshed(zoo, { colour: "red" });
    const second = await refreshed(zoo, first?.outputs ?? {});
    expect(second?.outputs).toEqual(first?.outputs);
    zoo.directory.wrote("7");
    zoo.change("Tom", { Colour: "red" });
    expect((await refreshed(zoo, second?.outputs ?? {}))?.outputs).toEqual({ ...tom, colour: "red" });
  });

  test("sees an attribute again that was lost at the last refresh and has come back", async () => {
    const zoo = createZoo(livePet());
    const lost = await refreshed(zoo, { colour: "red", tags: { age: "3" } });
    expect(lost?.inputs).toEqual({ ...tom, tags: {} });
    zoo.directory.wrote("7");
    zoo.change("Tom", { Colour: "red", Tags: [["age", "3"]] });
    const back = await refreshed(zoo, lost?.outputs ?? {});
    expect(back?.outputs).toEqual({ ...tom, colour: "red", tags: { age: "3" } });
  });

  test("forgets it after the update that puts the pet right", async () => {
    const zoo = createZoo(livePet({ Colour: "blue" }));
    const drifted = await refreshed(zoo, { colour: "red" });
    expect(await updated(zoo, drifted?.outputs ?? {}, { colour: "red" })).toEqual({ ...tom, colour: "red" });
  });

  test("keeps what the account was seen not to show", async () => {
    const zoo = createZoo(livePet());
    const outputs = pack({ values: { ...tom, colour: "red" }, notReturned: ["colour"], drifted: {} });
    expect(await refreshed(zoo, outputs)).toEqual({
      user: livePet(),
      inputs: { ...tom, colour: "red" },
      outputs,
    });
  });

  test("tells the live pet, with which later comparisons need no look at the account", async () => {
    const zoo = createZoo(livePet({ Colour: "blue" }));
    const { user, outputs } = (await refreshed(zoo, { colour: "red" }))!;
    zoo.change("Tom", { Colour: "green" });
    expect(compare(pet, { id, outputs }, { ...tom, colour: "red" }, [], user)).toMatchObject([
      { path: "colour", cause: "account", from: "blue", to: "red" },
    ]);
    expect(zoo.wanted).toHaveLength(1);
  });
});

describe("readDeclared", () => {
  test("gives what a program has to declare to get the pet, looking at every attribute", async () => {
    const zoo = createZoo(livePet({ Colour: "red", Asleep: true, Note: "" }));
    const values = { ...tom, colour: "red", asleep: true };
    expect(await readDeclared(pet, id, zoo.directory)).toMatchObject({ inputs: values, outputs: values });
    expect(zoo.wanted[0]?.wires).toEqual(expect.arrayContaining(["Tags", "Chip", "Asleep"]));
  });

  test("gives nothing where there is no such pet", async () => {
    expect(await readDeclared(pet, id, createZoo().directory)).toBeUndefined();
  });
});

describe("readAll", () => {
  test("gives everything that the account shows of a pet, looking at every attribute", async () => {
    const zoo = createZoo(livePet({ Colour: "red", Asleep: true }));
    const all = await readAll(pet, id, zoo.directory);
    expect(all).toMatchObject({ ...tom, colour: "red", asleep: true });
    expect(zoo.wanted[0]?.wires).toEqual(
      expect.arrayContaining(["HouseId", "Name", "Tags", "Chip", "Asleep"]),
    );
  });

  test("gives nothing where there is no such pet", async () => {
    expect(await readAll(pet, id, createZoo().directory)).toBeUndefined();
  });
});

describe("remove", () => {
  const removed = (zoo: Zoo, outputs: Values = {}, resource = pet) =>
    remove(resource, { id, outputs: { ...tom, ...outputs } }, zoo.directory);

  test("deletes the pet, and says that it has written", async () => {
    const zoo = createZoo(livePet());
    await removed(zoo);
    expect(zoo.pets).toEqual([]);
    expect(zoo.written).toEqual(["7"]);
  });

  test("is quiet about a pet that is gone", async () => {
    await expect(removed(createZoo())).resolves.toBeUndefined();
  });

  test.each(["denied", "unavailable", "conflict", "throttled", "invalid", "other"])(
    "is not quiet about a fault of kind %s",
    async (kind) => {
      const zoo = createZoo(livePet());
      zoo.fail("RemovePet", kind);
      await expect(removed(zoo)).rejects.toMatchObject({ kind });
    },
  );

  test("locks instead with onDelete: lock", async () => {
    const zoo = createZoo(livePet());
    await removed(zoo, { onDelete: "lock" });
    expect(zoo.pets).toMatchObject([{ Caged: true }]);
    expect(zoo.sent).toEqual(["CagePet"]);
  });

  test.each(["delete", "lock"])(
    "says that it has written with onDelete: %s, its answer lost too",
    async (onDelete) => {
      const zoo = createZoo(livePet());
      zoo.fail(onDelete === "lock" ? "CagePet" : "RemovePet", "unavailable", "after");
      await expect(removed(zoo, { onDelete })).rejects.toMatchObject({ kind: "unavailable" });
      expect(zoo.written).toEqual(["7"]);
      await removed(zoo, { onDelete });
      expect(zoo.written).toEqual(["7", "7"]);
    },
  );

  test("does nothing at all with onDelete: retain", async () => {
    const zoo = createZoo(livePet());
    await removed(zoo, { onDelete: "retain" });
    expect([zoo.sent, zoo.wanted]).toEqual([[], []]);
  });

  test("stops at what is in the way, and clears it with forceDestroy", async () => {
    const zoo = createZoo(livePet({ Fleas: ["f1", "f2"] }));
    await expect(removed(zoo)).rejects.toThrow("It has fleas.");
    await removed(zoo, { forceDestroy: true });
    expect(zoo.sent).toEqual(["RemovePet", "RemoveFlea", "RemoveFlea", "RemovePet"]);
    expect(zoo.pets).toEqual([]);
  });

  test("finds nothing in the way when what it looks for does not exist", async () => {
    const zoo = createZoo(livePet());
    zoo.fail("ListFleas", "notFound");
    await removed(zoo, { forceDestroy: true });
    expect(zoo.pets).toEqual([]);
  });

  test("uses the names that the live pet has now, where calls take those", async () => {
    const calls: Wire[] = [];
    const zoo = createZoo(livePet({ Name: "Tim" }));
    const directory = {
      ...zoo.directory,
      call: async ({ params }: { params: Wire }) => calls.push(params) && {},
    };
    const resource = { ...petWith("name", {}), address: ({ Name }: Wire) => ({ Name }) };
    await remove(resource, { id, outputs: tom }, directory);
    expect(calls).toEqual([{ Name: "Tim" }]);
    await expect(removed(createZoo(), {}, resource)).resolves.toBeUndefined();
  });

  test("refuses to delete a pet that was missing when it was compared, and is there", async () => {
    const zoo = createZoo(livePet());
    const [there] = zoo.pets.splice(0);
    expect((await inspected(zoo, {}, {})).gone).toBe(true);
    zoo.pets.push(there as Wire);
    await expect(removed(zoo)).rejects.toThrow(
      "Pet h1:7 was missing in the account when it was compared, and is there now. " +
        "Nothing was deleted. Run pulumi up again.",
    );
    expect([zoo.sent, zoo.pets]).toEqual([[], [there]]);
    expect(zoo.wanted.at(-1)).toMatchObject({ userId: "7", name: "Tom", fresh: true });
    // By now it is no longer missing, so whoever runs again may delete it.
    await removed(zoo);
    expect(zoo.pets).toEqual([]);
  });

  test("sends nothing for a pet that was missing when it was compared, and still is", async () => {
    const zoo = createZoo();
    await inspected(zoo, {}, {});
    await removed(zoo);
    expect(zoo.sent).toEqual([]);
  });

  test.each([
    ["RemovePet", {}],
    ["CagePet", { onDelete: "lock" }],
  ])("fails when %s does not find a pet that is still there", async (action, outputs) => {
    const zoo = createZoo(livePet());
    zoo.fail(action, "notFound");
    await expect(removed(zoo, outputs)).rejects.toThrow(
      `${action} did not find the Pet h1:7, which is still there. Nothing was deleted. Run pulumi up again.`,
    );
    expect(zoo.pets).toHaveLength(1);
    expect(zoo.wanted).toMatchObject([{ userId: "7", fresh: true }]);
  });
});

describe("the id of a user", () => {
  test("joins what identifies it", () => {
    expect(idOf(pet, { HouseId: "h1", PetId: 7 })).toBe("h1:7");
  });

  test.each([undefined, null, "", {}, true])("is refused where a part of it is %j", (PetId) => {
    expect(() => idOf(pet, { HouseId: "h1", PetId })).toThrow(
      "A Pet was answered without its PetId. Run pulumi up again.",
    );
  });
});
