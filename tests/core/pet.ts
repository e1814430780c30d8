import { z } from "zod";
import { attr, type Attribute, notShown } from "../../provider/core/attribute";
import { defineResource, question, type Resource, userCall } from "../../provider/core/resource";
import type { Values, Wire } from "../../provider/core/wire";
import { rule } from "../../provider/core/rule";
import { isAbsent, jsonList, listOf } from "../../provider/core/values";

/** A kind of user that no cloud has, with a row for every column and every combination that the engine knows. */
const definition = defineResource({
  type: "Pet",
  service: "Zoo",
  identity: ["HouseId", "PetId"],
  nameField: "Name",
  filters: ["Colour"],
  createdAtField: "Born",
  read: {
    get: { action: "GetPet", by: "PetId", nobody: "0" },
    list: {
      action: "ListPets",
      page: () => ({}),
      from: ({ Pets }) => Pets as Wire[],
      next: () => undefined,
      pages: () => 1,
      omittedFields: [],
    },
    from: ({ Pet }) => Pet as Wire | undefined,
    otherFields: {},
    notFoundCodes: ["NoSuchPet"],
    idPattern: /^\d+$/,
    consistencyWindowMs: 0,
  },
  nonIdempotent: { AddPet: "Token" },
  answers: {},
  create: {
    action: "AddPet",
    idempotencyToken: "Token",
    defaults: {
      call: question("GetEmptyCage", "finds a cage", ({ cage }) => (cage === undefined ? {} : undefined)),
      from: ({ Cage }) => ({ Cage }),
    },
  },
  update: { action: "ChangePet" },
  lostByReplacement: "toys and habits",
  delete: {
    action: "RemovePet",
    dependents: (requestKey) => [
      {
        what: "fleas",
        find: { action: "ListFleas", params: requestKey },
        removedBy: ["RemoveFlea"],
        remove: ({ Fleas }) =>
          ((Fleas ?? []) as string[]).map((Flea) => ({
            action: "RemoveFlea",
            params: { ...requestKey, Flea },
          })),
      },
    ],
  },
  lock: userCall("CagePet"),
  attributes: {
    /** Of the scope; a change makes a new pet. */
    house: attr("HouseId", z.string().min(1), { replaceOnChange: true }),
    name: attr("Name", z.string().min(1).max(8)),
    breed: attr("Breed", z.enum(["cat", "dog"]).optional(), {
      replaceOnChange: true,
      insteadOfReplacing: "colour",
    }),
    /** Cannot be cleared. */
    colour: attr("Colour", z.string().min(1).optional()),
    /** Cleared with an empty text. */
    note: attr("Note", z.string().max(20).optional(), { clear: "" }),
    /** Three rows that go together; one of them is left alone when it is dropped. */
    weight: attr("Weight", z.int().min(1).max(99).optional(), { group: "size", clear: 1 }),
    height: attr("Height", z.int().optional(), { group: "size" }),
    unit: attr("Unit", z.enum(["cm", "in"]).optional(), { group: "size", onRemoval: "ignore" }),
    /** Written, never read; an adopted pet keeps its own. */
    chip: attr("Chip", z.string().min(3).optional(), {
      writeOnly: true,
      secret: true,
      keptOnAdoption: true,
      onRemoval: "ignore",
    }),
    /** The account says so only sometimes. */
    hungry: attr("Hungry", z.boolean().optional(), {
      clear: false,
      read: ({ Hungry }) => (Hungry === true ? true : notShown),
    }),
    /** Counts at the creation alone. */
    origin: attr("Origin", z.string().optional(), { createOnly: true, writeOnly: true }),
    tricks: attr("Tricks", z.array(z.string()).optional(), {
      clear: [],
      encode: jsonList,
      read: (pet) => listOf(pet.Tricks),
    }),
    /** Managed key by key. */
    tags: attr("Tags", z.record(z.string(), z.string()).optional(), {
      mergeKeys: true,
      clear: {},
      encode: (tags: Values) => Object.entries(tags),
      read: ({ Tags }) => Object.fromEntries((Tags ?? []) as [string, string][]),
    }),
    cage: attr("Cage", z.string().optional(), { setter: "move" }),
    asleep: attr("Asleep", z.boolean().optional(), { setter: "sleep", create: false, clear: false }),
  },
  options: {
    adopt: z.boolean().optional(),
    onDelete: z.enum(["delete", "lock", "retain"]).optional(),
    forceDestroy: z.boolean().optional(),
  },
  rules: [
    rule(["height", "unit"], ({ height, unit }) =>
      height !== undefined && unit === undefined
        ? { property: "unit", reason: '"unit" is required with height.' }
        : undefined,
    ),
    rule(["breed"], ({ breed }, prefetched) =>
      prefetched?.Forbidden !== undefined && breed === prefetched.Forbidden
        ? { property: "breed", reason: '"breed" is not allowed in this house.' }
        : undefined,
    ),
  ],
  setters: {
    // Listed before `move`, so it is sent before it.
    sleep: {
      actions: ["LullPet", "WakePet"],
      calls: ({ requestKey, changed }, lull, wake) => [
        { action: changed.Asleep === true ? lull : wake, params: requestKey },
      ],
    },
    move: {
      actions: ["MovePet"],
      calls: ({ requestKey, changed, declared, user }, action) => [
        { action, params: { ...requestKey, To: changed.Cage, From: user.Cage, Name: declared.Name } },
      ],
    },
  },
});

export const pet = definition as unknown as Resource;

/** The same kind of user with some columns of one row changed. */
export function petWith(name: string, columns: Partial<Attribute>): Resource {
  const row = { ...(pet.attributes[name] as Attribute), ...columns };
  return { ...pet, attributes: { ...pet.attributes, [name]: row } };
}

/** A live pet as an answer shows it, but for these. */
export function livePet(differences: Wire = {}): Wire {
  const live = { HouseId: "h1", PetId: "7", Name: "Tom", ...differences };
  return Object.fromEntries(Object.entries(live).filter(([, value]) => !isAbsent(value)));
}

/** What every program declares of a pet. */
export const tom: Values = { house: "h1", name: "Tom" };
