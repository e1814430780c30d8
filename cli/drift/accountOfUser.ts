import { readSettings } from "../../provider/api/settings";
import { withOwnNames } from "../../provider/api/auth/sources";
import { services } from "../../provider/resources/services";
import { openReadOnly, type ReadOnlyAccount } from "./account";
import type { Source } from "./stackStates";
import type { StackUser } from "./stateUsers";

/** Finds the account that a stack's run would reach for the user, and opens it once. Throws a sentence for bad settings. */
export type AccountOfUser = (source: Source, user: StackUser) => { account: ReadOnlyAccount; key: string };

/** The accounts of a run. A provider in the state tells its own settings; else the stack's configuration and the environment do. */
export function createAccounts(notice: (sentence: string) => void): {
  of: AccountOfUser;
  /** Calls sent so far to all of them. */
  reads: () => number;
} {
  const accounts = new Map<string, { account: ReadOnlyAccount; key: string }>();
  return {
    of(source, user) {
      const settings = readSettings({ config: configOf(source, user), environment: process.env }, services);
      const text = JSON.stringify(settings);
      const known = accounts.get(text);
      if (known) return known;
      const opened = { account: openReadOnly(settings, notice), key: String(accounts.size) };
      accounts.set(text, opened);
      return opened;
    },
    reads: () => [...accounts.values()].reduce((sum, { account }) => sum + account.reads(), 0),
  };
}

/** The settings of a stack for a user by full key: those of its provider in the state, else those of the stack. */
export function configOf({ state, config }: Source, user: StackUser): Source["config"] {
  const provider = state.providers.get(user.provider ?? "");
  if (provider === undefined) return withOwnNames(config);
  if (provider.encrypted.length > 0)
    throw new Error(
      `The export holds the provider's ${provider.encrypted.join(", ")} encrypted. Name the stack with --stack, or export it with --show-secrets.`,
    );
  return (key) => {
    const value = provider.values[key.slice(key.indexOf(":") + 1)];
    return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
  };
}
