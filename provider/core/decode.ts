import { entryOf, isAbsent, isSame } from "./values";
import type { Attribute, Resource, Values, Wire } from "./resource";
import { rowsOf, unverifiable } from "./resource";

/** The attributes of a resource that these values declare. */
export function declaredNames(resource: Resource, values: Values): string[] {
  return rowsOf(resource)
    .map(([name]) => name)
    .filter((name) => values[name] !== undefined && values[name] !== null);
}

/**
 * What the account has for one attribute, in the form of the declared value; `unverifiable` when it does not say. Of a
 * map that is managed key by key, only the keys that are declared.
 */
export function liveValue(row: Attribute, user: Wire, declared: unknown): unknown {
  if (row.read === false) return unverifiable;
  const value = row.read(user, declared);
  if (!row.byKey || value === unverifiable) return isAbsent(value) ? undefined : value;
  const entries = keysOf(declared).map((key): [string, unknown] => [key, entryOf(value, key)]);
  return Object.fromEntries(entries.filter(([, entry]) => !isAbsent(entry)));
}

/** The wire names that tell an attribute's value, which need not be the one that sets it. */
export function wiresOf(row: Attribute): string[] {
  const wires: string[] = [];
  const user = new Proxy<Wire>({}, { get: (_user, wire) => void wires.push(String(wire)) });
  if (row.read !== false) row.read(user, undefined);
  return wires;
}

/** The keys of a value that is a map, else none. */
export function keysOf(value: unknown): string[] {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];
}

/**
 * The attributes that `values` holds, as the account has them now. What the account does not say keeps its value;
 * what it no longer has is left out.
 */
export function decode(
  resource: Resource,
  user: Wire,
  values: Values,
  notReturned: readonly string[],
): Values {
  const live: Values = {};
  for (const name of declaredNames(resource, values)) {
    const row = resource.attributes[name] as Attribute;
    const value = liveValue(row, user, values[name]);
    const silent = value === unverifiable || (isAbsent(value) && notReturned.includes(name));
    if (silent) live[name] = values[name];
    else if (!isAbsent(value)) live[name] = value;
  }
  return live;
}

/** Every attribute that the account shows of a user. */
export function decodeAll(resource: Resource, user: Wire): Values {
  const values = rowsOf(resource).map(([name, row]): [string, unknown] => {
    const everything = row.read === false ? undefined : row.read(user, undefined);
    return [name, liveValue(row, user, everything)];
  });
  return Object.fromEntries(values.filter(([, value]) => value !== unverifiable && value !== undefined));
}

/** What a program has to declare to get the user as it is: all that the account shows, without values that are there by themselves. */
export function decodeDeclared(resource: Resource, user: Wire): Values {
  const shown = Object.entries(decodeAll(resource, user)).filter(([name, value]) => {
    const row = resource.attributes[name] as Attribute;
    const isUnset = isSame(value, row.clear) || isSame(value, row.initial?.(user));
    return !isUnset && row.schema.safeParse(value).success;
  });
  return Object.fromEntries(shown);
}

/** The attributes that were sent and that the account's answer nevertheless lacks: it does not show them. */
export function notReturnedNames(resource: Resource, user: Wire, sent: Values): string[] {
  return declaredNames(resource, sent).filter((name) => {
    const row = resource.attributes[name] as Attribute;
    return (
      row.read !== false &&
      row.create &&
      isAbsent(row.read(user, sent[name])) &&
      !isSame(sent[name], row.clear)
    );
  });
}
