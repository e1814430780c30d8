import { isAbsent, isSame } from "./values";
import { declaredNames, decode } from "./decode";
import type { DiffRequest, Difference } from "./diff";
import { diff } from "./diff";
import type { Attribute, Call, Resource, UpdateContext, Values, Wire } from "./resource";
import { addressOf, leave, rowsOf } from "./resource";
import { stored } from "./state";

/** A planned call, and the attributes that the account holds as declared once it has succeeded. */
export interface PlannedCall extends Call {
  covers: string[];
}

/** The create call: every declared attribute that it takes, the defaults, and the token that makes it repeatable. */
export function planCreate(resource: Resource, inputs: Values, defaults: Wire, token: string): PlannedCall {
  const { action, token: tokenName } = resource.create;
  const covers = declaredNames(resource, inputs).filter((name) => rowOf(resource, name).create);
  // A new user has nothing to be cleared, and create calls refuse an empty text.
  const given = covers.filter((name) => !isAbsent(inputs[name]));
  const declared = Object.fromEntries(given.map((name) => parameter(rowOf(resource, name), inputs[name])));
  const repeatable = tokenName === undefined ? {} : { [tokenName]: token };
  return { action, params: { ...defaults, ...declared, ...repeatable }, covers };
}

/** What follows the create call: the setters of declared attributes that it does not take. */
export function planAfterCreate(resource: Resource, inputs: Values, user: Wire): PlannedCall[] {
  const later = declaredNames(resource, inputs).filter((name) => {
    const row = rowOf(resource, name);
    return !row.create && !isSame(inputs[name], row.clear);
  });
  const rest = Object.fromEntries(later.map((name) => [name, inputs[name]]));
  return planUpdate(resource, { state: stored({}), inputs: rest, user, ignored: [] });
}

/** The calls that bring the live user to what is declared; none when it is already there. */
export function planUpdate(resource: Resource, asked: DiffRequest): PlannedCall[] {
  const differences = diff(resource, asked).filter(({ attribute }) =>
    Object.hasOwn(resource.attributes, attribute),
  );
  const request = { ...asked, inputs: withIgnoredFromLive(resource, asked) };
  const covers = withGroups(resource, request.inputs, differences);
  const verbs = [...new Set(covers.map((name) => rowOf(resource, name).change))];
  return verbs.flatMap((verb) => {
    const names = covers.filter((name) => rowOf(resource, name).change === verb);
    const context = contextOf(resource, request, differences, names);
    if (Object.keys(context.changed).length === 0) return [];
    return callsOf(resource, verb, context).map((call) => ({ ...call, covers: names }));
  });
}

/** The declared values; where a call has to send one that `ignoreChanges` leaves to others, it is the one they set. */
function withIgnoredFromLive(resource: Resource, { state, inputs, user, ignored }: DiffRequest): Values {
  const [theirs, ours] = [true, false].map((ignoring) =>
    Object.fromEntries(Object.entries(inputs).filter(([name]) => ignored.includes(name) === ignoring)),
  ) as [Values, Values];
  return { ...ours, ...decode(resource, user, theirs, state.notReturned) };
}

/** Update first, then the setters in the order in which the resource lists them. */
function callsOf(resource: Resource, verb: string, context: UpdateContext): Call[] {
  const { action, shape } = resource.update;
  if (verb !== "update") return resource.setters[verb]?.(context) ?? [];
  const params = { ...context.address, ...context.changed };
  return [{ action, params: shape ? shape(params, context) : params }];
}

function contextOf(
  resource: Resource,
  { inputs, user }: DiffRequest,
  differences: Difference[],
  names: string[],
): UpdateContext {
  const changed = names.flatMap((name) => {
    const row = rowOf(resource, name);
    const value = target(row, name, inputs, differences);
    return value === leave || value === undefined ? [] : [parameter(row, value)];
  });
  const declared = declaredNames(resource, inputs).map((name) =>
    parameter(rowOf(resource, name), inputs[name]),
  );
  return {
    address: addressOf(resource, user),
    changed: Object.fromEntries(changed),
    declared: Object.fromEntries(declared),
    user,
  };
}

/** The value that the account should get: declared, else cleared; of a keyed map, the keys that differ. */
function target(row: Attribute, name: string, inputs: Values, differences: Difference[]): unknown {
  if (!row.byKey && Object.hasOwn(inputs, name)) return inputs[name];
  if (!row.byKey) {
    const cleared = differences.some(({ attribute, from }) => attribute === name && isSame(from, row.clear));
    return cleared ? undefined : row.clear;
  }
  const keys = differences.filter(({ attribute, from, to }) => attribute === name && !isSame(from, to));
  if (keys.length === 0) return undefined;
  return Object.fromEntries(keys.map(({ key, to }) => [key, to ?? null]));
}

function withGroups(resource: Resource, inputs: Values, differences: Difference[]): string[] {
  const differing = new Set(differences.map(({ attribute }) => attribute));
  const groups = new Set([...differing].map((name) => rowOf(resource, name).group).filter(Boolean));
  const order = ["update", ...Object.keys(resource.setters)];
  return rowsOf(resource)
    .filter(([name, row]) => differing.has(name) || (groups.has(row.group) && !isAbsent(inputs[name])))
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
