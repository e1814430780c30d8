import type { z } from "zod";
import { showValue } from "./showText";

/** An object spelled as the API spells it: request parameters, an answer, a user. */
export type Wire = Record<string, unknown>;

/** One request: an action of the API and its own parameters, without credentials or signature. */
export interface Call {
  action: string;
  params: Wire;
}

/** Values by attribute name: what a program declares, or what the state holds. */
export type Values = Record<string, unknown>;

/**
 * What a row's `read` returns when the account does not say. As with a password, only a change of the program
 * counts as a difference then.
 */
export const unverifiable = Symbol("unverifiable");

/** The `clear` of a row whose value has no effect of its own: when a program drops it, nothing is sent. */
export const leave = Symbol("leave");

/** One attribute of a user: what the program may write, what the API calls it, and how it changes. */
export interface Attribute<S extends z.ZodType = z.ZodType> {
  /** The API's name for it, in requests and in the user that a read returns. */
  readonly wire: string;
  /** What the program may write. Its output is the one form that is compared, sent and kept in the state. */
  readonly schema: S;
  /** How a change reaches the account: `update` (the update call), `replace` (a new user), `fixed` (never: refused by check), or the name of a setter. */
  readonly change: string;
  /** Whether the create call takes it; otherwise its setter follows the create call. */
  readonly create: boolean;
  /** The value in the account's user, absent when it has none; `false` when the API never returns it. It may be told in the terms of the declared one. */
  readonly read: false | ((user: Wire, declared: unknown) => unknown);
  /** The declared value that stands for "not set" once the program drops the attribute; without it the API cannot clear, and check refuses. */
  readonly clear?: unknown;
  /** The value of a user that nobody ever set, where that is another one than `clear`; to declare it would say nothing. */
  readonly initial?: (user: Wire) => unknown;
  /** Whether the user is replaced for a value that the account alone has changed. Such drift is only shown otherwise. */
  readonly replaceOnDrift?: (user: Wire) => boolean;
  /** Rows of the same group are always sent together. */
  readonly group?: string;
  /** Encrypted in the state and never shown. */
  readonly secret: boolean;
  /** The parameter's value for a declared value, where the two differ. */
  readonly encode: (value: never) => unknown;
  /** A map that is managed key by key: keys that the program does not name are left alone; a dropped key is sent as null. */
  readonly byKey: boolean;
}

export type Attributes = Record<string, Attribute>;

/** Inputs that steer the provider and are no attribute of the user: their schema, by name. */
export type Options = Record<string, z.ZodType>;

/** What a setter, or the shape of an update call, may look at; all in the API's own names. */
export interface UpdateContext {
  /** The parameters that name the user, for example `{InstanceId, UserId}`. */
  address: Wire;
  /** What the call has to bring about: parameter values of the attributes that differ. */
  changed: Wire;
  /** The parameter values of every declared attribute. */
  declared: Wire;
  /** The user as the account has it now; right after a create only the names that identify it. */
  user: Wire;
}

/** Why a declared value cannot be: the attribute, and a sentence with the way out. */
export interface Failure {
  property: string;
  reason: string;
}

/** Looks at several attributes at once, and at the resource's fact; returns nothing when all is well. */
export type Rule = (user: Values, fact: Wire | undefined) => Failure | undefined;

/** Something that stands in the way of a delete: the call that finds it, and those that take it away. */
export interface Obstacle {
  find: Call;
  remove: (answer: Wire) => Call[];
}

/** The wire names that a resource is looked up by. */
export interface Names {
  identity: string;
  unique: string;
  filter: string;
}

/** One kind of user. The file that calls `defineResource` holds all there is to know about it. */
export interface Resource<
  A extends Attributes = Attributes,
  O extends Options = Options,
  N extends Names = Names,
> {
  /** The name of its class in the SDK. */
  readonly type: string;
  /** Its row in `api/products.ts`. */
  readonly product: string;
  /** The wire names whose values, joined by ":", are the id; the last one names the user within its directory. */
  readonly identity: readonly N["identity"][];
  /** The wire name of the value that no two users of a directory share. */
  readonly unique: N["unique"];
  /** The filters of the API's list that look-ups offer, by wire name. */
  readonly filters?: readonly N["filter"][];
  /** The parameters that name a user in calls, where they are not the identity itself. */
  readonly address?: (user: Wire) => Wire;
  readonly create: {
    readonly action: string;
    /** The parameter that makes the call repeatable; the same random value goes with every try. */
    readonly token?: string;
    /** Parameters that the API demands and the program left open: the call that tells them, and what is taken from its answer. */
    readonly defaults?: { ask: (desired: Values) => Call | undefined; from: (answer: Wire) => Wire };
    /** What holds only for a user that is to be made. */
    readonly rules?: readonly Rule[];
  };
  readonly update: {
    readonly action: string;
    readonly shape?: (params: Wire, context: UpdateContext) => Wire;
  };
  readonly delete: { readonly action: string; readonly obstacles?: (address: Wire) => Obstacle[] };
  /** The call of `onDelete: "lock"`; absent where users cannot be locked. */
  readonly lock?: (address: Wire) => Call;
  /** A read-only call whose answer the rules need to judge these values. */
  readonly fact?: (user: Values) => Call | undefined;
  /** The wire name of the time of creation, by which a user is known to be the one just made. */
  readonly created?: string;
  readonly attributes: A;
  readonly options: O;
  readonly rules: readonly Rule[];
  readonly setters: Readonly<Record<string, (context: UpdateContext) => Call[]>>;
}

/** Declares one attribute. The sentence above it in the resource file is its documentation everywhere. */
export function attr<S extends z.ZodType>(
  wire: string,
  schema: S,
  columns: Partial<Omit<Attribute<S>, "wire" | "schema">> = {},
): Attribute<S> {
  return {
    change: "update",
    create: true,
    read: (user) => user[wire],
    secret: false,
    encode: (value: unknown) => value,
    byKey: false,
    ...columns,
    wire,
    schema,
  };
}

/** Declares a kind of user. */
export function defineResource<
  const A extends Attributes,
  const O extends Options,
  const I extends string,
  const U extends string,
  const F extends string,
>(
  resource: Resource<A, O, { identity: I; unique: U; filter: F }>,
): Resource<A, O, { identity: I; unique: U; filter: F }> {
  return resource;
}

/** The rows of a resource as pairs of name and row, in the order of the file. */
export function rowsOf(resource: Resource): [name: string, row: Attribute][] {
  return Object.entries(resource.attributes);
}

/** The names of the attributes that are secret: by their nature, or since the program keeps them so. */
export function secretNames(resource: Resource, declared: readonly string[] = []): string[] {
  return [...rowsOf(resource).flatMap(([name, row]) => (row.secret ? [name] : [])), ...declared];
}

/** The parameters that name one user in its calls. */
export function addressOf(resource: Resource, user: Wire): Wire {
  if (resource.address) return resource.address(user);
  return Object.fromEntries(resource.identity.map((wire) => [wire, user[wire]]));
}

/** The id of a user: its identity joined by ":". Throws when a part of it is missing. */
export function idOf(resource: Resource, user: Wire): string {
  const parts = resource.identity.map((wire) => {
    const part = user[wire];
    if ((typeof part === "string" && part !== "") || typeof part === "number") return part;
    throw new Error(`The API returned a ${resource.type} without its ${wire}. Run pulumi up again.`);
  });
  return parts.join(":");
}

/** The identity that an id holds, by wire name. Throws a sentence when the id has another form. */
export function identityOf(resource: Resource, id: string): Wire {
  const parts = id.split(":");
  if (parts.length !== resource.identity.length || parts.some((part) => part === "")) {
    const form = resource.identity.map((wire) => `<${wire}>`).join(":");
    throw new Error(`${showValue(id)} is not the id of a ${resource.type}. Its form is ${form}.`);
  }
  return Object.fromEntries(resource.identity.map((wire, index) => [wire, parts[index]]));
}

/** The names of the directory that holds a user, such as `{InstanceId}`, from an id or from declared values. */
export function scopeOf(resource: Resource, from: string | Values): Wire {
  const wires = resource.identity.slice(0, -1);
  const identity = typeof from === "string" ? identityOf(resource, from) : undefined;
  return Object.fromEntries(
    wires.map((wire) => [wire, identity ? identity[wire] : (from as Values)[nameOf(resource, wire)]]),
  );
}

/** The attribute that carries a wire name. */
export function nameOf(resource: Resource, wire: string): string {
  const found = rowsOf(resource).find(([, row]) => row.wire === wire);
  if (!found) throw new Error(`${resource.type} has no attribute for ${wire}.`);
  return found[0];
}
