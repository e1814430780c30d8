import type { Service } from "../core/service";
import type { NoConnection } from "./agent";
import { type ApiFault, checkEndpoint, unavailable, unreachable } from "./fault";

/** What helps against a connection that waiting does not bring about, by its code; the first that fits counts. */
const lasting: readonly (readonly [codes: RegExp, advice: string])[] = [
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, "Set this machine's clock, or have the certificate renewed."],
  [
    /ALTNAME/,
    "The certificate is that of another host: check the endpoint (alicloud:endpoints, ALICLOUD_USERS_ENDPOINT) and the proxy.",
  ],
  [
    /CERT|SIGNATURE|ISSUER/,
    "If a proxy has a certificate authority of its own, name the file of its certificate in NODE_EXTRA_CA_CERTS.",
  ],
  [
    /^(EPROTO|ERR_SSL_|ERR_TLS_)/,
    "The other end does not speak TLS as it should; an endpoint or a proxy that speaks plain HTTP begins with http://.",
  ],
];

/** What helps against a proxy that refuses a tunnel, by its status. */
const refusedTunnel: Readonly<Record<number, string>> = {
  403: "Let the proxy allow this host, or name the host in NO_PROXY.",
  407: "The proxy asks for a user name and a password: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT.",
};

/** The fault of a call that was not sent, since no connection came about. */
export function unconnected(
  service: Service,
  action: string,
  { code, proxyStatus }: Pick<NoConnection, "code" | "proxyStatus">,
  route: string,
): ApiFault {
  const [, advice] = lasting.find(([codes]) => codes.test(code)) ?? [];
  const reason = proxyStatus === undefined ? code : `the proxy answered CONNECT with ${proxyStatus}`;
  // A gateway may reach the host a moment later.
  const isLasting = advice !== undefined || (proxyStatus !== undefined && proxyStatus < 500);
  return unavailable(service, action, {
    kind: "unreached",
    code,
    route,
    what: unreachable(reason, action, route),
    advice: advice ?? refusedTunnel[proxyStatus ?? 0] ?? checkEndpoint,
    outlook: isLasting ? "lasting" : code === "ECONNRESET" ? "passing" : undefined,
  });
}
