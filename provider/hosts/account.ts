import type { Account } from "../api/connect";
import { connect } from "../api/connect";
import { readSettings } from "../api/settings";

let account: Account | undefined;

/** The account of this process: all users share what was read of it, its connections and its call rates. */
export function accountOf(
  config: (key: string) => string | undefined,
  notice: (sentence: string) => void,
): Account {
  account ??= connect(readSettings({ config, environment: process.env }), notice);
  return account;
}
