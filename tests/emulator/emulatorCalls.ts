import { createHash, createHmac, randomUUID } from "node:crypto";
import type { Emulator } from "../../emulator";
import { startStrictEmulator } from "../support/startStrictEmulator";

/** What came back. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

/** How a call departs from an ordinary one. */
export interface Departures {
  method?: "GET" | "POST";
  in?: "query" | "form";
  secret?: string;
  /** Common parameters (V1) or headers (V3) to set; undefined leaves one out. */
  common?: Record<string, string | undefined>;
  /** What is changed after signing. */
  tamper?: (signed: string) => string;
}

export const versions = {
  Ram: "2015-05-01",
  Bastionhost: "2019-12-09",
  Eiam: "2021-12-01",
  Sts: "2015-04-01",
};
export type Product = keyof typeof versions;
type Params = Record<string, string>;

/** Starts an emulator before the tests of a file, empties it before each, and stops it afterwards. */
export function useEmulator(): Emulator {
  let running: Emulator | undefined;
  beforeAll(async () => void (running = await startStrictEmulator()));
  beforeEach(() => running?.control.reset());
  afterAll(() => running?.close());
  return new Proxy({} as Emulator, { get: (_target, name) => Reflect.get(running ?? {}, name) });
}

/** The functions that call one product of an emulator. */
export function callerOf(emulator: Emulator, product: Product, fixed: Params = {}) {
  return (action: string, params: Params = {}, departures: Departures = {}) =>
    callV1(emulator.url, product, action, { ...fixed, ...params }, departures);
}

/** Calls with a V1 signature, made here and not by the emulator's own code. */
export async function callV1(
  url: string,
  product: Product,
  action: string,
  params: Params = {},
  {
    method = "POST",
    in: place = "form",
    secret = "testsecret",
    common = {},
    tamper = (text) => text,
  }: Departures = {},
): Promise<Reply> {
  const usual = {
    Action: action,
    Version: versions[product],
    Format: "JSON",
    AccessKeyId: "testid",
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    SignatureNonce: randomUUID(),
    Timestamp: timestamp(),
  };
  const canonical = canonicalQuery({ ...usual, ...common, ...params });
  const signature = createHmac("sha1", `${secret}&`)
    .update(`${method}&%2F&${encode(canonical)}`)
    .digest("base64");
  const sent = tamper(`${canonical}&Signature=${encode(signature)}`);
  if (method === "GET" || place === "query") return receive(await fetch(`${url}/?${sent}`, { method }));
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return receive(await fetch(`${url}/`, { method, headers, body: sent }));
}

/** Calls with a V3 signature, made here and not by the emulator's own code. */
export async function callV3(
  url: string,
  product: Product,
  action: string,
  params: Params = {},
  { method = "POST", secret = "testsecret", common = {}, tamper = (text) => text }: Departures = {},
): Promise<Reply> {
  const usual = {
    host: new URL(url).host,
    "x-acs-action": action,
    "x-acs-version": versions[product],
    "x-acs-date": timestamp(),
    "x-acs-signature-nonce": randomUUID(),
    "x-acs-content-sha256": sha256(""),
  };
  const given = Object.entries({ ...usual, ...common }).filter(
    (entry): entry is [string, string] => !!entry[1],
  );
  const headers = Object.fromEntries(given.sort(([left], [right]) => (left < right ? -1 : 1)));
  const signed = Object.keys(headers).filter((name) => name === "host" || name.startsWith("x-acs-"));
  const lines = signed.map((name) => `${name}:${headers[name]}\n`).join("");
  const canonical = [method, "/", canonicalQuery(params), lines, signed.join(";"), sha256("")].join("\n");
  const toSign = `ACS3-HMAC-SHA256\n${sha256(canonical)}`;
  const signature = createHmac("sha256", secret).update(toSign).digest("hex");
  const key = common["x-acs-accesskey-id"] ?? "testid";
  const authorization = `ACS3-HMAC-SHA256 Credential=${key},SignedHeaders=${signed.join(";")},Signature=${signature}`;
  const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "host"));
  return receive(
    await fetch(tamper(`${url}/?${canonicalQuery(params)}`), { method, headers: { ...sent, authorization } }),
  );
}

/** The moment in the form that both signatures take. */
export function timestamp(moment = new Date()): string {
  return moment.toISOString().replace(/\.\d{3}Z$/, "Z");
}

async function receive(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}

function canonicalQuery(params: Record<string, string | undefined>): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const sorted = given.sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

function encode(text: string): string {
  const rest = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, rest);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
