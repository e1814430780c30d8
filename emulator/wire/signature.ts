import { createHmac } from "node:crypto";
import { digest } from "../product/digest";

/** Names and values of a query or a form, decoded. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** Percent-encodes by RFC 3986, as both signatures demand. */
export function percentEncode(text: string): string {
  const rest = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, rest);
}

/** The text that a V1 signature signs. */
export function stringToSignV1(method: string, params: Pairs): string {
  const signed = params.filter(([name]) => name !== "Signature");
  return `${method}&${percentEncode("/")}&${percentEncode(canonicalQuery(signed))}`;
}

/** The V1 signature: HMAC-SHA1 over query and form together. */
export function signatureV1(stringToSign: string, secret: string): string {
  return createHmac("sha1", `${secret}&`).update(stringToSign, "utf8").digest("base64");
}

/** What goes into the canonical request of a V3 signature. */
export interface V3Request {
  method: string;
  query: Pairs;
  /** Header values by lower-case name. */
  headers: Readonly<Record<string, string>>;
  /** The lower-case names of the signed headers. */
  signedHeaders: readonly string[];
  body: Buffer;
}

/** The canonical request of a V3 signature. */
export function canonicalRequestV3(request: V3Request): string {
  const names = [...request.signedHeaders].sort();
  const valueOf = (name: string) => (Object.hasOwn(request.headers, name) ? request.headers[name]! : "");
  const headers = names.map((name) => `${name}:${valueOf(name).trim()}\n`);
  const parts = [request.method, "/", canonicalQuery(request.query), headers.join(""), names.join(";")];
  return [...parts, digest(request.body)].join("\n");
}

/** The text that a V3 signature signs. */
export function stringToSignV3(canonicalRequest: string): string {
  return `ACS3-HMAC-SHA256\n${digest(canonicalRequest)}`;
}

/** The V3 signature: HMAC-SHA256 over the digest of the canonical request. */
export function signatureV3(stringToSign: string, secret: string): string {
  return createHmac("sha256", secret).update(stringToSign, "utf8").digest("hex");
}

function canonicalQuery(pairs: Pairs): string {
  const sorted = [...pairs].sort(([left], [right]) => (left < right ? -1 : Number(left > right)));
  return sorted.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join("&");
}
