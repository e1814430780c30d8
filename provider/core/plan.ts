import { isAbsent, isSame } from "./codecs";
import { declaredNames, decode } from "./decode";
import type { Comparison, Difference } from "./diff";
import { diff } from "./diff";
import type { Attribute, Call, Change, Resource, Values, Wire } from "./resource";
import { addressOf, leave, rowsOf } from "./resource";

/** A planned call, and the attributes that the account holds as declared once it has succeeded. */
export interface Step extends Call {
  covers: string[];
}

/** The create call: every declared attribute that it takes, the defaults, and the token that makes it repeatable. */
export function planCreate(resource: Resource, desired: Values, defaults: Wire, token: string): Step {
  const { action, token: tokenName } = resource.create;
  const covers = declaredNames(resource, desired).filter((name) => rowOf(resource, name).create);
  // A new user has nothing to be cleared, and create calls refuse an empty text.
  const given = covers.filter((name) => !isAbsent(desired[name]));
  const declared = Object.fromEntries(given.map((name) => parameter(rowOf(resource, name), desired[name])));
  const repeatable = tokenName === undefined ? {} : { [tokenName]: token };
  return { action, params: { ...defaults, ...declared, ...repeatable }, covers };
}

/** What follows the create call: the setters of declared attributes that it does not take. */
export function planAfterCreate(resource: Resource, desired: Values, user: Wire): Step[] {
  const later = declaredNames(resource, desired).filter((name) => {
    const row = rowOf(resource, name);
    return !row.create && !isSame(desired[name], row.clear);
  });
  const rest = Object.fromEntries(later.map((name) => [name, desired[name]]));
  return planUpdate(resource, { previous: {}, desired: rest, user, ignored: [], unread: [] });
}

/** The calls that bring the live user to what is declared; none when it is already there. */
export function planUpdate(resource: Resource, asked: Comparison): Step[] {
  const differences = diff(resource, asked).filter(({ attribute }) =>
    Object.hasOwn(resource.attributes, attribute),
  );
  const comparison = { ...asked, desired: leftToOthers(resource, asked) };
  const covers = withGroups(resource, comparison.desired, differences);
  const verbs = [...new Set(covers.map((name) => rowOf(resource, name).change))];
  return verbs.flatMap((verb) => {
    const names = covers.filter((name) => rowOf(resource, name).change === verb);
    const change = changeOf(resource, comparison, differences, names);
    if (Object.keys(change.changed).length === 0) return [];
    return callsOf(resource, verb, change).map((call) => ({ ...call, covers: names }));
  });
}

/** The declared values; where a call has to send one that `ignoreChanges` leaves to others, it is the one they set. */
function leftToOthers(resource: Resource, { desired, user, ignored, unread }: Comparison): Values {
  const [theirs, ours] = [true, false].map((ignoring) =>
    Object.fromEntries(Object.entries(desired).filter(([name]) => ignored.includes(name) === ignoring)),
  ) as [Values, Values];
  return { ...ours, ...decode(resource, user, theirs, unread) };
}

/** Update first, then the setters in the order in which the resource lists them. */
function callsOf(resource: Resource, verb: string, change: Change): Call[] {
  const { action, shape } = resource.update;
  if (verb !== "update") return resource.setters[verb]?.(change) ?? [];
  const params = { ...change.address, ...change.changed };
  return [{ action, params: shape ? shape(params, change) : params }];
}

function changeOf(
  resource: Resource,
  { desired, user }: Comparison,
  differences: Difference[],
  names: string[],
): Change {
  const changed = names.flatMap((name) => {
    const row = rowOf(resource, name);
    const value = target(row, name, desired, differences);
    return value === leave || value === undefined ? [] : [parameter(row, value)];
  });
  const declared = declaredNames(resource, desired).map((name) =>
    parameter(rowOf(resource, name), desired[name]),
  );
  return {
    address: addressOf(resource, user),
    changed: Object.fromEntries(changed),
    declared: Object.fromEntries(declared),
    user,
  };
}

/** The value that the account should get: declared, else cleared; of a keyed map, the keys that differ. */
function target(row: Attribute, name: string, desired: Values, differences: Difference[]): unknown {
  if (!row.byKey && Object.hasOwn(desired, name)) return desired[name];
  if (!row.byKey) {
    const cleared = differences.some(({ attribute, from }) => attribute === name && isSame(from, row.clear));
    return cleared ? undefined : row.clear;
  }
  const keys = differences.filter(({ attribute, from, to }) => attribute === name && !isSame(from, to));
  if (keys.length === 0) return undefined;
  return Object.fromEntries(keys.map(({ key, to }) => [key, to ?? null]));
}

function withGroups(resource: Resource, desired: Values, differences: Difference[]): string[] {
  const differing = new Set(differences.map(({ attribute }) => attribute));
  const groups = new Set([...differing].map((name) => rowOf(resource, name).group).filter(Boolean));
  const order = ["update", ...Object.keys(resource.setters)];
  return rowsOf(resource)
    .filter(([name, row]) => differing.has(name) || (groups.has(row.group) && !isAbsent(desired[name])))
    .filter(([, row]) => order.includes(row.change))
    .sort(([, a], [, b]) => order.indexOf(a.change) - order.indexOf(b.change))
    .map(([name]) => name);
}

function parameter(row: Attribute, value: unknown): [wire: string, value: unknown] {
  return [row.wire, row.encode(value as never)];
}

function rowOf(resource: Resource, name: string): Attribute {
  return resource.attributes[name] as Attribute;
}
