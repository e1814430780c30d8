import type { Account } from "../api/connect";
import { connect } from "../api/connect";
import { readSettings } from "../api/settings";
import { withOwnNames } from "../api/sources";
import type { Services } from "../core/service";

/**
 * Returns the account of a configuration with these APIs, connected on the first call: all users share what was read of it, its
 * connections and its call rates. Each call throws a sentence while a setting is wrong.
 */
export function accountOf(
  services: Services,
  config: (key: string) => string | undefined,
  notice: (sentence: string) => void,
): () => Account {
  let account: Account | undefined;
  const sources = { config: withOwnNames(config), environment: process.env };
  return () => (account ??= connect(readSettings(sources, services), { notice }));
}
