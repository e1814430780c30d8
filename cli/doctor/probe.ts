import http from "node:http";
import https from "node:https";
import { agentOf } from "../../provider/api/agent";
import { proxyOf } from "../../provider/api/proxyOf";

/** What one request to an endpoint tells. */
export interface Probe {
  latencyMs: number;
  /** How far this machine's clock is ahead of the endpoint's, in milliseconds; the endpoint tells whole seconds. */
  aheadMs: number | undefined;
  /** The proxy on the way, without its user and password. */
  proxy: string | undefined;
}

/** Sends one request without a signature; any answer will do. Rejects with the code of the network's error. */
export function probe(endpoint: string, timeoutMs: number): Promise<Probe> {
  const client = endpoint.startsWith("https:") ? https : http;
  const agent = agentOf(endpoint, timeoutMs);
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const request = client.get(endpoint, { agent, timeout: timeoutMs }, (response) => {
      const latencyMs = Math.round(performance.now() - began);
      const date = Date.parse(response.headers.date ?? "");
      response.resume();
      const aheadMs = Number.isNaN(date) ? undefined : Date.now() - latencyMs / 2 - date;
      resolve({ latencyMs, aheadMs, proxy: proxyOf(endpoint)?.host });
    });
    request.on("timeout", () => request.destroy(new Error("Timeout")));
    request.on("error", (error: NodeJS.ErrnoException) => reject(new Error(error.code ?? error.message)));
  });
}
