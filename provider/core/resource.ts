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
  /** The actions of the calls that remove it. */
  removedBy: readonly string[];
}

/** Writes of attributes that the update call does not take. */
export interface Setter {
  readonly actions: readonly string[];
  /** The calls, of these actions, that bring about what has changed. */
  calls(context: UpdateContext, ...actions: string[]): Call[];
}

/** A read-only call whose answer depends on what is declared: nothing where no answer is needed. */
export type Question = ((inputs: Values) => Call | undefined) & {
  readonly action: string;
  /** What the answer is for. */
  readonly purpose: string;
};

/** A call about one user. */
export type UserCall = ((requestKey: Wire) => Call) & { readonly action: string };

/** Declares a question: its action, what the answer is for, and its parameters for what is declared. */
export function question(
  action: string,
  purpose: string,
  paramsOf: (inputs: Values) => Wire | undefined,
): Question {
  const ask = (inputs: Values): Call | undefined => {
    const params = paramsOf(inputs);
    return params && { action, params };
  };
  return Object.assign(ask, { action, purpose });
}

/** Declares a call about one user: its action, and its parameters for the names of the user. */
export function userCall(action: string, paramsOf: (requestKey: Wire) => Wire = (key) => key): UserCall {
  return Object.assign((requestKey: Wire) => ({ action, params: paramsOf(requestKey) }), { action });
}

/** One type of user. The file that calls `defineResource` holds all there is to know about it. */
export interface Resource extends DirectorySchema {
  /** The name of its class in the SDK. */
  readonly type: string;
  /** The filters of the API's list that look-ups offer. */
  readonly filters?: readonly string[];
  /** The parameters that name a user in calls, where they are not the identity itself. */
  readonly requestKey?: (user: Wire) => Wire;
  readonly create: {
    readonly action: string;
    /** The parameter that makes the call repeatable; the same value goes with every try. */
    readonly idempotencyToken?: string;
    /** Parameters that the API demands and the program left open: the call that tells them, and what is taken from its answer. */
    readonly defaults?: { call: Question; from: (answer: Wire) => Wire };
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
  readonly lock?: UserCall;
  /** How the account shuts this user out, in a word; nothing where it may log on. */
  readonly lockedAs?: (user: Wire) => string | undefined;
  /** How a user follows the one of a person in the account: the values that say so, and the attributes with its id and its name. */
  readonly follows?: { readonly by: Values; readonly id: string; readonly name: string };
  /** The values of a person who has left, and the attribute by which access ends at a moment; absent where users have neither. */
  readonly leaving?: { readonly lock: Values; readonly until?: string };
  /** The setters that move a person to another part of the organization. */
  readonly movedBy?: readonly string[];
  /** A read-only call whose answer the rules need to judge these values. */
  readonly prefetch?: Question;
  /** The field with the time of creation, by which a user is known to be the one just created. */
  readonly createdAtField?: string;
  readonly attributes: Attributes;
  readonly options: Options;
  readonly rules: readonly Rule[];
  readonly setters: Readonly<Record<string, Setter>>;
}

/** Declares a type of user. Its own type keeps the names and schemas of its rows. */
export function defineResource<const R extends Resource>(resource: R): R {
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
