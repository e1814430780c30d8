import { type Attribute, updateParameterOf } from "./attribute";
import { declaredNames, decode } from "./decode";
import { diff, type Difference, type DiffRequest } from "./diff";
import { requestKeyOf } from "./identity";
import { type Resource, rowOf, rowsOf, type UpdateContext } from "./resource";
import { stored } from "./state";
import { isAbsent, isSame } from "./values";
import type { Call, Values, Wire } from "./wire";

/** A planned call, and the attributes that the account holds as declared once it has succeeded. */
export interface PlannedCall extends Call {
  covers: string[];
}

/** The create call: every declared attribute that it takes, the defaults, and the token that makes it repeatable. */
export function planCreate(resource: Resource, inputs: Values, defaults: Wire, token: string): PlannedCall {
  const { action, idempotencyToken: tokenName } = resource.create;
  const covers = declaredNames(resource, inputs).filter((name) => rowOf(resource, name).create);
  // A new user has nothing to be cleared, and create calls refuse an empty text.
  const given = covers.filter((name) => !isAbsent(inputs[name]));
  const declared = given.map((name): [string, unknown] => {
    const row = rowOf(resource, name);
    return [row.field, row.encode(inputs[name], "create")];
  });
  const repeatable = tokenName === undefined ? {} : { [tokenName]: token };
  return { action, params: { ...defaults, ...Object.fromEntries(declared), ...repeatable }, covers };
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
  const setters = [...new Set(covers.map((name) => rowOf(resource, name).setter))];
  return setters.flatMap((setter) => {
    const names = covers.filter((name) => rowOf(resource, name).setter === setter);
    const context = contextOf(resource, request, differences, names);
    if (Object.keys(context.changed).length === 0) return [];
    return callsOf(resource, setter, context).map((call) => ({ ...call, covers: names }));
  });
}

/** The declared values; a call that has to send an ignored one sends what the account has. */
function withIgnoredFromLive(resource: Resource, { state, inputs, user, ignored }: DiffRequest): Values {
  const values = (isIgnored: boolean): Values =>
    Object.fromEntries(Object.entries(inputs).filter(([name]) => ignored.includes(name) === isIgnored));
  return { ...values(false), ...decode(resource, user, values(true), state.notReturned) };
}

/** The calls of a setter, or the update call where none is named. */
function callsOf(resource: Resource, setter: string | undefined, context: UpdateContext): Call[] {
  const own = setter === undefined ? undefined : resource.setters[setter];
  if (own) return own.calls(context, ...own.actions);
  const { action, toRequest } = resource.update;
  const params = { ...context.requestKey, ...context.changed };
  return [{ action, params: toRequest ? toRequest(params, context) : params }];
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
    return value === undefined ? [] : [updateParameter(row, value)];
  });
  const declared = declaredNames(resource, inputs).map((name) =>
    updateParameter(rowOf(resource, name), inputs[name]),
  );
  return {
    requestKey: requestKeyOf(resource, user),
    changed: Object.fromEntries(changed),
    declared: Object.fromEntries(declared),
    user,
  };
}

/** The value that the account should get: declared, else cleared; of a keyed map, the keys that differ. */
function target(row: Attribute, name: string, inputs: Values, differences: Difference[]): unknown {
  if (!row.mergeKeys && Object.hasOwn(inputs, name)) return inputs[name];
  if (!row.mergeKeys) {
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
  // The update call comes first, then the setters in the order in which the resource lists them.
  const order = [undefined, ...Object.keys(resource.setters)];
  return rowsOf(resource)
    .filter(([name, row]) => differing.has(name) || (groups.has(row.group) && !isAbsent(inputs[name])))
    .filter(([, row]) => !row.replaceOnChange && !row.createOnly)
    .sort(([, a], [, b]) => order.indexOf(a.setter) - order.indexOf(b.setter))
    .map(([name]) => name);
}

function updateParameter(row: Attribute, value: unknown): [parameter: string, value: unknown] {
  return [updateParameterOf(row), row.encode(value, "update")];
}
