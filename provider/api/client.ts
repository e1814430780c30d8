import RPCClient from "@alicloud/pop-core";
import { setTimeout as sleep } from "node:timers/promises";
import type { Call, Wire } from "../core/resource";
import type { ApiFault } from "./fault";
import { faultOf, refusal } from "./fault";
import type { Governor } from "./governor";
import type { Product } from "./products";
import { retryAfter } from "./retry";

/** The access key that signs a call, with the token of temporary credentials. */
export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string | undefined;
}

/** Where and as whom calls are sent. */
export interface ClientOptions {
  product: Product;
  endpoint: string;
  region: string;
  credentials: () => Promise<Credentials>;
  governor: Governor;
}

/** Sends one call and returns its answer, or throws an `ApiFault`. */
export type Send = (call: Call) => Promise<Wire>;

/**
 * A signed sender for one product and endpoint. Calls are POSTs whose parameters are in the body, so that no password
 * is in a URL; throttled and lost calls are repeated as far as that is safe.
 */
export function createClient({ product, endpoint, region, credentials, governor }: ClientOptions): Send {
  const rpc = new RPCClient({
    endpoint,
    apiVersion: product.version,
    credentialsProvider: { getCredentials: credentials },
    opts: { method: "POST", timeout: 30_000, formatParams: false, formatAction: false },
  } as unknown as RPCClient.Config);

  const sendOnce = async ({ action, params }: Call): Promise<Wire> => {
    const all = product.regionParameter ? { ...params, [product.regionParameter]: region } : params;
    const answer = plain(await rpc.request<Wire>(action, flatten(all), {})) as Wire;
    const verdict = product.verdict?.(answer);
    if (verdict) throw refusal(product, action, verdict, { requestId: String(answer.RequestId) });
    return answer;
  };

  return async (call) => {
    const began = Date.now();
    const once = product.once[call.action];
    const repeatable = once === undefined || (once !== true && once in call.params);
    // Credentials are asked for here so that their failure is not taken for one of the network.
    await credentials();
    for (let number = 1; ; number++) {
      await governor.turn();
      try {
        const answer = await sendOnce(call);
        governor.succeeded();
        return answer;
      } catch (thrown) {
        const fault = isFault(thrown) ? thrown : faultOf(product, call.action, call.params, thrown);
        const wait = retryAfter(fault, { number, elapsedMs: Date.now() - began, repeatable });
        if (fault.kind === "throttled") governor.throttled(wait ?? 0);
        if (wait === undefined) throw fault;
        await sleep(wait);
      }
    }
  };
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

/** Numbers beyond 2^53 come as objects of a big-number library; they are ids, so they become text. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  if ("isZero" in value && "toFixed" in value) return (value as { toFixed(): string }).toFixed();
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
