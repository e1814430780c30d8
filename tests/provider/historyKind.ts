import { createHash } from "node:crypto";
import * as fc from "fast-check";
import type { ProductName } from "../../emulator";
import type { Account } from "../e2e/account";
import type { UserType } from "../e2e/program";

export type Values = Record<string, unknown>;

/** A user as the emulator stores it. */
export type Stored = Values & { userId: string };

/** A change by others: a call as the API's page spells it, without the names of the user, or what no call can bring about. */
export type Meddling = { call: readonly [action: string, params: Values] } | { stored: Values };

/** One kind of user, as one who has read the API's pages knows it; nothing here comes from the provider's tables. */
export interface Kind {
  type: UserType;
  product: ProductName;
  /** What every program declares. */
  base: Values;
  /** The attribute that names the user. */
  unique: string;
  /** One edit of a program; what is undefined is taken out. */
  edit: fc.Arbitrary<Values>;
  meddling: fc.Arbitrary<Meddling>;
  /** Actions on which a fault may fall. */
  actions: readonly string[];
  /** Attributes that make a new user when they change. */
  identifying: readonly string[];
  /** Attributes that cannot be taken out while there is a user. */
  sticky: readonly string[];
  /** Attributes that cannot be changed while there is a user. */
  fixed: readonly string[];
  /** Why there can be no such user. */
  contradictions(declared: Values): string[];
  /** What a stored user amounts to, under the names of attributes; what is empty is left out. */
  view(stored: Stored): Values;
  /** The view of a new user for whom nothing is declared but where and under what name. */
  blank(declared: Values, userId: string): Values;
  /** The view once an `up` has brought the user from `before` to what is declared; `previous` was declared last. */
  after(before: Values, declared: Values, previous: Values): Values;
  users(account: Account): Promise<Stored[]>;
  /** A call by others about this user. */
  call(account: Account, user: Stored, action: string, params?: Values): Promise<unknown>;
  /** Makes a user of that name behind the program's back. */
  make(account: Account, name: string): Promise<unknown>;
  /** The call by which others rename the user, where the API has one. */
  rename?(name: string): readonly [action: string, params: Values];
  /** The part of the view that `onDelete: "lock"` brings about, where there is such a lock. */
  locked?: Values;
  /** What keeps the user from being deleted, where something does. */
  obstacle?(user: Stored): boolean;
}

/** Without what is empty. */
export function compact(values: Values): Values {
  const isEmpty = (value: unknown) =>
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}

/** The entries under these names. */
export function pick(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));
}

/** What is left of `before` once `names`, declared before and no longer, got these values back. */
export function givenBack(declared: Values, previous: Values, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => previous[name] !== undefined && declared[name] === undefined),
  );
}

/** What the emulator keeps in a password's place. */
export function digest(password: unknown): string {
  return createHash("sha256").update(String(password)).digest("hex");
}

/** Texts that are easily signed, split or encoded in a wrong way, and any others. */
export function texts(maxLength: number): fc.Arbitrary<string> {
  const awkward = ["Ann", "O'Brien (测试)*~!", "a b+c%20&d=e", "[1]", '{"a":"b"}', "null"];
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...awkward) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength }) },
  );
}

/** An edit of one attribute, now and then its removal. */
export function one(name: string, values: fc.Arbitrary<unknown>, removed = 1): fc.Arbitrary<Values> {
  const value = fc.oneof(
    { weight: 3, arbitrary: values },
    { weight: removed, arbitrary: fc.constant(undefined) },
  );
  return value.map((chosen) => ({ [name]: chosen }));
}

/** Several of these edits at once. */
export function some(...edits: readonly fc.Arbitrary<Values>[]): fc.Arbitrary<Values> {
  const several = fc.array(fc.oneof(...edits), { minLength: 1, maxLength: 3 });
  return several.map((chosen) => Object.assign({}, ...chosen) as Values);
}
