import type { Account } from "../api/connect";
import { connect } from "../api/connect";
import { readSettings } from "../api/settings";
import { packageName } from "./packageName";

let account: Account | undefined;

/**
 * The account of this process: all users share what was read of it, its connections and its call rates. Settings of
 * `alicloud:` may go by this package's own name as well, as they do for the plugin.
 */
export function accountOf(
  config: (key: string) => string | undefined,
  notice: (sentence: string) => void,
): Account {
  const either = (key: string): string | undefined =>
    config(key) ?? config(key.replace(/^alicloud:/, `${packageName}:`));
  account ??= connect(readSettings({ config: either, environment: process.env }), { notice });
  return account;
}
