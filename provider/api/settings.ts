import path from "node:path";
import type { Services } from "../core/service";
import { type Brakes, readBrakes } from "./brakes";
import { cliFile, homeOf, readCliProfile } from "./auth/cliProfile";
import type { Identity, SignIn } from "./auth/identity";
import { parseSetting } from "./parseSetting";
import { deadlineMs } from "./retry";
import { readSignIn } from "./auth/signIn";
import { findIn, type Sources } from "./auth/sources";
import { sts } from "./auth/sts";
import { keyOf, placesOf, type SettingName, settings } from "./settingsTable";

/** Everything that a connection needs, in one form. */
export interface Settings extends SignIn {
  /** The APIs that they are for. */
  services: Services;
  region: string;
  /** The setting, variable or profile that named the region. */
  regionNamedBy: string;
  /** Overrides by product name, and that of `Sts`. */
  endpoints: Readonly<Record<string, string>>;
  /** Calls per second by product name, where the user sets them. */
  callsPerSecond: Readonly<Record<string, number>>;
  /** What protects users from a run. */
  brakes: Brakes;
  /** Where creates are noted: an absolute folder, "off", or nothing for the usual folder. */
  journal: string | undefined;
  /** How long a call waits for its answer, in milliseconds. */
  readTimeoutMs: number;
  /** How long a call is repeated, in milliseconds. */
  retryTimeoutMs: number;
}

/** How long a call waits for its answer unless the settings say otherwise, in milliseconds. */
const usualReadTimeoutMs = 30_000;

/** Reads the settings for these APIs; the program's configuration comes before the environment. Throws a sentence that names a bad key. */
export function readSettings(sources: Sources, services: Services): Settings {
  const { config, environment } = sources;
  const find = findIn(sources);
  const first = (name: SettingName): string | undefined => find(...placesOf(name))?.[1];
  const time = (name: "clientReadTimeout" | "maxRetryTimeout"): number =>
    parseSetting(keyOf(name), settings[name], first(name) ?? "0");
  const signIn = readSignIn(sources);
  const [regionNamedBy, region] = find(...placesOf("region")) ??
    regionOf(signIn.identity, environment) ?? ["default", "cn-hangzhou"];
  return {
    ...signIn,
    services,
    region,
    regionNamedBy,
    endpoints: endpointsOf(
      services,
      [config("alicloud:endpoints"), config("alicloud-users:endpoints")],
      first("endpoint"),
    ),
    callsPerSecond: ratesOf(Object.keys(services), first("callsPerSecond")),
    readTimeoutMs: time("clientReadTimeout") || usualReadTimeoutMs,
    brakes: readBrakes(sources),
    journal: journalOf(first("journal")),
    retryTimeoutMs: time("maxRetryTimeout") || deadlineMs,
  };
}

function journalOf(value: string | undefined): string | undefined {
  if (value === undefined || value === "off" || path.isAbsolute(value)) return value;
  throw new Error('The setting alicloud-users:journal must be "off" or a folder by its absolute path.');
}

/** The region of the profile that signs, or of the CLI's current one where the machine is asked for credentials. */
function regionOf(identity: Identity, environment: Sources["environment"]): [string, string] | undefined {
  const isMachine = identity.from === "machine" && (environment.HOME || environment.USERPROFILE);
  if (identity.from !== "profile" && !isMachine) return undefined;
  const { file, profile } =
    identity.from === "profile" ? identity : { file: cliFile(homeOf(environment)), profile: undefined };
  try {
    const { name, region_id: region } = readCliProfile(file, profile);
    return region ? [`the profile "${name}"`, region] : undefined;
  } catch {
    // Asked for credentials, it says what is wrong with it.
    return undefined;
  }
}

/** The package's own setting may name `eiam`, which the other package refuses in its own. */
function endpointsOf(
  services: Services,
  listed: readonly (string | undefined)[],
  everywhere: string | undefined,
): Record<string, string> {
  const lists = listed.flatMap((text) =>
    text ? [parseSetting(keyOf("endpoints"), settings.endpoints, text)].flat() : [],
  );
  const overrides = Object.assign({}, ...lists);
  const [, variable = ""] = placesOf("endpoint");
  const all = everywhere === undefined ? undefined : parseSetting(variable, settings.endpoint, everywhere);
  return Object.fromEntries(
    Object.entries({ ...services, Sts: sts }).flatMap(([name, { endpointKey }]) => {
      const endpoint = (overrides as Record<string, string>)[endpointKey] ?? all;
      return endpoint === undefined ? [] : [[name, endpoint]];
    }),
  );
}

function ratesOf(names: readonly string[], value: string | undefined): Record<string, number> {
  if (value === undefined) return {};
  const parsed = parseSetting(keyOf("callsPerSecond"), settings.callsPerSecond, value);
  if (typeof parsed === "number") return Object.fromEntries(names.map((name) => [name, parsed]));
  const stranger = Object.keys(parsed).find((name) => !names.includes(name));
  if (stranger === undefined) return parsed;
  throw new Error(
    `The setting alicloud-users:callsPerSecond names "${stranger}"; it knows ${names.join(", ")}.`,
  );
}
