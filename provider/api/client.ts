import "./muteHttpDebug";
import RPCClient from "@alicloud/pop-core";
import type { Call, Wire } from "../core/resource";
import { withSecrets } from "../core/secrets";
import { showValue } from "../core/showText";
import type { Clock } from "./clock";
import { ApiFault, cancelled, faultOf, noAnswer, refusal, unsendable } from "./fault";
import type { Governor } from "./governor";
import { problemOf } from "./problemOf";
import type { Service } from "./products";
import { proxyAgentOf } from "./proxyAgent";
import { retryAfter, askedWait } from "./retry";

/** The access key that signs a call, with the token of temporary credentials. */
export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string | undefined;
}

/** Where and as whom calls are sent. */
export interface ClientOptions {
  product: Service;
  endpoint: string;
  region: string;
  /** Whose key signs; nobody's where there is none, for the few actions that are called unsigned. */
  credentials: () => Promise<Credentials | undefined>;
  governor: Governor;
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

/** Calls that wait longer than this are told of, in milliseconds. */
const patienceMs = 5000;

/** Waits on behalf of a call. */
type Hold = (wait: Promise<void>) => Promise<void>;

/**
 * A signed sender for one product and endpoint. Calls are POSTs whose parameters are in the body, so that no password
 * is in a URL; throttled and lost calls are repeated as far as that is safe.
 */
export function createClient(options: ClientOptions): Send {
  const sendOnce = createSender(options);
  const impatiently = createNotice(options);

  return async (call) => {
    // Asked for here so that a failure of credentials is not taken for one of the network.
    const key = await options.credentials();
    return withSecrets([key, passwordsIn(call.params)], () =>
      impatiently((hold) => sendRepeatedly(options, sendOnce, call, hold)),
    );
  };
}

async function sendRepeatedly(
  options: ClientOptions,
  sendOnce: Send,
  call: Call,
  holdAlone: Hold,
): Promise<Wire> {
  const { product, governor, clock, retryTimeoutMs: deadlineMs, cancel } = options;
  const hold: Hold = (wait) =>
    unlessCancelled(holdAlone(wait), cancel, () => cancelled(product, call.action));
  const began = clock.now();
  const once = product.once[call.action];
  const repeatable = once === undefined || (once !== true && once in call.params);
  let lost: ApiFault | undefined;
  for (let number = 1; ; number++) {
    await hold(governor.turn());
    try {
      return await sendOnce(call);
    } catch (thrown) {
      if (!isFault(thrown)) throw thrown;
      // What comes after a lost answer does not undo what that call may have done.
      const fault = thrown.kind === "unreached" ? (lost ?? thrown) : thrown;
      if (fault.kind === "unavailable") lost = fault;
      if (fault.kind === "throttled") governor.throttled(fault.retryAfterMs);
      const elapsedMs = clock.now() - began;
      const wait = retryAfter(fault, { number, elapsedMs, repeatable, deadlineMs });
      if (wait === undefined) throw explained(fault, call, options);
      await hold(clock.sleep(wait));
    }
  }
}

/** The fault, with a sentence about the wait that the API asked for, if any, and about the instance that it does not know. */
function explained(fault: ApiFault, { params }: Call, options: ClientOptions): ApiFault {
  const { kind, product, action, code, requestId, retryAfterMs } = fault;
  const sentences = [
    askedWait(fault, options.retryTimeoutMs),
    options.product.instance?.codes.test(code) && unknownInstance(params, options),
  ].filter(Boolean);
  if (sentences.length === 0) return fault;
  const message = [fault.message, ...sentences].join(" ");
  return new ApiFault(kind, product, action, code, requestId, retryAfterMs, message);
}

/** Which instance was asked for in which region, and where both are found. */
function unknownInstance({ InstanceId }: Wire, { product, region }: ClientOptions): string {
  return (
    `The instance is ${showValue(InstanceId)} in the region ${showValue(region)}. ${product.instance?.console} lists the ` +
    `instances of each region; regionId, or the setting region, names the region of this one.`
  );
}

/** Waits, and stops waiting as soon as the run is cancelled. */
async function unlessCancelled(
  wait: Promise<void>,
  cancel: AbortSignal | undefined,
  fault: () => ApiFault,
): Promise<void> {
  if (!cancel) return wait;
  let stop = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(fault());
    if (cancel.aborted) stop();
    else cancel.addEventListener("abort", stop, { once: true });
  });
  try {
    await Promise.race([wait, aborted]);
    if (cancel.aborted) throw fault();
  } finally {
    cancel.removeEventListener("abort", stop);
  }
}

/** An answer with what pop-core tells of the exchange. */
type Answered = [data: Wire, entry: { response: { statusCode: number } }];

/** Signs and sends once. */
function createSender({ product, endpoint, region, credentials, readTimeoutMs }: ClientOptions): Send {
  const agent = proxyAgentOf(endpoint, readTimeoutMs);
  const config = {
    endpoint,
    apiVersion: product.version,
    credentialsProvider: { getCredentials: credentials },
    opts: {
      ...{ method: "POST", timeout: readTimeoutMs, formatParams: false, formatAction: false },
      ...(agent && { agent }),
    },
  };
  const rpc = Reflect.construct(RPCClient, [config, true]) as RPCClient;
  const request = async ({ action, params }: Call): Promise<Answered> => {
    const flat = flatten(params);
    const halved = Object.keys(flat).find((name) => /\p{Surrogate}/u.test(flat[name] as string));
    if (halved !== undefined) throw unsendable(product, action, halved);
    try {
      return await rpc.request<Answered>(action, flat, {});
    } catch (thrown) {
      throw faultOf(product, action, thrown);
    }
  };

  return async ({ action, params }) => {
    const all = product.regionParameter ? { ...params, [product.regionParameter]: region } : params;
    const [data, entry] = await request({ action, params: all });
    // pop-core takes any JSON without a code for an answer, a proxy's error too.
    if (entry.response.statusCode >= 300) throw faultOf(product, action, { data, entry });
    // Numbers beyond 2^53 are ids, which come as objects and leave as text; the copy does without the text of the answer.
    const answer = JSON.parse(JSON.stringify(data)) as Wire;
    const problem = problemOf(product, { action, params }, answer);
    if (problem !== undefined) throw noAnswer(product, action, problem);
    const verdict = product.verdict?.(answer);
    if (verdict) throw refusal(product, action, verdict, { requestId: String(answer.RequestId) });
    return answer;
  };
}

/** Says so when a call is held back for long, all its waits together; one sentence at a time for all calls. */
function createNotice({ product, governor, notice }: ClientOptions) {
  let toldAt = -Infinity;
  let held = 0;
  const tell = (): void => {
    if (Date.now() - toldAt < patienceMs) return;
    toldAt = Date.now();
    const rate = governor.rate();
    const pace = Number.isFinite(rate) ? `, now ${rate.toFixed(1)} calls per second` : "";
    const calls = held === 1 ? "1 call waits" : `${held} calls wait`;
    notice(`${product.name}: ${calls} for the account's call rate${pace}; nothing is lost`);
  };
  return async <T>(work: (hold: Hold) => Promise<T>): Promise<T> => {
    let isHeld = false;
    const timer = setInterval(() => isHeld && tell(), patienceMs);
    const hold: Hold = (wait) => {
      held++;
      isHeld = true;
      return wait.finally(() => {
        held--;
        isHeld = false;
      });
    };
    return work(hold).finally(() => clearInterval(timer));
  };
}

/** The parameters that are secret by their names, at any depth. */
function passwordsIn(params: unknown): unknown[] {
  if (params === null || typeof params !== "object") return [];
  return Object.entries(params).map(([name, value]) =>
    /(Password|Secret|Token)$/.test(name) ? value : passwordsIn(value),
  );
}

function isFault(thrown: unknown): thrown is ApiFault {
  return thrown instanceof Error && thrown.name === "ApiFault";
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
