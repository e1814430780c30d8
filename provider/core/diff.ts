import { isAbsent, isSame } from "./codecs";
import { declaredNames, keysOf, liveValue } from "./decode";
import type { Attribute, Resource, Values, Wire } from "./resource";
import { rowsOf, unverifiable } from "./resource";
import { isUnknown } from "./unknown";

/** One declared value that the account does not hold, or one that the program let go. */
export interface Difference {
  /** The attribute, or for a map that is managed key by key `attribute.key`. */
  path: string;
  attribute: string;
  key?: string;
  /** Who changed: `program` when the declared value is a new one, `account` when it is the old one (drift). */
  cause: "program" | "account";
  /** What the account has, or was last declared where the account does not say. */
  from: unknown;
  /** What the program declares; absent when it let the attribute go. */
  to: unknown;
  secret: boolean;
  replace: boolean;
}

/** What `diff` and `planUpdate` look at. */
export interface Comparison {
  /** What was declared at the last create or update, as the state holds it. */
  previous: Values;
  desired: Values;
  /** The user as the account has it now. */
  user: Wire;
  /** Attributes, or `attribute.key`, that `ignoreChanges` takes out of our hands; "*" for all. */
  ignored: readonly string[];
  /** Attributes that the account was seen not to show. */
  unread: readonly string[];
}

/** Every attribute in which the declared and the live user part, in the order of the resource's rows. */
export function diff(resource: Resource, comparison: Comparison): Difference[] {
  const { previous, user, unread } = comparison;
  return differences(resource, comparison, (name, row, declared) => {
    const live = liveValue(row, user, declared);
    return live === unverifiable || (isAbsent(live) && unread.includes(name)) ? previous[name] : live;
  });
}

/** The same for a user that was read into the state just now: `read` holds the values that the account told. */
export function diffRead(
  resource: Resource,
  comparison: Omit<Comparison, "user" | "unread">,
  read: Values,
): Difference[] {
  return differences(resource, comparison, (name) => read[name]);
}

/** What the account has for an attribute that the program declares so. */
type Live = (name: string, row: Attribute, declared: unknown) => unknown;

type Declared = Pick<Comparison, "previous" | "desired" | "ignored">;

function differences(resource: Resource, declared: Declared, live: Live): Difference[] {
  return [...attributeDifferences(resource, declared, live), ...optionDifferences(resource, declared)].filter(
    ({ attribute, path }) => !["*", attribute, path].some((name) => declared.ignored.includes(name)),
  );
}

function attributeDifferences(resource: Resource, { previous, desired }: Declared, live: Live): Difference[] {
  const [before, after] = [declaredNames(resource, previous), declaredNames(resource, desired)];
  return rowsOf(resource)
    .filter(([name]) => before.includes(name) || after.includes(name))
    .flatMap(([name, row]) => {
      const values = { before: previous[name], after: desired[name] };
      if (row.byKey) return keyDifferences(name, row, values, live);
      const from = live(name, row, desired[name]);
      return difference(name, row, from, previous[name], desired[name], name in desired);
    });
}

function keyDifferences(
  name: string,
  row: Attribute,
  values: { before: unknown; after: unknown },
  live: Live,
): Difference[] {
  if (isUnknown(values.after)) return difference(name, row, values.before, values.before, values.after, true);
  const before = (values.before ?? {}) as Values;
  const after = (values.after ?? {}) as Values;
  const keys = [...new Set([...keysOf(after), ...keysOf(before)])];
  const from = (live(name, row, { ...before, ...after }) ?? {}) as Values;
  return keys.flatMap((key) =>
    difference(name, row, from[key], before[key], after[key], key in after).map((found) => ({
      ...found,
      key,
      path: `${name}.${key}`,
    })),
  );
}

function difference(
  name: string,
  row: Attribute,
  from: unknown,
  before: unknown,
  to: unknown,
  declared: boolean,
): Difference[] {
  // A dropped attribute that the account does not have either still has to leave the state.
  if (declared && !isUnknown(to) && isSame(from, to)) return [];
  const cause = declared && !isUnknown(to) && isSame(before, to) ? "account" : "program";
  const replace = row.change === "replace";
  return [{ path: name, attribute: name, cause, from, to, secret: row.secret, replace }];
}

function optionDifferences(resource: Resource, { previous, desired }: Declared): Difference[] {
  return Object.keys(resource.options)
    .filter((name) => !isSame(previous[name], desired[name]))
    .map((name) => ({
      path: name,
      attribute: name,
      cause: "program" as const,
      from: previous[name],
      to: desired[name],
      secret: false,
      replace: false,
    }));
}
