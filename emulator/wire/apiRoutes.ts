import { randomUUID } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import type { Cloud } from "../cloud";
import type { ApiRequest } from "./apiCall";
import { readBody } from "./readBody";
import { render } from "./render";
import { type Outcome, serveCall } from "./serveCall";

const mebibyte = 1024 * 1024;

type Bindings = { Bindings: HttpBindings };
type Pause = (milliseconds: number) => void;

/** The one URL on which all products answer; `pause` is how the whole server stops listening for a while. */
export function apiRoutes(cloud: Cloud, pause: Pause): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.on(["GET", "POST"], "/", (context) => handle(cloud, pause, context));
  return app;
}

async function handle(cloud: Cloud, pause: Pause, context: Context<Bindings>): Promise<Response> {
  // Node's own streams, which are twice as fast here as those of a Request and a Response.
  const { incoming, outgoing } = context.env;
  // Hono hands a HEAD to the route of a GET, and would answer it once more.
  if (incoming.method === "HEAD") return context.body(null, 405, { allow: "GET, POST" });
  const body = await readBody(incoming, 10 * mebibyte);
  if (!body) return context.text("A request has at most 10 MiB.", 413);
  const outcome = serveCall(cloud, apiRequestOf(incoming, body));
  if (outcome.delayMs > 0) await delay(outcome.delayMs, undefined, { ref: false });
  const requestId = randomUUID().toUpperCase();
  const { contentType, text } = render(outcome, requestId, incoming.headers.host ?? "");
  const bytes = Buffer.from(text);
  const headers = {
    "x-acs-request-id": requestId,
    "content-type": contentType,
    "content-length": bytes.length,
    ...outcome.headers,
  };
  if (outcome.delivery === "outage") pause(outcome.downMs);
  else deliver(outgoing, outcome, headers, bytes);
  return RESPONSE_ALREADY_SENT;
}

/** Sends an answer, or ends the connection in its place or in the middle of it. */
function deliver(
  outgoing: HttpBindings["outgoing"],
  { delivery, status }: Outcome,
  headers: OutgoingHttpHeaders,
  bytes: Buffer,
): void {
  if (delivery === "dropped") return void outgoing.socket?.destroy();
  if (delivery === "reset") return void outgoing.socket?.resetAndDestroy();
  outgoing.writeHead(status, headers);
  if (delivery === "whole") return void outgoing.end(bytes);
  outgoing.write(bytes.subarray(0, bytes.length >> 1), () => outgoing.socket?.destroy());
}

function apiRequestOf(incoming: HttpBindings["incoming"], body: Buffer): ApiRequest {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const);
  const isForm = incoming.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  const [, query = ""] = (incoming.url ?? "").split(/\?(.*)/s);
  return {
    method: incoming.method ?? "",
    headers: Object.fromEntries(headers),
    query: pairsOf(query),
    form: isForm ? pairsOf(body.toString("utf8")) : [],
    body,
  };
}

function pairsOf(text: string): [string, string][] {
  return [...new URLSearchParams(text)];
}
