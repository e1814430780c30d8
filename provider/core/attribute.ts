import type { z } from "zod";
import type { Values, Wire } from "./wire";

/**
 * What a row's `read` returns when the account does not tell the value. As with a password, only a change of the
 * program counts as a difference then.
 */
export const notShown = Symbol("not shown");

/** Who changed a value: the program, or somebody in the account. */
export type Cause = "program" | "account";

/** One attribute of a user: what the program may write, what the API calls it, and how it changes. */
export interface Attribute<S extends z.ZodType = z.ZodType> {
  /** The API's name for it, as a parameter and as a field of the user. */
  readonly field: string;
  /** Its name as a parameter of the update call, where that is another one. */
  readonly updateParameter?: string;
  /** What the program may write. Its output is the one form that is compared, sent and kept in the state. */
  readonly schema: S;
  /** The resource's setter that changes it; the update call does where none is named. */
  readonly setter?: string;
  /** Whether a change replaces the user. */
  readonly replaceOnChange: boolean;
  /**
   * The place at which the value of such a user is changed instead, for example "RAM". A difference is then only shown.
   * Nothing where it replaces the user.
   */
  readonly changedAt?: (declared: Values, cause: Cause) => string | undefined;
  /** What a program may change in place of an attribute that replaces the user. */
  readonly insteadOfReplacing?: string;
  /** Whether it can be set only when the user is created; check refuses a change. */
  readonly createOnly: boolean;
  /** Whether the create call takes it; otherwise its setter follows the create call. */
  readonly create: boolean;
  /** Whether the API never returns it. */
  readonly writeOnly: boolean;
  /** The value in the account's user, absent when it has none. It may depend on the declared value. */
  readonly read: (user: Wire, declared: unknown) => unknown;
  /** The fields of the user that `read` looks at; none for an attribute that is never returned. */
  readonly fields: readonly string[];
  /** The value that stands for "not set", which is sent when the program removes the attribute. */
  readonly clear?: unknown;
  /** With `ignore`, nothing is sent when the program removes the attribute. Without this and `clear`, check refuses that. */
  readonly onRemoval?: "ignore";
  /** The value of a user for which it was never set, where that is another one than `clear`. */
  readonly serverDefault?: (user: Wire) => unknown;
  /** Rows of the same group are always sent together. */
  readonly group?: string;
  /** Whether it is encrypted in the state and never shown. */
  readonly secret: boolean;
  /**
   * Whether it sets what the person may have chosen since, a password for one: where the account does not tell its value,
   * a user that is taken over keeps its own.
   */
  readonly keptOnAdoption: boolean;
  /** The parameter's value for a declared value, where the two differ. */
  encode(value: unknown, call: WriteCall): unknown;
  /** A map that is managed key by key: keys that the program does not name stay as they are; a removed key is sent as null. */
  readonly mergeKeys: boolean;
}

/** The call that a value is encoded for: the create call, or any other write. */
export type WriteCall = "create" | "update";

/** Attributes by name. */
export type Attributes = Record<string, Attribute>;

/** Declares one attribute. The sentence above it in the resource file is its documentation everywhere. */
export function attr<S extends z.ZodType>(
  field: string,
  schema: S,
  columns: Partial<Omit<Attribute<S>, "field" | "schema">> = {},
): Attribute<S> {
  const { writeOnly = false } = columns;
  return {
    replaceOnChange: false,
    createOnly: false,
    create: true,
    writeOnly,
    read: (user) => (writeOnly ? notShown : user[field]),
    fields: writeOnly ? [] : [field],
    secret: false,
    keptOnAdoption: false,
    encode: (value) => value,
    mergeKeys: false,
    ...columns,
    field,
    schema,
  };
}

/** The name of the parameter by which the update call or a setter writes the attribute. */
export function updateParameterOf({ field, updateParameter = field }: Attribute): string {
  return updateParameter;
}

/** Whether the API can do something about the attribute when a program removes it. */
export function isRemovable(row: Attribute): boolean {
  return "clear" in row || row.onRemoval === "ignore";
}
