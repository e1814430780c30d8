import type {
  CreateJournal,
  EarlierCreates,
  UnansweredCreate,
} from "../../../provider/lifecycle/journal/createJournal";
import type { ResourceInitFailed } from "../../../provider/core/fault";
import { create } from "../../../provider/lifecycle/create";
import { diffLive } from "../../../provider/lifecycle/diff";
import { update } from "../../../provider/lifecycle/update";
import type { Resource } from "../../../provider/core/resource";
import type { Values } from "../../../provider/core/wire";
import { createFakeDirectory, fault, type FakeDirectory } from "../../core/fakeDirectory";
import { livePet, pet, tom } from "../../core/pet";

const created = (pets: FakeDirectory, desired: Values = {}, resource: Resource = pet) =>
  create(resource, { inputs: { ...tom, ...desired }, directory: pets.directory });

const minutes = 60_000;

/** The same kind of user in an API whose creation cannot be repeated. */
const once: Resource = { ...pet, create: { action: "AddPet" } };

describe("create", () => {
  test("makes the pet, sets the rest, and returns its id and what is declared", async () => {
    const pets = createFakeDirectory();
    const desired = { colour: "red", asleep: true, chip: "abc", adopt: false };
    expect(await created(pets, desired)).toMatchObject({ id: "h1:100", values: { ...tom, ...desired } });
    expect(pets.sent).toEqual(["AddPet", "LullPet"]);
    expect(pets.live).toMatchObject([{ Name: "Tom", Colour: "red", Asleep: true, Cage: "c0" }]);
    expect(pets.invalidated).toContain("100");
  });

  test("leaves a default out of the outputs, which are not the program's", async () => {
    expect((await created(createFakeDirectory())).values).toEqual(tom);
  });

  test("learns from a whole answer what the account does not show", async () => {
    const pets = createFakeDirectory();
    Object.assign(pets, { talkative: true, hidden: ["Colour"] });
    const state = await created(pets, { colour: "red", note: "x" });
    const inputs = { ...tom, colour: "red", note: "x" };
    expect(state).toMatchObject({ values: inputs, notReturned: ["colour"] });
    expect(await diffLive(pet, { state, inputs, ignored: [], directory: pets.directory })).toEqual([]);
  });

  test("takes an answer that is an id alone for no proof that anything is hidden", async () => {
    expect((await created(createFakeDirectory(), { colour: "red" })).values).toEqual({
      ...tom,
      colour: "red",
    });
  });

  test("hands on a refusal, and sends nothing more", async () => {
    const pets = createFakeDirectory();
    pets.fail("AddPet", "invalid");
    await expect(created(pets)).rejects.toMatchObject({ kind: "invalid" });
    expect(pets.sent).toEqual(["AddPet"]);
  });
});

describe("create, when the name is taken", () => {
  const named = 'The account already has a user named "Tom" (id h1:7)';
  const aliases = 'give it the option aliases: [{ name: "<its name before>" }].';
  const alike =
    `${named}, which looks like the same user under another resource name. If the resource was renamed or moved, ${aliases} ` +
    "If the resource that has this user leaves the program in the same run, run pulumi up twice: first without this resource, " +
    "then with it. Otherwise choose another name, delete that user, or, where no stack has it, set adopt: true: this " +
    "declaration then takes over that very person, with its keys and groups.";
  const another =
    `${named}, which differs from this declaration and may be another person. If the resource that has this user leaves the ` +
    "program in the same run, run pulumi up twice: first without this resource, then with it. " +
    `If it is the same person, whose resource was renamed or moved, ${aliases} Otherwise choose another name, or delete that user.`;

  test("says who has it, and advises no adoption of what may be another one", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue" }));
    const refused = created(pets, { colour: "red" });
    await expect(refused).rejects.toThrow(new Error(another));
    await expect(refused).rejects.toMatchObject({ name: "UserExists", existingId: "h1:7" });
    expect(pets.live).toHaveLength(1);
  });

  test("says when the user is as declared, whatever of it cannot be read", async () => {
    await expect(created(createFakeDirectory(livePet()), { chip: "abc" })).rejects.toThrow(new Error(alike));
  });

  test("takes no pet for its own that was there before, not even one that is just as declared", async () => {
    const pets = createFakeDirectory(livePet({ Born: Date.now() }));
    await expect(created(pets)).rejects.toThrow(alike);
  });

  test("hands on the refusal where nobody bears the name", async () => {
    const pets = createFakeDirectory();
    pets.fail("AddPet", "conflict");
    await expect(created(pets)).rejects.toMatchObject({ kind: "conflict" });
    expect(pets.sent).toEqual(["AddPet"]);
  });
});

describe("create, when its answer is lost", () => {
  test.each([
    ["an API whose call can be repeated", pet],
    ["an API whose call cannot", once],
  ])("finds the pet that it has made, in %s", async (_api, resource) => {
    const pets = createFakeDirectory();
    pets.fail("AddPet", "unavailable", "after");
    const { id } = await created(pets, { colour: "red", asleep: true }, resource);
    expect(id).toBe("h1:100");
    expect(pets.live).toMatchObject([{ Colour: "red", Asleep: true }]);
    expect(pets.sent).toEqual(["AddPet", "LullPet"]);
  });

  test("sends it again when no pet has come of it", async () => {
    const pets = createFakeDirectory();
    pets.fail("AddPet", "unavailable");
    await created(pets, {}, once);
    expect(pets.live).toHaveLength(1);
    expect(pets.sent).toEqual(["AddPet", "AddPet"]);
  });

  test("does not look for a pet where the call was not even sent", async () => {
    const pets = createFakeDirectory();
    pets.fail("AddPet", "unreached");
    const directory = {
      ...pets.directory,
      findNewByName: () => Promise.reject(new Error("It was looked for.")),
    };
    await expect(create(once, { inputs: tom, directory })).rejects.toMatchObject({ kind: "unreached" });
  });

  test("gives up after three tries", async () => {
    const pets = createFakeDirectory();
    for (let number = 1; number <= 4; number++) pets.fail("AddPet", "unavailable");
    await expect(created(pets)).rejects.toMatchObject({ kind: "unavailable" });
    expect(pets.sent).toEqual(["AddPet", "AddPet", "AddPet"]);
  });

  test("takes its pet when the second try says that the name is taken", async () => {
    const pets = createFakeDirectory();
    const { findByName } = pets.directory;
    let blind = true;
    const directory = {
      ...pets.directory,
      // The account does not show the new pet at first.
      findByName: async (name: string) => (blind ? void (blind = false) : findByName(name)),
    };
    pets.fail("AddPet", "unavailable", "after");
    expect((await create(once, { inputs: tom, directory })).id).toBe("h1:100");
    expect(pets.live).toHaveLength(1);
  });

  test.each([
    ["is not as it was sent", { Colour: "blue", Born: Date.now() }],
    ["was there long before", { Colour: "red", Born: Date.now() - 5 * minutes }],
    ["was there long before, by an ISO date", { Colour: "red", Born: "2020-01-01T00:00:00Z" }],
  ])("takes no pet for its own that %s", async (_why, theirs) => {
    const pets = createFakeDirectory(livePet(theirs));
    pets.fail("AddPet", "unavailable");
    await expect(created(pets, { colour: "red" })).rejects.toMatchObject({ name: "UserExists" });
    expect(pets.live).toHaveLength(1);
  });
});

describe("create, when its answer is lost and the look for the user fails too", () => {
  const unreachable = (pets: FakeDirectory) => ({
    ...pets.directory,
    findNewByName: () => Promise.reject(fault("unavailable", "FakeDirectory could not be reached.")),
  });

  test.each([
    ["an API that knows a token", pet],
    ["one that knows none", once],
  ])("says that the user may exist, and what to do about it: %s", async (_what, kind) => {
    const pets = createFakeDirectory();
    pets.fail("AddPet", "unavailable", "after");
    await expect(create(kind, { inputs: tom, directory: unreachable(pets) })).rejects.toThrow(
      "The user may have been created: the answer of AddPet was lost, and looking for the user failed too. " +
        "It is not in the state. Run pulumi up again: it creates the user if there is none, and otherwise fails with its id; " +
        "nothing is created twice. Then set adopt: true to take the user over, or delete it first. FakeDirectory could not be reached.",
    );
    await expect(create(kind, { inputs: tom, directory: pets.directory })).rejects.toThrow("set adopt: true");
    expect(pets.live).toHaveLength(1);
  });

  test("hands on the refusal where the name was taken before", async () => {
    const pets = createFakeDirectory(livePet());
    const directory = { ...pets.directory, findByName: () => Promise.reject(fault("unavailable")) };
    await expect(create(pet, { inputs: tom, directory })).rejects.toMatchObject({ kind: "conflict" });
  });
});

describe("create, repeated by a run that follows one that was killed", () => {
  /** A journal that keeps what a create notes, for a run that comes later. */
  const journal = (earlier?: EarlierCreates): { journal: CreateJournal; left: EarlierCreates } => {
    const unanswered: UnansweredCreate[] = [];
    const sending: CreateJournal["sending"] = async (nameWasFree, token) =>
      void unanswered.push({ at: Date.now(), nameWasFree, token });
    const made = async () => {};
    const refused = async () => {};
    const takenOver = async () => {};
    return { journal: { earlier, sending, made, refused, takenOver }, left: { madeIds: [], unanswered } };
  };

  /** What a run sends of which nothing was recorded, and what it leaves in its journal. */
  const killed = async (pets: FakeDirectory, desired: Values = tom): Promise<EarlierCreates> => {
    const { journal: own, left } = journal();
    await create(pet, { inputs: desired, directory: pets.directory, journal: own });
    return left;
  };

  const next = (pets: FakeDirectory, earlier: EarlierCreates, inputs: Values = tom) =>
    create(pet, { inputs, directory: pets.directory, journal: journal(earlier).journal });

  test("records the pet that the killed run has made", async () => {
    const pets = createFakeDirectory();
    expect(await next(pets, await killed(pets))).toMatchObject({ id: "h1:100", values: tom });
    expect(pets.live).toHaveLength(1);
  });

  test("brings about what the killed run left open", async () => {
    const pets = createFakeDirectory();
    const desired = { ...tom, colour: "red", chip: "abc", asleep: true };
    const earlier = await killed(pets, desired);
    pets.change("Tom", { Asleep: false });
    pets.sent.length = 0;
    expect(await next(pets, earlier, desired)).toMatchObject({ id: "h1:100", values: desired });
    expect(pets.live).toMatchObject([{ Colour: "red", Asleep: true, Chip: "abc" }]);
    expect(pets.sent).toEqual(["AddPet", "LullPet"]);
  });

  test("takes the token of the killed run along, so that a run after a second kill knows it", async () => {
    const pets = createFakeDirectory();
    const earlier = await killed(pets);
    const { journal: second, left } = journal(earlier);
    await create(pet, { inputs: tom, directory: pets.directory, journal: second });
    expect(left.unanswered[0]!.token).toBe(earlier.unanswered[0]!.token);
  });

  test("makes a pet where that one was removed since, and records no dead id", async () => {
    const pets = createFakeDirectory();
    const earlier = await killed(pets);
    pets.live.length = 0;
    expect((await next(pets, earlier)).id).toBe("h1:101");
    expect(pets.live).toMatchObject([{ PetId: "101" }]);
  });

  test("makes a pet where that one was renamed long since", async () => {
    const pets = createFakeDirectory();
    const earlier = await killed(pets);
    pets.change("Tom", { Name: "Tim", Born: 0 });
    expect((await next(pets, earlier)).id).toBe("h1:101");
    expect(pets.live).toMatchObject([{ Name: "Tim" }, { Name: "Tom" }]);
  });

  test("takes the pet, and writes the secret that the program changed meanwhile", async () => {
    const pets = createFakeDirectory();
    const earlier = await killed(pets, { ...tom, chip: "abc" });
    const desired = { ...tom, chip: "xyz" };
    expect(await next(pets, earlier, desired)).toMatchObject({ id: "h1:100", values: desired });
    expect(pets.live).toMatchObject([{ Chip: "xyz" }]);
  });

  test("makes a pet where the secret changed and that pet is gone", async () => {
    const pets = createFakeDirectory();
    const earlier = await killed(pets, { ...tom, chip: "abc" });
    pets.live.length = 0;
    expect((await next(pets, earlier, { ...tom, chip: "xyz" })).id).toBe("h1:101");
  });

  test.each([
    ["was locked since", { Asleep: true }],
    ["was given a note since", { Note: "of somebody" }],
    ["was changed since", { Colour: "blue" }],
  ])("takes no pet that %s, whoever it belongs to now", async (_what, changes) => {
    const pets = createFakeDirectory();
    const earlier = await killed(pets, { ...tom, colour: "red" });
    pets.change("Tom", { ...changes, Born: Date.now() - 2 * minutes });
    earlier.unanswered.forEach((each) => (each.at -= 2 * minutes));
    await expect(next(pets, earlier, { ...tom, colour: "red" })).rejects.toMatchObject({
      name: "UserExists",
    });
    expect(pets.live).toHaveLength(1);
  });

  test.each(["with a journal", "without one"])(
    "takes no pet of before, %s that knows of none",
    async (how) => {
      const pets = createFakeDirectory();
      await killed(pets);
      const own = how === "with a journal" ? journal().journal : undefined;
      await expect(create(pet, { inputs: tom, directory: pets.directory, journal: own })).rejects.toThrow(
        "set adopt: true",
      );
      expect(pets.live).toHaveLength(1);
    },
  );

  test("records the pet half done where it cannot be read, and the next update goes on", async () => {
    const pets = createFakeDirectory();
    const desired = { ...tom, chip: "abc", asleep: true, onDelete: "retain" };
    const earlier = await killed(pets, { ...tom, chip: "abc" });
    const directory = { ...pets.directory, find: () => Promise.reject(fault("unavailable")) };
    const error = (await create(pet, { inputs: desired, directory, ...journal(earlier) }).catch(
      (thrown) => thrown,
    )) as ResourceInitFailed;
    expect(error).toMatchObject({ name: "ResourceInitFailed", state: { id: "h1:100" } });
    expect(error.state.values).toEqual({ ...tom, chip: "abc", onDelete: "retain" });
    await update(pet, { state: error.state, inputs: desired, ignored: [], directory: pets.directory });
    expect(pets.live).toMatchObject([{ Asleep: true }]);
  });
});

describe("create with adopt", () => {
  test("takes over the pet that somebody else made at the same time", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue" }));
    const { findByName } = pets.directory;
    let looks = 0;
    const directory = {
      ...pets.directory,
      findByName: async (name: string) => (looks++ === 0 ? undefined : findByName(name)),
      findNewByName: findByName,
    };
    const desired = { ...tom, colour: "red", adopt: true };
    expect(await create(pet, { inputs: desired, directory })).toMatchObject({
      id: "h1:7",
      values: desired,
    });
    expect(pets.live).toMatchObject([{ Colour: "red" }]);
    expect(pets.sent).toEqual(["AddPet", "ChangePet"]);
  });

  test("takes over the pet of that name and brings it to what is declared", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue", Note: "of others" }));
    const desired = { colour: "red", asleep: true, adopt: true };
    expect(await created(pets, desired)).toMatchObject({ id: "h1:7", values: { ...tom, ...desired } });
    expect(pets.live).toMatchObject([{ Colour: "red", Asleep: true, Note: "of others" }]);
    expect(pets.sent).toEqual(["ChangePet", "LullPet"]);
  });

  test("sends nothing where the pet is as declared", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "red" }));
    await created(pets, { colour: "red", adopt: true });
    expect(pets.sent).toEqual([]);
  });

  test("keeps what the pet may have chosen, as far as it cannot be read, and records it as declared", async () => {
    const pets = createFakeDirectory(livePet());
    const inputs = { ...tom, chip: "abc", colour: "red", adopt: true };
    const state = await created(pets, inputs);
    expect(state.values).toEqual(inputs);
    expect(pets.live).toEqual([livePet({ Colour: "red" })]);
    const request = { state, ignored: [], directory: pets.directory };
    await update(pet, { ...request, inputs: { ...inputs, chip: "abd" } });
    expect(pets.live).toEqual([livePet({ Colour: "red", Chip: "abd" })]);
  });

  test("makes a pet where nobody bears the name", async () => {
    const pets = createFakeDirectory();
    expect((await created(pets, { adopt: true })).id).toBe("h1:100");
  });

  test("refuses a pet that would have to become another one, and names what it is that cannot change", async () => {
    const pets = createFakeDirectory(livePet({ Breed: "dog" }));
    await expect(created(pets, { breed: "cat", colour: "red", adopt: true })).rejects.toThrow(
      'The existing Pet h1:7 cannot be adopted: breed (current: "dog", declared: "cat") cannot change in place. ' +
        "Declare the current value, or delete the user first.",
    );
    expect(pets.sent).toEqual([]);
  });
});

describe("create, half done", () => {
  const halfDone = async (pets: FakeDirectory, desired: Values): Promise<ResourceInitFailed> => {
    const error: unknown = await created(pets, desired).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "ResourceInitFailed", message: "a fault: denied" });
    return error as ResourceInitFailed;
  };

  test("records the pet with what it holds, and the next update goes on from there", async () => {
    const pets = createFakeDirectory();
    pets.fail("LullPet", "denied");
    const desired = { colour: "red", chip: "abc", asleep: true, onDelete: "retain" };
    const { state } = await halfDone(pets, desired);
    expect(state.id).toBe("h1:100");
    expect(state.values).toEqual({ ...tom, colour: "red", chip: "abc", onDelete: "retain" });
    const inputs = { ...tom, ...desired };
    const after = await update(pet, { state, inputs, ignored: [], directory: pets.directory });
    expect(after.values).toEqual(inputs);
    expect(pets.sent).toEqual(["AddPet", "LullPet", "LullPet"]);
  });

  test("records an adopted pet as ours, though nothing of it has been brought about yet", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue" }));
    pets.fail("ChangePet", "denied");
    const { state } = await halfDone(pets, { colour: "red", chip: "abc", adopt: true });
    expect(state.id).toBe("h1:7");
    expect(state.values).toEqual({ chip: "abc", adopt: true });
    const inputs = { ...tom, colour: "red", chip: "abc" };
    await update(pet, { state, inputs, ignored: [], directory: pets.directory });
    expect(pets.live).toEqual([livePet({ Colour: "red" })]);
  });
});
