import type { Account } from "../api/connect";
import { connect } from "../api/connect";
import { readSettings } from "../api/settings";
import { withOwnNames } from "../api/sources";

/**
 * Returns the account of a configuration, connected on the first call: all users share what was read of it, its
 * connections and its call rates. Each call throws a sentence while a setting is wrong.
 */
export function accountOf(
  config: (key: string) => string | undefined,
  notice: (sentence: string) => void,
): () => Account {
  let account: Account | undefined;
  const sources = { config: withOwnNames(config), environment: process.env };
  return () => (account ??= connect(readSettings(sources), { notice }));
}
