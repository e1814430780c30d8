import "./muteHttpDebug";
import type { Agent } from "node:http";
import type { Duplex } from "node:stream";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";

/**
 * The agent that reaches this endpoint through the proxy of `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY`; nothing where there
 * is none, where `NO_PROXY` names the host, or where the endpoint is on this machine. A proxy that does not answer in
 * this time, in milliseconds, ends the call. Throws a sentence for a proxy that cannot be used.
 */
export function proxyAgentOf(endpoint: string, timeoutMs: number): Agent | undefined {
  const proxy = proxyOf(endpoint);
  if (!proxy) return undefined;
  const options = { keepAlive: true, keepAliveMsecs: 3000 };
  return endpoint.startsWith("https:")
    ? new TunnelAgent(proxy, options, timeoutMs)
    : new HttpProxyAgent(proxy, options);
}

/** The proxy for this endpoint; nothing where it is called directly. Its user name and password are part of it. */
export function proxyOf(endpoint: string): URL | undefined {
  if (isLoopback(new URL(endpoint).hostname)) return undefined;
  const proxy = withScheme(getProxyForUrl(endpoint));
  if (proxy === "") return undefined;
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  const scheme = url ? `it begins with ${url.protocol}//` : "it is no URL";
  throw new Error(
    `The proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names cannot be used: ${scheme}. ` +
      "Name an HTTP proxy, such as http://proxy.example.com:3128, or take the API's host out with NO_PROXY.",
  );
}

/** A proxy on the way would look for this machine on its own. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\./.test(host);
}

/** A proxy without a scheme speaks HTTP, whatever the scheme of the endpoint, which is what the library puts before it. */
function withScheme(proxy: string): string {
  const bare = proxy.replace(/^\w+:\/\//, "");
  const written = ["https_proxy", "http_proxy", "all_proxy"].flatMap((name) => [
    process.env[name],
    process.env[name.toUpperCase()],
  ]);
  return proxy !== "" && written.includes(bare) ? `http://${bare}` : proxy;
}

/** A tunnel whose opening takes no longer than a call waits for its answer. */
class TunnelAgent extends HttpsProxyAgent<string> {
  constructor(
    proxy: URL,
    options: object,
    private readonly timeoutMs: number,
  ) {
    super(proxy, options);
  }

  override async connect(...args: Parameters<HttpsProxyAgent<string>["connect"]>) {
    const tunnel = super.connect(...args);
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        // The name by which the client knows a call that took too long.
        const error = Object.assign(new Error("The proxy opened no tunnel."), {
          name: "RequestTimeoutError",
        });
        reject(error);
        tunnel.then((socket: Duplex) => socket.destroy()).catch(() => {});
      }, this.timeoutMs);
    });
    try {
      return await Promise.race([tunnel, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}
