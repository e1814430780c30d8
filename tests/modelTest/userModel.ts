import { createHash } from "node:crypto";
import type * as fc from "fast-check";
import type { ProductName } from "../../emulator";
import type { Account } from "../support/account";
import type { UserType } from "../e2e/program";

export type Values = Record<string, unknown>;

/** A user as the emulator stores it. */
export type StoredUser = Values & { userId: string };

/** A change outside of Pulumi: a call as the API's page spells it, without the names of the user, or what no call can do. */
export type ExternalChange = { call: readonly [action: string, params: Values] } | { stored: Values };

/** What the API's pages say of one type of user; nothing here comes from the provider's tables. */
export interface UserModel {
  type: UserType;
  product: ProductName;
  /** What every program declares. */
  base: Values;
  /** The attribute that names the user. */
  nameField: string;
  /** A change of the program; undefined values are removed. */
  programChange: fc.Arbitrary<Values>;
  externalChange: fc.Arbitrary<ExternalChange>;
  /** Actions that a fault may hit. */
  actions: readonly string[];
  /** Attributes whose change replaces the user. */
  replaceOnChange: readonly string[];
  /** Attributes that cannot be removed while there is a user. */
  notRemovable: readonly string[];
  /** Attributes that cannot be changed while there is a user. */
  createOnly: readonly string[];
  /** The attributes because of which there can be no such user. */
  invalidAttributes(declared: Values): string[];
  /** The attributes of a stored user, without empty ones. */
  view(stored: StoredUser): Values;
  /** The view of a new user of which only place and name are declared. */
  created(declared: Values, userId: string): Values;
  /** The view after an `up` that found `before`; `previous` was declared last. */
  afterUp(before: Values, declared: Values, previous: Values): Values;
  users(account: Account): Promise<StoredUser[]>;
  /** A call of another client about this user. */
  callOutside(account: Account, user: StoredUser, action: string, params?: Values): Promise<unknown>;
  /** Creates a user of that name outside of Pulumi. */
  createOutside(account: Account, name: string): Promise<unknown>;
  /** The call that renames the user, where the API has one. */
  renameOutside?(name: string): readonly [action: string, params: Values];
  /** The part of the view that `onDelete: "lock"` sets, where users can be locked. */
  locked?: Values;
  /** Whether something keeps the user from being deleted. */
  hasDependents?(user: StoredUser): boolean;
}

/** The values without empty ones. */
export function compact(values: Values): Values {
  const isEmpty = (value: unknown) =>
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}

/** The entries under these names. */
export function pick(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));
}

/** Of these default values, those of attributes that were declared before and are not any more. */
export function resetRemoved(declared: Values, previous: Values, defaults: Values): Values {
  return Object.fromEntries(
    Object.entries(defaults).filter(([name]) => previous[name] !== undefined && declared[name] === undefined),
  );
}

/** What the emulator stores of a password. */
export function digest(password: unknown): string {
  return createHash("sha256").update(String(password)).digest("hex");
}
