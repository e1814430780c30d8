import { z } from "zod";
import { products } from "./products";
import { deadlineMs } from "./retry";

/** Where settings come from: the Pulumi configuration by full key (`alicloud:region`), and the environment. */
export interface Sources {
  config: (key: string) => string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
}

/** Whose access key signs: a key that was given, a profile of the Alibaba Cloud CLI, or whatever the machine offers. */
export type Identity =
  | { from: "keys"; accessKeyId: string; accessKeySecret: string; securityToken?: string | undefined }
  | { from: "profile"; profile: string }
  | { from: "machine" };

/** Everything that a connection needs, in one form. */
export interface Settings {
  region: string;
  /** Overrides by product name. */
  endpoints: Readonly<Record<string, string>>;
  identity: Identity;
  /** Calls per second by product name, where the user sets them. */
  callsPerSecond: Readonly<Record<string, number>>;
  /** How many users one run may delete or lock out; no limit when left out. */
  maxDeletes: number | undefined;
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

const endpointList = z.union([z.record(z.string(), url), z.array(z.record(z.string(), url))]);

/** A day, which a timer still counts right. */
const longestMs = 86_400_000;

/** A time of at most a day in units of so many milliseconds; 0 stands for the default, as it does in Terraform. */
const duration = (unitMs: number) =>
  z
    .number()
    .int()
    .min(0)
    .max(longestMs / unitMs)
    .transform((count) => count * unitMs);

const rates = z.union([z.coerce.number().positive(), z.record(z.string(), z.coerce.number().positive())]);

/** Reads the settings; the program's configuration comes before the environment. Throws a sentence that names a bad key. */
export function readSettings({ config, environment }: Sources): Settings {
  const first = (key: string, ...names: string[]): string | undefined =>
    [config(key), ...names.map((name) => environment[name])].find(
      (value) => value !== undefined && value !== "",
    );
  const time = (key: string, name: string, unitMs: number): number =>
    parse(key, duration(unitMs), first(key, name) ?? "0");
  const region = first(
    "alicloud:region",
    "ALIBABA_CLOUD_REGION_ID",
    "ALIBABA_CLOUD_REGION",
    "ALICLOUD_REGION",
  );
  return {
    region: region ?? "cn-hangzhou",
    endpoints: endpointsOf(
      config("alicloud:endpoints"),
      first("alicloud-users:endpoint", "ALICLOUD_USERS_ENDPOINT"),
    ),
    identity: identityOf({ config, environment }),
    callsPerSecond: ratesOf(first("alicloud-users:callsPerSecond", "ALICLOUD_USERS_CALLS_PER_SECOND")),
    readTimeoutMs:
      time("alicloud:clientReadTimeout", "ALICLOUD_CLIENT_READ_TIMEOUT", 1) || usualReadTimeoutMs,
    maxDeletes: countOf(first("alicloud-users:maxDeletes", "ALICLOUD_USERS_MAX_DELETES")),
    retryTimeoutMs: time("alicloud:maxRetryTimeout", "ALICLOUD_MAX_RETRY_TIMEOUT", 1000) || deadlineMs,
  };
}

function countOf(value: string | undefined): number | undefined {
  const count = z.coerce.number().int().min(0);
  return value === undefined ? undefined : parse("alicloud-users:maxDeletes", count, value);
}

/** Where keys may stand, in the order in which they count; an id, a secret and a token always come from one place. */
const keyNames = [
  ["alicloud:accessKey", "alicloud:secretKey", "alicloud:securityToken"],
  ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN"],
  ["ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY", "ALICLOUD_SECURITY_TOKEN"],
] as const;

function identityOf({ config, environment }: Sources): Identity {
  const valueOf = (name: string): string | undefined =>
    (name.includes(":") ? config(name) : environment[name]) || undefined;
  for (const [id, secret, token] of keyNames) {
    const [accessKeyId, accessKeySecret] = [valueOf(id), valueOf(secret)];
    if (accessKeyId && accessKeySecret)
      return { from: "keys", accessKeyId, accessKeySecret, securityToken: valueOf(token) };
    const [set, missing] = accessKeyId ? [id, secret] : [secret, id];
    if (accessKeyId || accessKeySecret)
      throw new Error(
        `Half of an access key is set: ${set} is there and ${missing} is missing. Set both, or neither.`,
      );
  }
  const profile = ["alicloud:profile", "ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE"]
    .map(valueOf)
    .find(Boolean);
  return profile ? { from: "profile", profile } : { from: "machine" };
}

function endpointsOf(listed: string | undefined, everywhere: string | undefined): Record<string, string> {
  const overrides =
    listed === undefined
      ? {}
      : Object.assign({}, ...[parse("alicloud:endpoints", endpointList, listed)].flat());
  const all = everywhere === undefined ? undefined : parse("ALICLOUD_USERS_ENDPOINT", url, everywhere);
  return Object.fromEntries(
    Object.entries(products).flatMap(([name, { endpointKey }]) => {
      const endpoint = (overrides as Record<string, string>)[endpointKey] ?? all;
      return endpoint === undefined ? [] : [[name, endpoint]];
    }),
  );
}

function ratesOf(value: string | undefined): Record<string, number> {
  if (value === undefined) return {};
  const names = Object.keys(products);
  const parsed = parse("alicloud-users:callsPerSecond", rates, value);
  if (typeof parsed === "number") return Object.fromEntries(names.map((name) => [name, parsed]));
  const stranger = Object.keys(parsed).find((name) => !names.includes(name));
  if (stranger === undefined) return parsed;
  throw new Error(
    `The setting alicloud-users:callsPerSecond names "${stranger}"; it knows ${names.join(", ")}.`,
  );
}

/** Reads a setting that is JSON, or a plain word; a failure names the setting and never repeats its value. */
function parse<S extends z.ZodType>(key: string, schema: S, text: string): z.output<S> {
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {
    // A plain word is a value too.
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(
    `The setting ${key} cannot be read: ${result.error.issues.map(({ message }) => message).join("; ")}.`,
  );
}
