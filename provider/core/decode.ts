import { isAbsent, isSame } from "./codecs";
import type { Attribute, Resource, Values, Wire } from "./resource";
import { rowsOf, unverifiable } from "./resource";

/** The attributes of a resource that these values declare. */
export function declaredNames(resource: Resource, values: Values): string[] {
  return rowsOf(resource)
    .map(([name]) => name)
    .filter((name) => values[name] !== undefined && values[name] !== null);
}

/**
 * What the account has for one attribute, in the declared form; `unverifiable` when it does not say. Of a map that
 * is managed key by key, only the given keys.
 */
export function liveValue(row: Attribute, user: Wire, keys: readonly string[]): unknown {
  if (row.read === false) return unverifiable;
  const value = row.read(user);
  if (!row.byKey || value === unverifiable) return isAbsent(value) ? undefined : value;
  const map = (value ?? {}) as Values;
  return Object.fromEntries(keys.filter((key) => !isAbsent(map[key])).map((key) => [key, map[key]]));
}

/** The keys of a value that is a map, else none. */
export function keysOf(value: unknown): string[] {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];
}

/**
 * The attributes that `values` holds, as the account has them now. What the account does not say keeps its value;
 * what it no longer has is left out.
 */
export function decode(resource: Resource, user: Wire, values: Values, unread: readonly string[]): Values {
  const live: Values = {};
  for (const name of declaredNames(resource, values)) {
    const row = resource.attributes[name] as Attribute;
    const value = liveValue(row, user, keysOf(values[name]));
    const silent = value === unverifiable || (isAbsent(value) && unread.includes(name));
    if (silent) live[name] = values[name];
    else if (!isAbsent(value)) live[name] = value;
  }
  return live;
}

/** Every attribute that the account shows of a user. */
export function decodeAll(resource: Resource, user: Wire): Values {
  const values = rowsOf(resource).map(([name, row]): [string, unknown] => {
    const keys = row.byKey && row.read !== false ? keysOf(row.read(user)) : [];
    return [name, liveValue(row, user, keys)];
  });
  return Object.fromEntries(values.filter(([, value]) => value !== unverifiable && value !== undefined));
}

/** The attributes that were sent and that the account's answer nevertheless lacks: it does not show them. */
export function unreadNames(resource: Resource, user: Wire, sent: Values): string[] {
  return declaredNames(resource, sent).filter((name) => {
    const row = resource.attributes[name] as Attribute;
    return row.read !== false && row.create && isAbsent(row.read(user)) && !isSame(sent[name], row.clear);
  });
}
