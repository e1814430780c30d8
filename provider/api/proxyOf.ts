import { getProxyForUrl } from "proxy-from-env";

/**
 * The proxy of `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` for this endpoint, with its user name and password; nothing where
 * there is none, where `NO_PROXY` names the host, or where the endpoint is on this machine. Throws a sentence for a proxy
 * that cannot be used.
 */
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

/** The way to an endpoint, in words that hold no path and no credentials. */
export function routeOf(endpoint: string): string {
  const proxy = proxyOf(endpoint);
  return `at ${new URL(endpoint).origin}${proxy ? ` through the proxy ${proxy.host}` : ""}`;
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
