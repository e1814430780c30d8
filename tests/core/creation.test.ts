import { create } from "../../provider/core/creation";
import type { Origin } from "../../provider/core/idempotencyToken";
import { deriveToken } from "../../provider/core/idempotencyToken";
import type { PartlyDone } from "../../provider/core/partlyDone";
import type { Resource, Values } from "../../provider/core/resource";
import { inspect, update } from "../../provider/core/lifecycle";
import { pack } from "../../provider/core/state";
import { livePet, pet, tom } from "./pet";
import { createZoo, fault, type Zoo } from "./zoo";

const created = (zoo: Zoo, desired: Values = {}, resource: Resource = pet) =>
  create(resource, { ...tom, ...desired }, zoo.directory);

const minutes = 60_000;

const origin: Origin = { urn: "urn:pulumi:test::test::Pet::tom", secrets: [] };

/** The same kind of user in an API whose creation cannot be repeated. */
const once: Resource = { ...pet, create: { action: "AddPet" } };

describe("create", () => {
  test("makes the pet, sets the rest, and returns its id and what is declared", async () => {
    const zoo = createZoo();
    const desired = { colour: "red", asleep: true, chip: "abc", adopt: false };
    expect(await created(zoo, desired)).toEqual({ id: "h1:100", outputs: { ...tom, ...desired } });
    expect(zoo.sent).toEqual(["AddPet", "LullPet"]);
    expect(zoo.pets).toMatchObject([{ Name: "Tom", Colour: "red", Asleep: true, Cage: "c0" }]);
    expect(zoo.written).toContain("100");
  });

  test("leaves a default out of the outputs, which are not the program's", async () => {
    expect((await created(createZoo())).outputs).toEqual(tom);
  });

  test("learns from a whole answer what the account does not show", async () => {
    const zoo = createZoo();
    Object.assign(zoo, { talkative: true, hidden: ["Colour"] });
    const { id, outputs } = await created(zoo, { colour: "red", note: "x" });
    const state = { values: { ...tom, colour: "red", note: "x" }, notReturned: ["colour"], drifted: {} };
    expect(outputs).toEqual(pack(state));
    const desired = { ...tom, colour: "red", note: "x" };
    expect((await inspect(pet, { id, outputs }, desired, [], zoo.directory)).differences).toEqual([]);
  });

  test("takes an answer that is an id alone for no proof that anything is hidden", async () => {
    expect((await created(createZoo(), { colour: "red" })).outputs).toEqual({ ...tom, colour: "red" });
  });

  test("hands on a refusal, and sends nothing more", async () => {
    const zoo = createZoo();
    zoo.fail("AddPet", "invalid");
    await expect(created(zoo)).rejects.toMatchObject({ kind: "invalid" });
    expect(zoo.sent).toEqual(["AddPet"]);
  });
});

describe("create, when the name is taken", () => {
  const named = 'The account already has a user named "Tom" (id h1:7).';
  const waysOut =
    'If the resource was renamed or moved, give it the option aliases: [{ name: "<its name before>" }]. ' +
    "Otherwise set adopt: true to take the user over and bring it to what is declared, choose another name, or delete that user.";
  const sentence = `${named} It is as declared here, so it may be one of this stack's own. ${waysOut}`;

  test("says who has it, and names aliases before adopt", async () => {
    const zoo = createZoo(livePet({ Colour: "blue" }));
    const refused = created(zoo, { colour: "red" });
    await expect(refused).rejects.toThrow(new Error(`${named} ${waysOut}`));
    await expect(refused).rejects.toMatchObject({ name: "UserExists", existingId: "h1:7" });
    expect(zoo.pets).toHaveLength(1);
  });

  test("says when the user is as declared, whatever of it cannot be read", async () => {
    await expect(created(createZoo(livePet()), { chip: "abc" })).rejects.toThrow(new Error(sentence));
  });

  test("takes no pet for its own that was there before, not even one that is just as declared", async () => {
    const zoo = createZoo(livePet({ Born: Date.now() }));
    await expect(created(zoo)).rejects.toThrow(sentence);
  });

  test("hands on the refusal where nobody bears the name", async () => {
    const zoo = createZoo();
    zoo.fail("AddPet", "conflict");
    await expect(created(zoo)).rejects.toMatchObject({ kind: "conflict" });
    expect(zoo.sent).toEqual(["AddPet"]);
  });
});

describe("create, when its answer is lost", () => {
  test.each([
    ["an API whose call can be repeated", pet],
    ["an API whose call cannot", once],
  ])("finds the pet that it has made, in %s", async (_api, resource) => {
    const zoo = createZoo();
    zoo.fail("AddPet", "unavailable", "after");
    const { id } = await created(zoo, { colour: "red", asleep: true }, resource);
    expect(id).toBe("h1:100");
    expect(zoo.pets).toMatchObject([{ Colour: "red", Asleep: true }]);
    expect(zoo.sent).toEqual(["AddPet", "LullPet"]);
  });

  test("sends it again when no pet has come of it", async () => {
    const zoo = createZoo();
    zoo.fail("AddPet", "unavailable");
    await created(zoo, {}, once);
    expect(zoo.pets).toHaveLength(1);
    expect(zoo.sent).toEqual(["AddPet", "AddPet"]);
  });

  test("does not look for a pet where the call was not even sent", async () => {
    const zoo = createZoo();
    zoo.fail("AddPet", "unreached");
    const directory = {
      ...zoo.directory,
      findNewByName: () => Promise.reject(new Error("It was looked for.")),
    };
    await expect(create(once, tom, directory, origin)).rejects.toMatchObject({ kind: "unreached" });
  });

  test("gives up after three tries", async () => {
    const zoo = createZoo();
    for (let number = 1; number <= 4; number++) zoo.fail("AddPet", "unavailable");
    await expect(created(zoo)).rejects.toMatchObject({ kind: "unavailable" });
    expect(zoo.sent).toEqual(["AddPet", "AddPet", "AddPet"]);
  });

  test("takes its pet when the second try says that the name is taken", async () => {
    const zoo = createZoo();
    const { findByName } = zoo.directory;
    let blind = true;
    const directory = {
      ...zoo.directory,
      // The account does not show the new pet at first.
      findByName: async (name: string) => (blind ? void (blind = false) : findByName(name)),
    };
    zoo.fail("AddPet", "unavailable", "after");
    expect((await create(once, tom, directory)).id).toBe("h1:100");
    expect(zoo.pets).toHaveLength(1);
  });

  test.each([
    ["is not as it was sent", { Colour: "blue", Born: Date.now() }],
    ["was there long before", { Colour: "red", Born: Date.now() - 5 * minutes }],
    ["was there long before, by an ISO date", { Colour: "red", Born: "2020-01-01T00:00:00Z" }],
  ])("takes no pet for its own that %s", async (_why, theirs) => {
    const zoo = createZoo(livePet(theirs));
    zoo.fail("AddPet", "unavailable");
    await expect(created(zoo, { colour: "red" })).rejects.toMatchObject({ name: "UserExists" });
    expect(zoo.pets).toHaveLength(1);
  });
});

describe("create, when its answer is lost and the look for the user fails too", () => {
  const unreachable = (zoo: Zoo) => ({
    ...zoo.directory,
    findNewByName: () => Promise.reject(fault("unavailable", "Zoo could not be reached.")),
  });

  test("says that the user may exist, and that the next up makes no second one", async () => {
    const zoo = createZoo();
    zoo.fail("AddPet", "unavailable", "after");
    await expect(create(pet, tom, unreachable(zoo), origin)).rejects.toThrow(
      "The user may have been made: the answer of AddPet was lost, and the look for the user failed too. " +
        "It is not recorded. Run pulumi up again: it sends the same call under the same token, which makes no second " +
        "user and records the one there is. Zoo could not be reached.",
    );
    expect((await create(pet, tom, zoo.directory, origin)).id).toBe("h1:100");
    expect(zoo.pets).toHaveLength(1);
  });

  test("says what to do where the API knows no token", async () => {
    const zoo = createZoo();
    zoo.fail("AddPet", "unavailable", "after");
    await expect(create(once, tom, unreachable(zoo), origin)).rejects.toThrow(
      "It is not recorded. Run pulumi up again: it makes the user where there is none, and else says so; nothing is made " +
        "twice. Then set adopt: true to take the user over, or delete it first. Zoo could not be reached.",
    );
    await expect(create(once, tom, zoo.directory, origin)).rejects.toThrow("set adopt: true");
    expect(zoo.pets).toHaveLength(1);
  });

  test("hands on the refusal where the name was taken before", async () => {
    const zoo = createZoo(livePet());
    const directory = { ...zoo.directory, findByName: () => Promise.reject(fault("unavailable")) };
    await expect(create(pet, tom, directory, origin)).rejects.toMatchObject({ kind: "conflict" });
  });
});

describe("create, repeated by a run that follows one that was killed", () => {
  /** What a run sends of which nothing was recorded. */
  const killed = async (zoo: Zoo, desired: Values = tom): Promise<void> =>
    void (await create(pet, desired, zoo.directory, origin));

  test("records the pet that the killed run has made", async () => {
    const zoo = createZoo();
    await killed(zoo);
    expect(await create(pet, tom, zoo.directory, origin)).toEqual({ id: "h1:100", outputs: tom });
    expect(zoo.pets).toHaveLength(1);
  });

  test("brings about what the killed run left open, and what others changed since", async () => {
    const zoo = createZoo();
    const desired = { ...tom, colour: "red", chip: "abc", asleep: true };
    await killed(zoo, desired);
    zoo.change("Tom", { Asleep: false, Colour: "blue" });
    zoo.sent.length = 0;
    expect(await create(pet, desired, zoo.directory, origin)).toEqual({ id: "h1:100", outputs: desired });
    expect(zoo.pets).toMatchObject([{ Colour: "red", Asleep: true, Chip: "abc" }]);
    expect(zoo.sent).toEqual(["AddPet", "ChangePet", "LullPet"]);
  });

  test("makes a pet where that one was removed since, and records no dead id", async () => {
    const zoo = createZoo();
    await killed(zoo);
    zoo.pets.length = 0;
    expect((await create(pet, tom, zoo.directory, origin)).id).toBe("h1:101");
    expect(zoo.pets).toMatchObject([{ PetId: "101" }]);
  });

  test("makes a pet where that one was renamed long since", async () => {
    const zoo = createZoo();
    await killed(zoo);
    zoo.change("Tom", { Name: "Tim", Born: 0 });
    expect((await create(pet, tom, zoo.directory, origin)).id).toBe("h1:101");
    expect(zoo.pets).toMatchObject([{ Name: "Tim" }, { Name: "Tom" }]);
  });

  test("takes the pet, and writes the secret that the program changed meanwhile", async () => {
    const zoo = createZoo();
    await killed(zoo, { ...tom, chip: "abc" });
    const desired = { ...tom, chip: "xyz" };
    expect(await create(pet, desired, zoo.directory, origin)).toEqual({ id: "h1:100", outputs: desired });
    expect(zoo.pets).toMatchObject([{ Chip: "xyz" }]);
  });

  test("makes a pet where the secret changed and that pet is gone", async () => {
    const zoo = createZoo();
    await killed(zoo, { ...tom, chip: "abc" });
    zoo.pets.length = 0;
    expect((await create(pet, { ...tom, chip: "xyz" }, zoo.directory, origin)).id).toBe("h1:101");
  });

  test("takes no pet of another resource, nor one that was declared otherwise", async () => {
    const zoo = createZoo();
    await killed(zoo);
    const other = { ...origin, urn: "urn:pulumi:test::test::Pet::other" };
    for (const [desired, from] of [
      [tom, other],
      [{ ...tom, colour: "red" }, origin],
      [tom, { urn: undefined, secrets: [] }],
    ] as const)
      await expect(create(pet, desired, zoo.directory, from)).rejects.toThrow("set adopt: true");
    expect(zoo.pets).toHaveLength(1);
  });

  test("records the pet half done where it cannot be read, and the next update goes on", async () => {
    const zoo = createZoo();
    const directory = { ...zoo.directory, find: () => Promise.reject(fault("unavailable")) };
    const desired = { ...tom, chip: "abc", asleep: true, onDelete: "retain" };
    const error = (await create(pet, desired, directory, origin).catch((thrown) => thrown)) as PartlyDone;
    expect(error).toMatchObject({ name: "PartlyDone", id: "h1:100" });
    expect(error.properties).toEqual({ ...tom, chip: "abc", onDelete: "retain" });
    await update(pet, { id: error.id, outputs: error.properties }, desired, [], zoo.directory);
    expect(zoo.pets).toMatchObject([{ Asleep: true }]);
  });
});

describe("the token of a create", () => {
  const token = (desired: Values, from: Origin = origin) =>
    deriveToken(pet, { ...tom, ...desired }, {}, from);

  test("is the same in every run, in the form that the API's page asks for", () => {
    expect(token({ tags: { a: "1", b: "2" } })).toBe(token({ tags: { b: "2", a: "1" } }));
    expect(token({})).toMatch(/^[0-9a-f]{64}$/);
  });

  test("is another one for another resource and other values", () => {
    const tokens = [
      token({}),
      token({ colour: "red" }),
      token({ name: "Tim" }),
      token({ house: "h2" }),
      deriveToken(pet, tom, { Cage: "c1" }, origin),
      token({}, { ...origin, urn: "urn:pulumi:test::test::Pet::other" }),
    ];
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  test("tells nothing of a secret, be it one by its nature or by the program", () => {
    expect(token({ chip: "abc" })).toBe(token({ chip: "xyz" }));
    const secret = { ...origin, secrets: ["note"] };
    expect(token({ note: "a" }, secret)).toBe(token({ note: "b" }, secret));
  });
});

describe("create with adopt", () => {
  test("takes over the pet that somebody else made at the same time", async () => {
    const zoo = createZoo(livePet({ Colour: "blue" }));
    const { findByName } = zoo.directory;
    let looks = 0;
    const directory = {
      ...zoo.directory,
      findByName: async (name: string) => (looks++ === 0 ? undefined : findByName(name)),
      findNewByName: findByName,
    };
    const desired = { ...tom, colour: "red", adopt: true };
    expect(await create(pet, desired, directory, origin)).toEqual({ id: "h1:7", outputs: desired });
    expect(zoo.pets).toMatchObject([{ Colour: "red" }]);
    expect(zoo.sent).toEqual(["AddPet", "ChangePet"]);
  });

  test("takes over the pet of that name and brings it to what is declared", async () => {
    const zoo = createZoo(livePet({ Colour: "blue", Note: "of others" }));
    const desired = { colour: "red", asleep: true, adopt: true };
    expect(await created(zoo, desired)).toEqual({ id: "h1:7", outputs: { ...tom, ...desired } });
    expect(zoo.pets).toMatchObject([{ Colour: "red", Asleep: true, Note: "of others" }]);
    expect(zoo.sent).toEqual(["ChangePet", "LullPet"]);
  });

  test("sends nothing where the pet is as declared", async () => {
    const zoo = createZoo(livePet({ Colour: "red" }));
    await created(zoo, { colour: "red", adopt: true });
    expect(zoo.sent).toEqual([]);
  });

  test("writes the secret that is declared, since nobody can know the one it has", async () => {
    const zoo = createZoo(livePet());
    await created(zoo, { chip: "abc", adopt: true });
    expect(zoo.pets).toMatchObject([{ Chip: "abc" }]);
  });

  test("makes a pet where nobody bears the name", async () => {
    const zoo = createZoo();
    expect((await created(zoo, { adopt: true })).id).toBe("h1:100");
  });

  test("refuses a pet that would have to become another one, and names what it is that cannot change", async () => {
    const zoo = createZoo(livePet({ Breed: "dog" }));
    await expect(created(zoo, { breed: "cat", colour: "red", adopt: true })).rejects.toThrow(
      'The existing Pet h1:7 cannot be adopted: breed (it has "dog", declared is "cat") cannot change in place. ' +
        "Declare what it has, or delete it first.",
    );
    expect(zoo.sent).toEqual([]);
  });
});

describe("create, half done", () => {
  const halfDone = async (zoo: Zoo, desired: Values): Promise<PartlyDone> => {
    const error: unknown = await created(zoo, desired).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "PartlyDone", reasons: ["a fault: denied"] });
    return error as PartlyDone;
  };

  test("records the pet with what it holds, and the next update goes on from there", async () => {
    const zoo = createZoo();
    zoo.fail("LullPet", "denied");
    const desired = { colour: "red", chip: "abc", asleep: true, onDelete: "retain" };
    const { id, properties } = await halfDone(zoo, desired);
    expect(id).toBe("h1:100");
    expect(properties).toEqual({ ...tom, colour: "red", chip: "abc", onDelete: "retain" });
    const known = { id, outputs: properties };
    expect(await update(pet, known, { ...tom, ...desired }, [], zoo.directory)).toEqual({
      ...tom,
      ...desired,
    });
    expect(zoo.sent).toEqual(["AddPet", "LullPet", "LullPet"]);
  });

  test("records an adopted pet as ours, though nothing of it has been brought about yet", async () => {
    const zoo = createZoo(livePet({ Colour: "blue" }));
    zoo.fail("ChangePet", "denied");
    const { id, properties } = await halfDone(zoo, { colour: "red", chip: "abc", adopt: true });
    expect(id).toBe("h1:7");
    expect(properties).not.toHaveProperty("chip");
    await update(pet, { id, outputs: properties }, { ...tom, colour: "red", chip: "abc" }, [], zoo.directory);
    expect(zoo.pets).toMatchObject([{ Colour: "red", Chip: "abc" }]);
  });
});
