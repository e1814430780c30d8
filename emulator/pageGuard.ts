import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";

/**
 * Refuses what a web page sends, so that none can read or change the account of an emulator on the same machine. A
 * page gives itself away by its Origin, by Sec-Fetch-Site, or, after DNS rebinding, by a Host that is a name of its own;
 * an address, localhost and the given names are taken.
 */
export function pageGuard(names: readonly string[]): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async function guard({ env, json }, next) {
    const error = reasonToRefuse(env.incoming.headers, names);
    if (error !== undefined) return json({ Code: "Forbidden", Message: error, error }, 403);
    await next();
    return undefined;
  };
}

function reasonToRefuse(headers: IncomingHttpHeaders, names: readonly string[]): string | undefined {
  const { host = "", origin, "sec-fetch-site": site = "none" } = headers;
  if (!isKnownHost(host, names))
    return `The emulator does not answer for the host "${host}". Call it by its address, or start it with allowedHosts.`;
  const isForeign =
    (origin !== undefined && origin !== `http://${host}`) || !/^(none|same-origin)$/.test(String(site));
  return isForeign ? "The emulator takes no calls from web pages." : undefined;
}

function isKnownHost(host: string, names: readonly string[]): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname;
  const isAddress = isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  return isAddress || name === "localhost" || names.includes(name);
}
