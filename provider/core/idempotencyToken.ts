import { createHash } from "node:crypto";
import { declaredNames } from "./decode";
import type { Attribute, Resource, Values, Wire } from "./resource";

/** Where a creation comes from. */
export interface Origin {
  /** The URN of the resource, which is the same in every run. */
  urn: string | undefined;
  /** The attributes whose values the program keeps secret. */
  secrets: readonly string[];
}

/**
 * A token that every run derives alike for the same creation: 64 hexadecimal digits. Secret values are no part of it,
 * so that none can be guessed from it; nothing without a URN.
 */
export function deriveToken(
  resource: Resource,
  desired: Values,
  defaults: Wire,
  origin: Origin,
): string | undefined {
  if (origin.urn === undefined) return undefined;
  const open = openNames(resource, desired, origin).map((name) => [name, desired[name]]);
  const text = JSON.stringify([origin.urn, resource.type, defaults, open], withSortedKeys);
  return createHash("sha256").update(text).digest("hex");
}

/** The declared attributes that the create call takes and that are no secret. */
export function openNames(resource: Resource, desired: Values, { secrets }: Origin): string[] {
  return declaredNames(resource, desired).filter((name) => {
    const row = resource.attributes[name] as Attribute;
    return row.create && !row.secret && !secrets.includes(name);
  });
}

/** The engine hands maps over in any order. */
function withSortedKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
