import type { Account } from "../api/connect";
import { connect } from "../api/connect";
import { readSettings } from "../api/settings";
import { packageName } from "./packageName";

/**
 * Returns the account of a configuration, connected on the first call: all users share what was read of it, its
 * connections and its call rates. Each call throws a sentence while a setting is wrong. Settings of `alicloud:` may go
 * by this package's own name as well, as they do for the plugin.
 */
export function accountOf(
  config: (key: string) => string | undefined,
  notice: (sentence: string) => void,
): () => Account {
  let account: Account | undefined;
  const either = (key: string): string | undefined =>
    config(key) ?? config(key.replace(/^alicloud:/, `${packageName}:`));
  return () => (account ??= connect(readSettings({ config: either, environment: process.env }), { notice }));
}
