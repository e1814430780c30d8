import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

/**
 * Makes the function that refuses what a web page sends, so that none can read or change the account of an emulator on
 * the same machine. A page gives itself away by its Origin, by Sec-Fetch-Site, or, after DNS rebinding, by a Host that
 * is a name of its own; an address, localhost and the given names are taken.
 */
export function pageGuard(names: readonly string[]) {
  // Almost every request has the same host, and parsing it is not free.
  let lastKnown: string | undefined;
  return function refusalOf(headers: IncomingHttpHeaders): Response | undefined {
    const { host = "" } = headers;
    if (host !== lastKnown && !isKnownHost(host, names)) {
      return forbidden(
        `The emulator does not answer for the host "${host}". Call it by its address, or start it with allowedHosts.`,
      );
    }
    lastKnown = host;
    return isFromForeignPage(headers) ? forbidden("The emulator takes no calls from web pages.") : undefined;
  };
}

function isFromForeignPage({ host, origin, "sec-fetch-site": site }: IncomingHttpHeaders): boolean {
  if (origin !== undefined && origin !== `http://${host}`) return true;
  return site !== undefined && site !== "none" && site !== "same-origin";
}

function forbidden(error: string): Response {
  return Response.json({ Code: "Forbidden", Message: error, error }, { status: 403 });
}

function isKnownHost(host: string, names: readonly string[]): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname;
  const isAddress = isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  return isAddress || name === "localhost" || names.includes(name);
}
