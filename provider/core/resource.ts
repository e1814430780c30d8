import type { z } from "zod";
import type { Attribute, Attributes } from "./attribute";
import type { DirectorySchema } from "./directorySchema";
import type { Rule } from "./rule";
import type { Call, Values, Wire } from "./wire";

/** Inputs that steer the provider and are no attribute of the user: their schema, by name. */
export type Options = Record<string, z.ZodType>;

/** What a setter, or `toRequest` of the update call, may look at; all in the API's own names. */
export interface UpdateContext {
  /** The parameters that name the user, for example `{InstanceId, UserId}`. */
  requestKey: Wire;
  /** What the call has to bring about: parameter values of the attributes that differ. */
  changed: Wire;
  /** The parameter values of every declared attribute. */
  declared: Wire;
  /** The user as the account has it now; right after a create only the names that identify it. */
  user: Wire;
}

/** Something that keeps the API from deleting a user: the call that finds it, and those that remove it. */
export interface Dependent {
  /** What it is: "access keys". */
  what: string;
  find: Call;
  remove: (answer: Wire) => Call[];
}

/** The fields that a resource is looked up by. */
export interface Names {
  identity: string;
  nameField: string;
  filter: string;
}

/** One type of user. The file that calls `defineResource` holds all there is to know about it. */
export interface Resource<
  A extends Attributes = Attributes,
  O extends Options = Options,
  N extends Names = Names,
> extends DirectorySchema {
  /** The name of its class in the SDK. */
  readonly type: string;
  readonly identity: readonly N["identity"][];
  readonly nameField: N["nameField"];
  /** The filters of the API's list that look-ups offer. */
  readonly filters?: readonly N["filter"][];
  /** The parameters that name a user in calls, where they are not the identity itself. */
  readonly requestKey?: (user: Wire) => Wire;
  readonly create: {
    readonly action: string;
    /** The parameter that makes the call repeatable; the same value goes with every try. */
    readonly idempotencyToken?: string;
    /** Parameters that the API demands and the program left open: the call that tells them, and what is taken from its answer. */
    readonly defaults?: { call: (inputs: Values) => Call | undefined; from: (answer: Wire) => Wire };
    /** What holds only for a user that is to be created. */
    readonly rules?: readonly Rule[];
  };
  readonly update: {
    readonly action: string;
    /** The parameters of the call, where they are more than the request key and what changes. */
    readonly toRequest?: (params: Wire, context: UpdateContext) => Wire;
  };
  /** What a user has in the account that a new one in its place does not get. */
  readonly lostByReplacement: string;
  readonly delete: { readonly action: string; readonly dependents?: (requestKey: Wire) => Dependent[] };
  /** The call of `onDelete: "lock"`; absent where users cannot be locked. */
  readonly lock?: (requestKey: Wire) => Call;
  /** How a user follows the one of a person in the account: the values that say so, and the attributes with its id and its name. */
  readonly follows?: { readonly by: Values; readonly id: string; readonly name: string };
  /** The values of a person who has left, and the attribute by which access ends at a moment; absent where users have neither. */
  readonly leaving?: { readonly lock: Values; readonly until?: string };
  /** A read-only call whose answer the rules need to judge these values. */
  readonly prefetch?: (inputs: Values) => Call | undefined;
  /** The field with the time of creation, by which a user is known to be the one just created. */
  readonly createdAtField?: string;
  readonly attributes: A;
  readonly options: O;
  readonly rules: readonly Rule[];
  readonly setters: Readonly<Record<string, (context: UpdateContext) => Call[]>>;
}

/** Declares a type of user. */
export function defineResource<
  const A extends Attributes,
  const O extends Options,
  const I extends string,
  const U extends string,
  const F extends string,
>(
  resource: Resource<A, O, { identity: I; nameField: U; filter: F }>,
): Resource<A, O, { identity: I; nameField: U; filter: F }> {
  return resource;
}

/** The rows of a resource as pairs of name and row, in the order of the file. */
export function rowsOf(resource: Resource): [name: string, row: Attribute][] {
  return Object.entries(resource.attributes);
}

/** The row of an attribute. Throws when the resource has none of that name. */
export function rowOf(resource: Resource, name: string): Attribute {
  const row = resource.attributes[name];
  if (!row) throw new Error(`${resource.type} has no attribute "${name}".`);
  return row;
}

/** The names of the attributes that are secret: always, or because the program keeps them so. */
export function secretNames(resource: Resource, declared: readonly string[] = []): string[] {
  return [...rowsOf(resource).flatMap(([name, row]) => (row.secret ? [name] : [])), ...declared];
}
