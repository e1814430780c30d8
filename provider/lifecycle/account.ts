import { type Account, connect } from "../api/connect";
import { refuseStrangers } from "../api/settingNames";
import { readSettings } from "../api/settings";
import { type Setting, settings } from "../api/settingsTable";
import { type Place, withOwnNames } from "../api/auth/sources";
import type { Services } from "../core/service";
import { entryOf } from "../core/values";

/** Where the settings of an account come from. */
export interface Configuration {
  /** The value of a setting by its full name. */
  get(key: string): string | undefined;
  /** The full names of all settings, and the project that they are for. */
  names?: readonly string[];
  project?: string | undefined;
  /** Further places in which brakes count, at the first connection. */
  further?(): readonly Place[];
}

/**
 * Returns the account of a configuration with these APIs, connected on the first call: all users share what was read of it, its
 * connections and its call rates. Each call throws a sentence while a setting is wrong.
 */
export function accountOf(
  services: Services,
  { get, names = [], project, further = () => [] }: Configuration,
  notice: (sentence: string) => void,
): () => Account {
  let account: Account | undefined;
  return () => {
    if (account) return account;
    refuseStrangers(names, project);
    const sources = { config: withOwnNames(get), environment: process.env, further: further() };
    account = connect(readSettings(sources, services), { notice });
    return account;
  };
}

/** Whether a full name is that of a setting here, and not of another package's or a brake, which counts wherever it stands. */
export function isSetting(key: string): boolean {
  const [namespace = "", name = ""] = key.split(":");
  const setting = entryOf(settings, name) as Setting | undefined;
  return setting !== undefined && !setting.isBrake && ["alicloud", "alicloud-users"].includes(namespace);
}
