import { z } from "zod";
import { showText } from "../core/showText";
import { parseSetting } from "./parseSetting";
import type { Sources } from "./auth/sources";

/** A value, and the place that it stands in, in words. */
export interface Placed<T> {
  value: T;
  namedBy: string;
}

/** What protects users from a run. Every place counts in which the settings stand, each with the strictest value. */
export interface Brakes {
  /** How many users one run may delete or lock out; no limit when left out. */
  maxDeletes: Placed<number> | undefined;
  /** The accounts that the credentials have to be for: one, or the run is refused. */
  accountIds: readonly Placed<string>[];
  /** How many users this run may remove, in place of `maxDeletes`. */
  allowedRemovals: number | undefined;
  /** How many users this run may create again in place of those that are missing. */
  allowedRecreations: number | undefined;
}

/** The variables that allow for one run what a brake refuses. They are no settings: a file would allow it for ever. */
export const allowances = {
  removals: "ALICLOUD_USERS_ALLOW_REMOVALS",
  recreations: "ALICLOUD_USERS_ALLOW_RECREATIONS",
} as const;

const count = { schema: z.number().int().min(0), words: "a whole number, 0 or more", isShown: true };

/** Reads the brakes in every place. Throws a sentence that names a bad value and its place. */
export function readBrakes({ config, environment, further = [] }: Sources): Brakes {
  const places = [
    ...further,
    { name: "the configuration that Pulumi handed over", config },
    { name: "the environment", config: (key: string) => environment[variables[key] ?? ""] },
  ];
  const everywhere = (...keys: string[]): Placed<string>[] =>
    places.flatMap(({ name, config: valueOf }) =>
      keys.flatMap((key) => {
        const value = valueOf(key);
        return value ? [{ value, namedBy: name }] : [];
      }),
    );
  const allowed = (variable: string): number | undefined =>
    environment[variable] ? parseSetting(variable, count, environment[variable]) : undefined;
  const limits = everywhere(maxDeletes).map(({ value, namedBy }) => ({
    value: parseSetting(maxDeletes, count, value),
    namedBy,
  }));
  return {
    maxDeletes: limits.reduce<Placed<number> | undefined>(
      (strictest, each) => (strictest === undefined || each.value < strictest.value ? each : strictest),
      undefined,
    ),
    accountIds: everywhere("alicloud:accountId", "alicloud-users:accountId").map(checkedAccount),
    allowedRemovals: allowed(allowances.removals),
    allowedRecreations: allowed(allowances.recreations),
  };
}

const maxDeletes = "alicloud-users:maxDeletes";

/** The environment variables of the brakes. */
const variables: Readonly<Record<string, string>> = {
  [maxDeletes]: "ALICLOUD_USERS_MAX_DELETES",
  "alicloud:accountId": "ALICLOUD_USERS_ACCOUNT_ID",
};

/** An id has more digits than a number holds safely, so it is never read as one. */
function checkedAccount(account: Placed<string>): Placed<string> {
  if (/^\d{5,20}$/.test(account.value)) return account;
  throw new Error(
    `The setting alicloud:accountId cannot be read: it must be the digits of an account's id, such as "1234567890123456", ` +
      `and is ${showText(JSON.stringify(account.value))}. "alicloud-users doctor" shows the id of the account.`,
  );
}
