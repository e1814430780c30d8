import path from "node:path";
import { z } from "zod";
import type { Services } from "../core/service";
import type { Brakes } from "./brakes";
import { readBrakes } from "./brakes";
import { cliFile, homeOf, readCliProfile } from "./auth/cliProfile";
import type { Identity, SignIn } from "./auth/identity";
import { parseSetting } from "./parseSetting";
import { deadlineMs } from "./retry";
import { readSignIn } from "./auth/signIn";
import type { Sources } from "./auth/sources";
import { sts } from "./auth/sts";

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

const url = z
  .string()
  .transform((text) => (/^https?:\/\//.test(text) ? text : `https://${text}`))
  .pipe(z.url());

/** A URL may hold a password, so none is shown. */
const endpoint = { schema: url, words: "a URL, such as https://ram.aliyuncs.com" };
const endpointList = {
  schema: z.union([z.record(z.string(), url), z.array(z.record(z.string(), url))]),
  words: 'an object of URLs, as in {"ram": "https://ram.aliyuncs.com"}',
};

/** A day, which a timer still counts right. */
const longestMs = 86_400_000;

/** A time of at most a day in units of so many milliseconds; 0 stands for the default, as it does in Terraform. */
const duration = (unitMs: number) => ({
  schema: z
    .number()
    .int()
    .min(0)
    .max(longestMs / unitMs)
    .transform((count) => count * unitMs),
  words: `a whole number of ${unitMs === 1 ? "milliseconds" : "seconds"}, from 0 to ${longestMs / unitMs} (a day)`,
  isShown: true,
});

const rate = z.coerce.number().positive();
const rates = {
  schema: z.union([rate, z.record(z.string(), rate)]),
  words: 'a number above 0, or one for some products, as in {"Ram": 20}',
  isShown: true,
};

/** The variables that name a region, of the vendor's tools and of Terraform, the first before the others. */
const regionVariables = [
  "ALIBABA_CLOUD_REGION_ID",
  "ALIBABA_CLOUD_REGION",
  "ALICLOUD_REGION",
  "ALIBABACLOUD_REGION_ID",
  "ALICLOUD_REGION_ID",
];

/** Reads the settings for these APIs; the program's configuration comes before the environment. Throws a sentence that names a bad key. */
export function readSettings(sources: Sources, services: Services): Settings {
  const { config, environment } = sources;
  const find = (key: string, ...names: readonly string[]): [string, string] | undefined => {
    const values = [[key, config(key)], ...names.map((name) => [name, environment[name]])];
    return values.find((entry): entry is [string, string] => Boolean(entry[1]));
  };
  const first = (key: string, ...names: string[]): string | undefined => find(key, ...names)?.[1];
  const time = (key: string, name: string, unitMs: number): number =>
    parseSetting(key, duration(unitMs), first(key, name) ?? "0");
  const signIn = readSignIn({ config, environment });
  const [regionNamedBy, region] = find("alicloud:region", ...regionVariables) ??
    regionOf(signIn.identity, environment) ?? ["default", "cn-hangzhou"];
  return {
    ...signIn,
    services,
    region,
    regionNamedBy,
    endpoints: endpointsOf(
      services,
      [config("alicloud:endpoints"), config("alicloud-users:endpoints")],
      first("alicloud-users:endpoint", "ALICLOUD_USERS_ENDPOINT"),
    ),
    callsPerSecond: ratesOf(
      Object.keys(services),
      first("alicloud-users:callsPerSecond", "ALICLOUD_USERS_CALLS_PER_SECOND"),
    ),
    readTimeoutMs:
      time("alicloud:clientReadTimeout", "ALICLOUD_CLIENT_READ_TIMEOUT", 1) || usualReadTimeoutMs,
    brakes: readBrakes(sources),
    journal: journalOf(first("alicloud-users:journal", "ALICLOUD_USERS_JOURNAL")),
    retryTimeoutMs: time("alicloud:maxRetryTimeout", "ALICLOUD_MAX_RETRY_TIMEOUT", 1000) || deadlineMs,
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
    text ? [parseSetting("alicloud:endpoints", endpointList, text)].flat() : [],
  );
  const overrides = Object.assign({}, ...lists);
  const all =
    everywhere === undefined ? undefined : parseSetting("ALICLOUD_USERS_ENDPOINT", endpoint, everywhere);
  return Object.fromEntries(
    Object.entries({ ...services, Sts: sts }).flatMap(([name, { endpointKey }]) => {
      const endpoint = (overrides as Record<string, string>)[endpointKey] ?? all;
      return endpoint === undefined ? [] : [[name, endpoint]];
    }),
  );
}

function ratesOf(names: readonly string[], value: string | undefined): Record<string, number> {
  if (value === undefined) return {};
  const parsed = parseSetting("alicloud-users:callsPerSecond", rates, value);
  if (typeof parsed === "number") return Object.fromEntries(names.map((name) => [name, parsed]));
  const stranger = Object.keys(parsed).find((name) => !names.includes(name));
  if (stranger === undefined) return parsed;
  throw new Error(
    `The setting alicloud-users:callsPerSecond names "${stranger}"; it knows ${names.join(", ")}.`,
  );
}
