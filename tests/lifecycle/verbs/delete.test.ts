import { remove } from "../../../provider/lifecycle/delete";
import type { Values, Wire } from "../../../provider/core/wire";
import { createFakeDirectory, type FakeDirectory } from "../../core/fakeDirectory";
import { livePet, pet, petWith } from "../../core/pet";
import { diffed, stateOfTom } from "./petStates";

describe("remove", () => {
  const removed = (pets: FakeDirectory, outputs: Values = {}, resource = pet) =>
    remove(resource, { state: stateOfTom(outputs), directory: pets.directory });

  test("deletes the pet, and says that it has written", async () => {
    const pets = createFakeDirectory(livePet());
    await removed(pets);
    expect(pets.live).toEqual([]);
    expect(pets.invalidated).toEqual(["7"]);
  });

  test("is quiet about a pet that is gone", async () => {
    await expect(removed(createFakeDirectory())).resolves.toBe("missing");
  });

  test.each(["denied", "unavailable", "conflict", "throttled", "invalid", "other"])(
    "is not quiet about a fault of kind %s",
    async (kind) => {
      const pets = createFakeDirectory(livePet());
      pets.fail("RemovePet", kind);
      await expect(removed(pets)).rejects.toMatchObject({ kind });
    },
  );

  test("locks instead with onDelete: lock", async () => {
    const pets = createFakeDirectory(livePet());
    await removed(pets, { onDelete: "lock" });
    expect(pets.live).toMatchObject([{ Caged: true }]);
    expect(pets.sent).toEqual(["CagePet"]);
  });

  test.each(["delete", "lock"])(
    "says that it has written with onDelete: %s, its answer lost too",
    async (onDelete) => {
      const pets = createFakeDirectory(livePet());
      pets.fail(onDelete === "lock" ? "CagePet" : "RemovePet", "unavailable", "after");
      await expect(removed(pets, { onDelete })).rejects.toMatchObject({ kind: "unavailable" });
      expect(pets.invalidated).toEqual(["7"]);
      await removed(pets, { onDelete });
      expect(pets.invalidated).toEqual(["7", "7"]);
    },
  );

  test("does nothing at all with onDelete: retain", async () => {
    const pets = createFakeDirectory(livePet());
    await removed(pets, { onDelete: "retain" });
    expect([pets.sent, pets.finds]).toEqual([[], []]);
  });

  test("stops at what is in the way, and clears it with forceDestroy", async () => {
    const pets = createFakeDirectory(livePet({ Fleas: ["f1", "f2"] }));
    await expect(removed(pets)).rejects.toThrow("It has fleas.");
    await removed(pets, { forceDestroy: true });
    expect(pets.sent).toEqual(["RemovePet", "RemoveFlea", "RemoveFlea", "RemovePet"]);
    expect(pets.live).toEqual([]);
  });

  test("finds nothing in the way when what it looks for does not exist", async () => {
    const pets = createFakeDirectory(livePet());
    pets.fail("ListFleas", "notFound");
    await removed(pets, { forceDestroy: true });
    expect(pets.live).toEqual([]);
  });

  test("uses the names that the live pet has now, where calls take those", async () => {
    const calls: Wire[] = [];
    const pets = createFakeDirectory(livePet({ Name: "Tim" }));
    const directory = {
      ...pets.directory,
      call: async ({ params }: { params: Wire }) => calls.push(params) && {},
    };
    const resource = { ...petWith("name", {}), requestKey: ({ Name }: Wire) => ({ Name }) };
    await remove(resource, { state: stateOfTom(), directory });
    expect(calls).toEqual([{ Name: "Tim" }]);
    await expect(removed(createFakeDirectory(), {}, resource)).resolves.toBe("missing");
  });

  test("refuses to delete a pet that was missing when it was compared, and is there", async () => {
    const pets = createFakeDirectory(livePet());
    const [there] = pets.live.splice(0);
    expect(await diffed(pets, {}, {})).toBeUndefined();
    pets.live.push(there as Wire);
    await expect(removed(pets)).rejects.toThrow(
      "Pet h1:7 was missing in the account when it was compared, and is there now. " +
        "Nothing was deleted. Run pulumi up again.",
    );
    expect([pets.sent, pets.live]).toEqual([[], [there]]);
    expect(pets.finds.at(-1)).toMatchObject({ userId: "7", name: "Tom", fresh: true });
    // By now it is no longer missing, so whoever runs again may delete it.
    await removed(pets);
    expect(pets.live).toEqual([]);
  });

  test("sends nothing for a pet that was missing when it was compared, and still is", async () => {
    const pets = createFakeDirectory();
    await diffed(pets, {}, {});
    await removed(pets);
    expect(pets.sent).toEqual([]);
  });

  test.each([
    ["RemovePet", {}],
    ["CagePet", { onDelete: "lock" }],
  ])("fails when %s does not find a pet that is still there", async (action, outputs) => {
    const pets = createFakeDirectory(livePet());
    pets.fail(action, "notFound");
    await expect(removed(pets, outputs)).rejects.toThrow(
      `${action} did not find the Pet h1:7, which is still there. Nothing was deleted. Run pulumi up again.`,
    );
    expect(pets.live).toHaveLength(1);
    expect(pets.finds).toMatchObject([{ userId: "7", fresh: true }]);
  });
});
