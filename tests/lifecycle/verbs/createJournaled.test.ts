import type { CreateJournal, EarlierCreates } from "../../../provider/lifecycle/journal/createJournal";
import { create } from "../../../provider/lifecycle/create";
import type { Resource } from "../../../provider/core/resource";
import type { Values, Wire } from "../../../provider/core/wire";
import { createFakeDirectory, type FakeDirectory, fault } from "../../core/fakeDirectory";
import { livePet, pet, tom } from "../../core/pet";

const minutes = 60_000;

/** The same kind of user in an API whose create cannot be repeated. */
const once: Resource = { ...pet, create: { action: "AddPet" } };

/** One in an API that does not tell when a user was created. */
const undated: Resource = (({ createdAtField: _, ...rest }) => rest)(once);

/** A journal that keeps its notes among the calls that the directory has got. */
function journalIn({ sent }: FakeDirectory, earlier?: EarlierCreates): CreateJournal {
  const note = async (line: string): Promise<void> => void (sent as string[]).push(line);
  return {
    earlier,
    sending: (nameWasFree) => note(`sending, free: ${nameWasFree}`),
    made: (id) => note(`made ${id}`),
    refused: () => note("refused"),
    takenOver: (id) => note(`taken over ${id}`),
  };
}

const created = (pets: FakeDirectory, desired: Values = {}, earlier?: EarlierCreates, resource = once) =>
  create(resource, {
    inputs: { ...tom, ...desired },
    directory: pets.directory,
    journal: journalIn(pets, earlier),
  });

const madeIds = (...ids: string[]): EarlierCreates => ({ madeIds: ids, unanswered: [] });

const unanswered = (minutesAgo: number, nameWasFree = false): EarlierCreates => ({
  madeIds: [],
  unanswered: [{ at: Date.now() - minutesAgo * minutes, nameWasFree }],
});

describe("the journal of a create", () => {
  test("gets its note before the call, and the id before the calls that follow", async () => {
    const pets = createFakeDirectory();
    await created(pets, { asleep: true });
    expect(pets.sent).toEqual(["sending, free: false", "AddPet", "made h1:100", "LullPet"]);
  });

  test.each([
    ["a refusal", "invalid"],
    ["a call that was not sent", "unreached"],
  ])("gets the end of a create that came to %s", async (_what, kind) => {
    const pets = createFakeDirectory();
    pets.fail("AddPet", kind);
    await expect(created(pets)).rejects.toMatchObject({ kind });
    expect(pets.sent).toEqual(["sending, free: false", "AddPet", "refused"]);
  });

  test("keeps a create whose answer was lost, and says that the next up takes the user over", async () => {
    const pets = createFakeDirectory();
    pets.fail("AddPet", "unavailable", "after");
    const directory = { ...pets.directory, findNewByName: () => Promise.reject(fault("unavailable")) };
    await expect(create(once, { inputs: tom, directory, journal: journalIn(pets) })).rejects.toThrow(
      "Run pulumi up again: it takes over the user that this call has created, or creates it; nothing is created twice.",
    );
    expect(pets.sent).toEqual(["sending, free: false", "AddPet"]);
  });

  test("keeps a create whose first answer was lost and whose second try was refused", async () => {
    const pets = createFakeDirectory();
    pets.fail("AddPet", "unavailable");
    pets.fail("AddPet", "forbidden");
    await expect(created(pets)).rejects.toMatchObject({ kind: "forbidden" });
    expect(pets.sent).not.toContain("refused");
  });

  test("gets the id of a user that was made and cannot be read", async () => {
    const pets = createFakeDirectory();
    const directory = { ...pets.directory, find: () => Promise.reject(fault("unavailable")) };
    const earlier = { madeIds: [], unanswered: [{ at: Date.now(), nameWasFree: true, token: "killed" }] };
    const refused = create(pet, { inputs: tom, directory, journal: journalIn(pets, earlier) });
    await expect(refused).rejects.toMatchObject({ name: "ResourceInitFailed" });
    expect(pets.sent).toEqual(["sending, free: false", "AddPet", "made h1:100"]);
  });

  test("gets nothing of a user that is adopted", async () => {
    const pets = createFakeDirectory(livePet());
    await created(pets, { adopt: true });
    expect(pets.sent).toEqual([]);
  });
});

describe("a create after a run that was killed", () => {
  test("takes over the user that the journal knows, and brings it to what is declared", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "blue", Born: 0 }));
    const state = await created(pets, { colour: "red" }, madeIds("h1:6", "h1:7"));
    expect(state).toMatchObject({ id: "h1:7", values: { ...tom, colour: "red" } });
    expect(pets.live).toMatchObject([{ Colour: "red" }]);
    expect(pets.sent).toEqual(["sending, free: false", "AddPet", "taken over h1:7", "ChangePet"]);
  });

  test("takes it over where the API repeats creates, but has forgotten the token", async () => {
    const pets = createFakeDirectory(livePet());
    expect((await created(pets, {}, madeIds("h1:7"), pet)).id).toBe("h1:7");
  });

  test("waits for a user that the account does not show yet", async () => {
    const pets = createFakeDirectory(livePet());
    const directory = { ...pets.directory, findByName: async () => undefined };
    const journal = journalIn(pets, madeIds("h1:7"));
    expect((await create(once, { inputs: tom, directory, journal })).id).toBe("h1:7");
  });

  test("refuses a user that somebody else has created under the name", async () => {
    const pets = createFakeDirectory(livePet());
    await expect(created(pets, {}, madeIds("h1:8"))).rejects.toThrow("set adopt: true");
    expect(pets.sent).not.toContain("taken over h1:7");
  });

  test("takes over a user as it was sent, created soon after the note, although nobody knows the answer", async () => {
    const pets = createFakeDirectory(livePet({ Colour: "red", Born: Date.now() - 29 * minutes }));
    expect((await created(pets, { colour: "red" }, unanswered(30))).id).toBe("h1:7");
    expect(pets.sent).toContain("taken over h1:7");
  });

  test("does so with the defaults that the API demands, where it has forgotten the token", async () => {
    const pets = createFakeDirectory(livePet({ Cage: "c0", Born: Date.now() }));
    expect((await created(pets, {}, unanswered(1), pet)).id).toBe("h1:7");
  });

  test.each<[string, Wire]>([
    ["was created before the note", { Born: Date.now() - 32 * minutes }],
    ["was created more than an hour after the note", { Born: Date.now() + 32 * minutes }],
    ["is not as it was sent", { Colour: "blue" }],
    ["has a text that was not sent", { Note: "by others" }],
    ["does not tell when it was created", { Born: undefined }],
  ])("refuses a user without a known answer that %s", async (_why, theirs) => {
    const pets = createFakeDirectory(livePet({ Colour: "red", Born: Date.now() - 29 * minutes, ...theirs }));
    await expect(created(pets, { colour: "red" }, unanswered(30))).rejects.toMatchObject({
      name: "UserExists",
    });
  });

  test("takes over a user of an API without dates only where its name was free before the create", async () => {
    const pets = createFakeDirectory(livePet());
    expect((await created(pets, {}, unanswered(30, true), undated)).id).toBe("h1:7");
    await expect(created(pets, {}, unanswered(30, false), undated)).rejects.toThrow("set adopt: true");
  });
});

describe("a create in an API that does not tell when users were created", () => {
  test("notes whether the name was free before", async () => {
    const pets = createFakeDirectory();
    await created(pets, {}, undefined, undated);
    expect(pets.sent[0]).toBe("sending, free: true");
    await expect(created(pets, {}, undefined, undated)).rejects.toThrow("set adopt: true");
    expect(pets.sent).toContain("sending, free: false");
  });

  test("goes on where nobody can tell whether the name is free", async () => {
    const pets = createFakeDirectory();
    const directory = { ...pets.directory, isFree: () => Promise.reject(fault("forbidden")) };
    await create(undated, { inputs: tom, directory, journal: journalIn(pets) });
    expect(pets.sent).toEqual(["sending, free: false", "AddPet", "made h1:100"]);
  });

  test("takes no user for the one of a lost answer that had the name before", async () => {
    const pets = createFakeDirectory(livePet());
    pets.fail("AddPet", "unavailable");
    await expect(created(pets, {}, undefined, undated)).rejects.toMatchObject({ name: "UserExists" });
  });
});
