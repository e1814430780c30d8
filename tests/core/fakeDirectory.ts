import type { Directory, FindRequest } from "../../provider/core/directory";
import type { Call, Wire } from "../../provider/core/wire";

/** The users of one made-up account in memory, and what tests change and see of it. */
export interface FakeDirectory {
  readonly directory: Directory;
  /** The pets that live there now. */
  readonly live: Wire[];
  /** The actions that were called, reads left out. */
  readonly sent: string[];
  /** What `find` was asked for. */
  readonly finds: FindRequest[];
  /** The pets of which the directory was told that they were written. */
  readonly invalidated: string[];
  /** Changes the pet of this name from outside. */
  change(name: string, changes: Wire): void;
  /** The next call of the action ends in a fault of that kind, before it is done or after. */
  fail(action: string, kind: string, when?: "before" | "after"): void;
  /** The attributes that no answer shows. */
  hidden: string[];
  /** Whether a creation answers with the pet as a whole, and not with its id alone. */
  talkative: boolean;
}

/** A fault as `provider/api` throws it, which the core knows by its shape. */
export function fault(kind: string, message = `a fault: ${kind}`): Error {
  return Object.assign(new Error(message), { name: "ApiFault", kind });
}

/** A directory of one house, with these pets in it. */
export function createFakeDirectory(...firstPets: Wire[]): FakeDirectory {
  const pets = firstPets.map((pet) => ({ HouseId: "h1", ...pet }) as Wire);
  const read = new Map<string, Wire>();
  const tokens = new Map<unknown, { pet: Wire; text: string }>();
  let born = 0;
  const missing = new Set<string>();
  const faults: { action: string; kind: string; when: "before" | "after" }[] = [];

  const shown = (pet: Wire): Wire =>
    Object.fromEntries(Object.entries(pet).filter(([name]) => !fake.hidden.includes(name)));
  const named = (name: unknown) => pets.find(({ Name }) => Name === name);
  const livePet = (petId: unknown): Wire => {
    const pet = pets.find(({ PetId }) => PetId === petId);
    if (!pet) throw fault("notFound");
    return pet;
  };

  const put = (petId: unknown, changes: Wire): Wire => {
    Object.assign(livePet(petId), changes);
    return {};
  };

  const actions: Record<string, (params: Wire) => Wire> = {
    GetEmptyCage: () => ({ Cage: "c0" }),
    ListFleas: ({ PetId }) => ({ Fleas: livePet(PetId).Fleas }),
    AddPet({ Token, ...params }) {
      const known = tokens.get(Token);
      const text = JSON.stringify(params);
      if (known && known.text !== text) throw fault("tokenReused");
      if (!known && named(params.Name)) throw fault("conflict");
      const pet = known?.pet ?? { ...params, PetId: String(100 + born++), Born: Date.now() };
      if (!known) pets.push(pet);
      if (Token !== undefined) tokens.set(Token, { pet, text });
      return fake.talkative ? { Pet: shown(pet) } : { PetId: pet.PetId };
    },
    ChangePet: ({ PetId, ...params }) => ({ Pet: shown(Object.assign(livePet(PetId), params)) }),
    MovePet: ({ PetId, To }) => put(PetId, { Cage: To }),
    LullPet: ({ PetId }) => put(PetId, { Asleep: true }),
    WakePet: ({ PetId }) => put(PetId, { Asleep: false }),
    CagePet: ({ PetId }) => put(PetId, { Caged: true }),
    RemoveFlea: ({ PetId }) => put(PetId, { Fleas: [] }),
    RemovePet({ PetId }) {
      const pet = livePet(PetId);
      if ((pet.Fleas as string[] | undefined)?.length) throw fault("conflict", "It has fleas.");
      pets.splice(pets.indexOf(pet), 1);
      return {};
    },
  };

  const call = async ({ action, params }: Call): Promise<Wire> => {
    if (!/^(Get|List)/.test(action)) fake.sent.push(action);
    const at = faults.findIndex((each) => each.action === action);
    const [next] = at < 0 ? [] : faults.splice(at, 1);
    if (next?.when === "before") throw fault(next.kind);
    const answer = (actions[action] as (params: Wire) => Wire)(params);
    if (next) throw fault(next.kind);
    return answer;
  };

  const directory: Directory = {
    call,
    callOnce: call,
    announce: () => {},
    async find(request) {
      fake.finds.push(request);
      const pet = pets.find(({ PetId }) => PetId === request.userId);
      const known = request.fresh ? undefined : read.get(request.userId);
      const found = known ?? (pet && { ...shown(pet) });
      if (found) read.set(request.userId, found);
      if (found) missing.delete(request.userId);
      else missing.add(request.userId);
      return found;
    },
    wasMissing: (petId) => missing.has(petId),
    async findByName(name) {
      const pet = named(name);
      return pet && shown(pet);
    },
    look: (name) => directory.findByName(name),
    findNewByName: (name) => directory.findByName(name),
    isFree: async (name) => named(name) === undefined,
    search: async (filter) =>
      pets.filter((pet) => Object.entries(filter).every(([name, value]) => pet[name] === value)).map(shown),
    page: async (filter) => ({ users: await directory.search(filter), next: undefined }),
    invalidate(petId) {
      fake.invalidated.push(petId);
      read.delete(petId);
    },
  };

  const fake: FakeDirectory = {
    directory,
    live: pets,
    sent: [],
    finds: [],
    invalidated: [],
    hidden: [],
    talkative: false,
    change: (name, changes) => void Object.assign(named(name) as Wire, changes),
    fail: (action, kind, when = "before") => void faults.push({ action, kind, when }),
  };
  return fake;
}
