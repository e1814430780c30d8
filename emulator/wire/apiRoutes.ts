import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Cloud } from "../cloud";
import type { ApiRequest } from "./apiCall";
import { render } from "./render";
import { type Outcome, serveCall } from "./serveCall";

const mebibyte = 1024 * 1024;

/** The one URL on which all three products answer. */
export function apiRoutes(cloud: Cloud) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    // The V3 signature covers the bytes of the body, so they must come here as they are.
    app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    app.route({
      method: ["GET", "POST"],
      url: "/",
      bodyLimit: 10 * mebibyte,
      handler: (request, reply) => handle(cloud, request, reply),
    });
  };
}

async function handle(cloud: Cloud, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const outcome = serveCall(cloud, apiRequestOf(request));
  if (outcome.delayMs > 0) await delay(outcome.delayMs, undefined, { ref: false });
  const requestId = randomUUID().toUpperCase();
  const { contentType, text } = render(outcome, requestId, request.headers.host ?? "");
  const headers = { "x-acs-request-id": requestId, "content-type": contentType, ...outcome.headers };
  if (outcome.delivery === "whole") return reply.code(outcome.status).headers(headers).send(text);
  reply.hijack();
  breakOff(reply.raw, outcome, headers, text);
  return reply;
}

/** Ends the connection in place of an answer, or in the middle of one. */
function breakOff(
  response: ServerResponse,
  { delivery, status }: Outcome,
  headers: Record<string, string>,
  text: string,
): void {
  if (delivery === "dropped") return void response.socket?.destroy();
  if (delivery === "reset") return void response.socket?.resetAndDestroy();
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, "content-length": bytes.length });
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy());
}

function apiRequestOf(request: FastifyRequest): ApiRequest {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  const queryAt = request.raw.url?.indexOf("?") ?? -1;
  return {
    method: request.method,
    headers: Object.fromEntries(headers),
    query: queryAt < 0 ? [] : pairsOf(request.raw.url?.slice(queryAt + 1) ?? ""),
    form: isForm ? pairsOf(body.toString("utf8")) : [],
    body,
  };
}

function pairsOf(text: string): [string, string][] {
  return [...new URLSearchParams(text)];
}
