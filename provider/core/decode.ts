import { type Attribute, notShown } from "./attribute";
import { type Resource, rowOf, rowsOf } from "./resource";
import { entryOf, isAbsent, isSame } from "./values";
import type { Values, Wire } from "./wire";

/** The attributes of a resource that these values declare. */
export function declaredNames(resource: Resource, values: Values): string[] {
  return rowsOf(resource)
    .map(([name]) => name)
    .filter((name) => values[name] !== undefined && values[name] !== null);
}

/**
 * What the account has for one attribute, in the form of the declared value; `notShown` when it does not tell. Of a
 * map that is managed key by key, only the keys that are declared.
 */
export function liveValue(row: Attribute, user: Wire, declared: unknown): unknown {
  const value = row.read(user, declared);
  if (!row.mergeKeys || value === notShown) return isAbsent(value) ? undefined : value;
  const entries = keysOf(declared).map((key): [string, unknown] => [key, entryOf(value, key)]);
  return Object.fromEntries(entries.filter(([, entry]) => !isAbsent(entry)));
}

/** The keys of a value that is a map, else none. */
export function keysOf(value: unknown): string[] {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];
}

/**
 * The attributes that `values` holds, as the account has them now. What the account does not say keeps its value, and what
 * is held as empty and is empty stays so; what the account no longer has is left out.
 */
export function decode(
  resource: Resource,
  user: Wire,
  values: Values,
  notReturned: readonly string[],
): Values {
  const live: Values = {};
  for (const name of declaredNames(resource, values)) {
    const value = liveValue(rowOf(resource, name), user, values[name]);
    const silent = value === notShown || (isAbsent(value) && notReturned.includes(name));
    if (silent || (isAbsent(value) && isAbsent(values[name]))) live[name] = values[name];
    else if (!isAbsent(value)) live[name] = value;
  }
  return live;
}

/** Every attribute that the account shows of a user. */
export function decodeAll(resource: Resource, user: Wire): Values {
  const values = rowsOf(resource).map(([name, row]): [string, unknown] => {
    const everything = row.read(user, undefined);
    return [name, liveValue(row, user, everything)];
  });
  return Object.fromEntries(values.filter(([, value]) => value !== notShown && value !== undefined));
}

/** What a program has to declare to get the user as it is: all that the account shows, without values that are there by themselves. */
export function decodeDeclared(resource: Resource, user: Wire): Values {
  const shown = Object.entries(decodeAll(resource, user)).filter(([name, value]) => {
    const row = rowOf(resource, name);
    const isUnset = isSame(value, row.clear) || isSame(value, row.serverDefault?.(user));
    return !isUnset && row.schema.safeParse(value).success;
  });
  return Object.fromEntries(shown);
}

/** The attributes that were sent and that the account's answer nevertheless lacks: it does not show them. */
export function notReturnedNames(resource: Resource, user: Wire, sent: Values): string[] {
  return declaredNames(resource, sent).filter((name) => {
    const row = rowOf(resource, name);
    return row.create && isAbsent(row.read(user, sent[name])) && !isSame(sent[name], row.clear);
  });
}
