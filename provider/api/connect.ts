import type { Directory } from "../core/directory";
import type { DirectorySchema } from "../core/directorySchema";
import type { Service } from "../core/service";
import type { Wire } from "../core/wire";
import type { OpenSts } from "./auth/assumeRole";
import type { Brakes } from "./brakes";
import { checkAccount } from "./auth/checkAccount";
import { type Client, type ClientOptions, createClient, type Send } from "./client";
import { type Clock, machineClock } from "./clock";
import { credentialsOf } from "./auth/credentials";
import { createDirectory } from "./read/directory";
import { createRateLimiter, type RateLimiter } from "./rateLimiter";
import { longestAskedOf } from "./retry";
import type { Settings } from "./settings";
import { sts, stsContract } from "./auth/sts";

/** The account, as one process sees it: its directories share credentials, connections and call rates. */
export interface Account {
  /** What protects users from a run. */
  readonly brakes: Brakes;
  /** Where creates are noted: a folder, "off", or nothing for the usual folder. */
  readonly journal: string | undefined;
  /** The users of one directory, which these fields name: none where the account is the directory. */
  directory(schema: DirectorySchema, scope: Wire, region: string | undefined): Directory;
  /** Asks STS whose credentials sign. */
  identify(): Promise<Caller>;
  /** Throws a sentence when the credentials are for another account than the settings name; asks STS once, if they name one. */
  verify(): Promise<void>;
}

/** Whose credentials sign. */
export interface Caller {
  accessKeyId: string;
  accountId: string;
  /** The ARN of the RAM user or of the session of a role; that of the account itself for its own key. */
  arn: string;
}

/** What a connection needs besides its settings. */
export interface ConnectOptions {
  /** Told in a sentence that calls are held back for long. */
  notice?: (sentence: string) => void;
  clock?: Clock;
  /** Ends all waits. */
  cancel?: AbortSignal;
  /** Stands between a directory and the sender of its service; what it lets through is sent. */
  guard?: (schema: DirectorySchema, send: Send) => Send;
}

/** Makes the account's directories, each once. Nothing is sent before the first read or write. */
export function connect(
  settings: Settings,
  { notice = () => {}, clock = machineClock, cancel, guard = (_schema, send) => send }: ConnectOptions = {},
): Account {
  const { region, readTimeoutMs, retryTimeoutMs } = settings;
  const shared = { clock, notice, cancel, readTimeoutMs, retryTimeoutMs };
  const openSts: OpenSts = (by: ClientOptions["credentials"] = async () => undefined) =>
    createClient({
      ...shared,
      service: sts,
      region,
      endpoint: settings.endpoints.Sts ?? sts.endpoint(region),
      credentials: by,
      rateLimiter: createRateLimiter(undefined, clock),
    })(stsContract);
  const credentials = credentialsOf(settings, { openSts, clock });
  const clients = new Map<string, Client>();
  const rateLimiters = new Map<string, RateLimiter>();
  const directories = new Map<string, Directory>();

  const client = (name: string, region: string): Client => {
    const service = serviceOf(settings, name);
    const endpoint = settings.endpoints[name] ?? service.endpoint(region);
    const rateLimiter = once(rateLimiters, name, () =>
      createRateLimiter(
        settings.callsPerSecond[name] ?? service.callsPerSecond,
        clock,
        longestAskedOf(retryTimeoutMs),
      ),
    );
    return once(clients, `${name} ${region} ${endpoint}`, () =>
      createClient({
        ...shared,
        service,
        endpoint,
        region,
        credentials,
        rateLimiter,
      }),
    );
  };

  const identify = async (): Promise<Caller> => {
    const { accessKeyId } = await credentials();
    const answer = await openSts(credentials)({ action: "GetCallerIdentity", params: {} });
    return { accessKeyId, accountId: String(answer.AccountId), arn: String(answer.Arn) };
  };
  const { brakes, journal, namedBy } = settings;
  let caller: Promise<Caller> | undefined;

  return {
    brakes,
    journal,
    identify,
    async verify() {
      if (brakes.accountIds.length === 0) return;
      caller ??= identify();
      const { accountId } = await caller.catch((error: unknown) => {
        // A fault of the network says nothing of the account, so the next one asks again.
        caller = undefined;
        throw error;
      });
      checkAccount(brakes.accountIds, { accountId, namedBy });
    },
    directory(schema, scope, region = settings.region) {
      const key = JSON.stringify([schema.type, scope, region]);
      return once(directories, key, () => {
        const { service } = schema;
        const send = guard(schema, client(service, region)(schema));
        return createDirectory({
          schema,
          serviceName: serviceOf(settings, service).name,
          scope,
          send,
          clock,
        });
      });
    },
  };
}

function serviceOf({ services }: Settings, name: string): Service {
  const service = services[name];
  if (!service) throw new Error(`The settings are for ${Object.keys(services).join(", ")}, not for ${name}.`);
  return service;
}

function once<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
