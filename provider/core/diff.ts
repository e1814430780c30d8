import { type Attribute, type Cause, notShown } from "./attribute";
import { declaredNames, keysOf, liveValue } from "./decode";
import { asDeclared, type Forms } from "./forms";
import { type Resource, rowOf, rowsOf } from "./resource";
import { declaredBefore, type StoredValues } from "./state";
import { isUnknown } from "./unknown";
import { entryOf, isAbsent, isSame } from "./values";
import type { Values, Wire } from "./wire";

/** One declared value that the account does not hold, or one that the program let go. */
export interface Difference {
  /** The attribute, or for a map that is managed key by key `attribute.key`. */
  path: string;
  attribute: string;
  key?: string;
  /** Who changed: `program` when the declared value is a new one, `account` when it is the old one (drift). */
  cause: Cause;
  /** What the account has, or was last declared where the account does not say. */
  from: unknown;
  /** What the program declares; absent when it let the attribute go. */
  to: unknown;
  secret: boolean;
  replace: boolean;
  /** Where the value is changed instead, if an update leaves it as it is. */
  leftAlone?: string;
}

/** What `diff` and `planUpdate` compare. */
export interface DiffRequest {
  /** What was declared at the last create or update. */
  state: StoredValues;
  /** What is declared now. */
  inputs: Values;
  /** The user as the account has it now. */
  user: Wire;
  /** Attributes, or `attribute.key`, whose changes are ignored; "*" for all. */
  ignored: readonly string[];
}

/** The same with what was declared before in one map. */
interface Comparison {
  previous: Values;
  desired: Values;
  user: Wire;
  notReturned: readonly string[];
  forms: Forms;
}

/** Every attribute in which the declared and the live user part, in the order of the resource's rows. */
export function diff(resource: Resource, { state, inputs, user, ignored }: DiffRequest): Difference[] {
  const { notReturned, forms = {} } = state;
  const comparison = { previous: declaredBefore(state), desired: inputs, user, notReturned, forms };
  const all = [...attributeDifferences(resource, comparison), ...optionDifferences(resource, comparison)];
  return withReplacement(
    all.filter((difference) => !isNamed(ignored, difference)),
    [],
  );
}

/**
 * The differences, of which those replace the user too that `replaceOnChanges` names. A new user gets every declared value,
 * so none is left alone then.
 */
export function withReplacement(
  differences: readonly Difference[],
  replaceOnChanges: readonly string[],
): Difference[] {
  const marked = differences.map((each) => ({
    ...each,
    replace: each.replace || isNamed(replaceOnChanges, each),
  }));
  if (!marked.some(({ replace }) => replace)) return marked;
  return marked.map(({ leftAlone, ...each }) => ({
    ...each,
    replace: each.replace || leftAlone !== undefined,
  }));
}

/** Whether a list of attributes names this one, one key of it, or everything. */
export function isNamed(
  names: readonly string[],
  { attribute, path }: Pick<Difference, "attribute" | "path">,
): boolean {
  return ["*", attribute, path].some((name) => names.includes(name));
}

/**
 * The attributes, or `attribute.key`, that the program declares now and did not before. They belong into the state even
 * where the account has these values already; a later removal would change nothing otherwise.
 */
export function newlyDeclared(
  resource: Resource,
  { state, inputs, ignored }: Omit<DiffRequest, "user">,
): string[] {
  // The state of an import holds every attribute already.
  if (state.imported) return [];
  const previous = declaredBefore(state);
  const added = declaredNames(resource, inputs).flatMap((attribute) => {
    const before = previous[attribute];
    const after = inputs[attribute];
    if (!rowOf(resource, attribute).mergeKeys)
      return isAdded(before, after) ? [{ attribute, path: attribute }] : [];
    return keysOf(after)
      .filter((key) => isAdded(entryOf(before, key), entryOf(after, key)))
      .map((key) => ({ attribute, path: `${attribute}.${key}` }));
  });
  return added.filter((each) => !isNamed(ignored, each)).map(({ path }) => path);
}

function isAdded(before: unknown, after: unknown): boolean {
  return isAbsent(before) && !isAbsent(after);
}

function attributeDifferences(resource: Resource, comparison: Comparison): Difference[] {
  return rowsOf(resource).flatMap(([name, row]) => {
    const declared = declaredNames(resource, comparison.desired).includes(name);
    const dropped = !declared && declaredNames(resource, comparison.previous).includes(name);
    if (!declared && !dropped) return [];
    return row.mergeKeys ? keyDifferences(name, row, comparison) : rowDifference(name, row, comparison);
  });
}

function rowDifference(name: string, row: Attribute, comparison: Comparison): Difference[] {
  const { previous, desired, user, notReturned, forms } = comparison;
  const live = liveValue(row, user, desired[name]);
  const silent = live === notShown || (isAbsent(live) && notReturned.includes(name));
  const found = difference(name, row, {
    from: silent ? previous[name] : live,
    before: previous[name],
    to: desired[name],
    declared: Object.hasOwn(desired, name),
    form: forms[name],
  });
  return found.map((each) => {
    const leftAlone = row.changedAt?.(desired, each.cause);
    return leftAlone === undefined ? each : { ...each, replace: false, leftAlone };
  });
}

function keyDifferences(
  name: string,
  row: Attribute,
  { previous, desired, user, forms }: Comparison,
): Difference[] {
  if (isUnknown(desired[name])) {
    const before = previous[name];
    return difference(name, row, {
      from: before,
      before,
      to: desired[name],
      declared: true,
      form: undefined,
    });
  }
  const before = (previous[name] ?? {}) as Values;
  const after = (desired[name] ?? {}) as Values;
  const keys = [...new Set([...keysOf(after), ...keysOf(before)])];
  const live = liveValue(row, user, { ...before, ...after });
  return keys.flatMap((key) => {
    const found = difference(name, row, {
      from: entryOf(live, key),
      before: entryOf(before, key),
      to: entryOf(after, key),
      declared: Object.hasOwn(after, key),
      form: forms[`${name}.${key}`],
    });
    return found.map((each) => ({ ...each, key, path: `${name}.${key}` }));
  });
}

/** The values of one attribute, or of one key of it. */
interface Compared {
  /** What the account has. */
  from: unknown;
  /** What was declared before. */
  before: unknown;
  to: unknown;
  /** Whether the program declares it now. */
  declared: boolean;
  /** The form in which the account keeps what was declared before, if that is another one. */
  form: string | undefined;
}

function difference(name: string, row: Attribute, compared: Compared): Difference[] {
  const { from: live, before, to, declared, form } = compared;
  const from = declared && isSame(live, to) ? live : asDeclared(live, before, form);
  // A dropped attribute that the account does not have either still has to leave the state.
  if (declared && !isUnknown(to) && isSame(from, to)) return [];
  const cause = declared && !isUnknown(to) && isSame(before, to) ? "account" : "program";
  const { secret, replaceOnChange: replace } = row;
  return [{ path: name, attribute: name, cause, from, to, secret, replace }];
}

function optionDifferences(resource: Resource, { previous, desired }: Comparison): Difference[] {
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
