import { createHash } from "node:crypto";
import { declaredNames } from "./decode";
import type { Attribute } from "./attribute";
import type { Resource } from "./resource";
import type { Values, Wire } from "./wire";

/** A create, as far as its token depends on it. */
interface TokenSource {
  resource: Resource;
  inputs: Values;
  /** Parameters that the API demands and the program left open. */
  defaults: Wire;
  /** The URN of the resource, which is the same in every run. */
  urn?: string | undefined;
  /** The attributes whose values the program keeps secret. */
  secrets?: readonly string[] | undefined;
}

/**
 * A token that is the same in every run for the same create: 64 hexadecimal digits. Secret values are no part of it,
 * so that none can be guessed from it; nothing without a URN.
 */
export function deriveToken({ resource, inputs, defaults, urn, secrets }: TokenSource): string | undefined {
  if (urn === undefined) return undefined;
  const open = openNames(resource, inputs, secrets).map((name) => [name, inputs[name]]);
  const text = JSON.stringify([urn, resource.type, defaults, open], withSortedKeys);
  return createHash("sha256").update(text).digest("hex");
}

/** The declared attributes that the create call takes and that are not secret. */
export function openNames(resource: Resource, inputs: Values, secrets: readonly string[] = []): string[] {
  return declaredNames(resource, inputs).filter((name) => {
    const row = resource.attributes[name] as Attribute;
    return row.create && !row.secret && !secrets.includes(name);
  });
}

/** The engine hands maps over in any order. */
function withSortedKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
