import "./muteHttpDebug";
import RPCClient from "@alicloud/pop-core";
import type { CallContract } from "../core/directorySchema";
import { withSecrets } from "../core/secrets";
import { showValue } from "../core/showText";
import type { Call, Wire } from "../core/wire";
import type { Clock } from "./clock";
import { agentOf, NoConnection } from "./agent";
import { type ApiFault, faultOf, noAnswer, refusal, unsendable } from "./fault";
import { problemOf } from "./problemOf";
import { routeOf } from "./proxyOf";
import type { RateLimiter } from "./rateLimiter";
import { createRepeater } from "./repeater";
import type { Service } from "../core/service";
import { unconnected } from "./unconnected";
import { createWaitNotice } from "./waitNotice";

/** The access key that signs a call, with the token of temporary credentials. */
export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string | undefined;
}

/** Where and as whom calls are sent. */
export interface ClientOptions {
  service: Service;
  endpoint: string;
  region: string;
  /** Whose key signs; nobody's where there is none, for the few actions that are called unsigned. */
  credentials: () => Promise<Credentials | undefined>;
  rateLimiter: RateLimiter;
  /** How long a call waits for its answer, in milliseconds. */
  readTimeoutMs: number;
  /** How long a call is repeated, in milliseconds. */
  retryTimeoutMs: number;
  clock: Clock;
  /** Told in a sentence that calls are held back for long. */
  notice: (sentence: string) => void;
  /** Ends all waits: a call that was sent is answered, and no other one is sent. */
  cancel?: AbortSignal | undefined;
}

/** Sends one call and returns its answer, or throws an `ApiFault`. */
export type Send = (call: Call) => Promise<Wire>;

/** Sends calls of the actions that a contract describes. */
export type Client = (contract: CallContract) => Send;

/**
 * A signed sender for one service and endpoint, whose callers share its rate. Calls are POSTs whose parameters are in the
 * body, so that no password is in a URL; throttled and lost calls are repeated as far as that is safe.
 */
export function createClient(options: ClientOptions): Client {
  const request = createRequest(options);
  const withWaitNotice = createWaitNotice(options);
  const repeated = createRepeater(options);

  return (contract) => async (call) => {
    // Asked for here so that a failure of credentials is not taken for one of the network.
    const key = await options.credentials();
    const attempt = () => sendOnce(options, contract, request, call);
    return withSecrets([key, passwordsIn(call.params)], () =>
      withWaitNotice((waiting) =>
        repeated(attempt, {
          action: call.action,
          repeatable: isRepeatable(contract, call),
          waiting,
          advise: (fault) => unknownInstance(fault, call.params, options),
        }),
      ),
    );
  };
}

/** Whether the call may be carried out twice without harm. */
function isRepeatable({ nonIdempotent }: CallContract, { action, params }: Call): boolean {
  const token = nonIdempotent[action];
  return token === undefined || (token !== true && token in params);
}

/** Which instance was asked for in which region, and where both are found; nothing where the API knows the instance. */
function unknownInstance(
  { code }: ApiFault,
  { InstanceId }: Wire,
  { service, region }: ClientOptions,
): string | undefined {
  if (!service.instance?.codes.test(code)) return undefined;
  return (
    `The instance is ${showValue(InstanceId)} in the region ${showValue(region)}. ${service.instance.console} lists the ` +
    `instances of each region; regionId, or the setting region, names the region of this one.`
  );
}

/** An answer with what pop-core tells of the exchange. */
type Answered = [data: Wire, entry: { response: { statusCode: number } }];

/** Signs and sends a call once. */
type Request = (call: Call) => Promise<Answered>;

function createRequest({ service, endpoint, credentials, readTimeoutMs }: ClientOptions): Request {
  const route = routeOf(endpoint);
  const config = {
    endpoint,
    apiVersion: service.version,
    credentialsProvider: { getCredentials: credentials },
    opts: {
      method: "POST",
      timeout: readTimeoutMs,
      formatParams: false,
      formatAction: false,
      agent: agentOf(endpoint, readTimeoutMs),
    },
  };
  const rpc = Reflect.construct(RPCClient, [config, true]) as RPCClient;
  return async ({ action, params }) => {
    const flat = flatten(params);
    const halved = Object.keys(flat).find((name) => /\p{Surrogate}/u.test(flat[name] as string));
    if (halved !== undefined) throw unsendable(service, action, halved);
    try {
      return await rpc.request<Answered>(action, flat, {});
    } catch (thrown) {
      throw thrown instanceof NoConnection
        ? unconnected(service, action, thrown, route)
        : faultOf(service, action, thrown, route);
    }
  };
}

/** Sends a call once and judges the answer. */
async function sendOnce(
  { service, region }: ClientOptions,
  contract: CallContract,
  request: Request,
  { action, params }: Call,
): Promise<Wire> {
  const all = service.regionParameter ? { ...params, [service.regionParameter]: region } : params;
  const [data, entry] = await request({ action, params: all });
  // pop-core takes any JSON without a code for an answer, a proxy's error too.
  if (entry.response.statusCode >= 300) throw faultOf(service, action, { data, entry });
  // Numbers beyond 2^53 are ids, which come as objects and leave as text; the copy does without the text of the answer.
  const answer = JSON.parse(JSON.stringify(data)) as Wire;
  const problem = problemOf(contract, { action, params }, answer);
  if (problem !== undefined) throw noAnswer(service, action, problem);
  const error = service.errorInBody?.(answer);
  if (error) throw refusal(service, action, error, { requestId: String(answer.RequestId) });
  return answer;
}

/** The parameters that are secret by their names, at any depth. */
function passwordsIn(params: unknown): unknown[] {
  if (params === null || typeof params !== "object") return [];
  return Object.entries(params).map(([name, value]) =>
    /(Password|Secret|Token)$/.test(name) ? value : passwordsIn(value),
  );
}

/** Spells nested values as the API wants them: `Fields.1.Name`, `Config.Type`; absent values and empty lists vanish. */
export function flatten(params: Wire): Record<string, string> {
  const flat: Record<string, string> = {};
  const add = (name: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    if (Array.isArray(value)) value.forEach((element, index) => add(`${name}.${index + 1}`, element));
    else if (typeof value === "object")
      Object.entries(value).forEach(([key, inner]) => add(`${name}.${key}`, inner));
    else flat[name] = String(value);
  };
  Object.entries(params).forEach(([name, value]) => add(name, value));
  return flat;
}
