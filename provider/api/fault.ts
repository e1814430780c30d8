import type { Wire } from "../core/wire";
import { showText } from "../core/showText";
import { commonFaults } from "./commonFaults";
import type { FaultKind, Service } from "../core/service";

/**
 * A call that the API refused or never answered. Its message says what was tried, what the API said and what to do;
 * it holds no parameter, body, path or credential, and shows what the API said by `showText`.
 */
export class ApiFault extends Error {
  override readonly name = "ApiFault";

  readonly kind: FaultKind;
  /** The name of the API. */
  readonly service: string;
  readonly action: string;
  /** The vendor's code, or the code of the network failure. */
  readonly code: string;
  readonly requestId: string | undefined;
  /** How long the API asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The way on which the API was not reached, in words. */
  readonly route: string | undefined;
  /** The HTTP status of a refusal. */
  readonly status: number | undefined;
  /** `lasting` where somebody has to change something first, `passing` where the service may answer soon. */
  readonly outlook: "lasting" | "passing" | undefined;

  constructor({ message, ...facts }: FaultFacts) {
    super(message);
    this.kind = facts.kind;
    this.service = facts.service;
    this.action = facts.action;
    this.code = facts.code;
    this.requestId = facts.requestId;
    this.retryAfterMs = facts.retryAfterMs;
    this.route = facts.route;
    this.status = facts.status;
    this.outlook = facts.outlook;
  }
}

/** What a fault tells. */
interface FaultFacts {
  kind: FaultKind;
  service: string;
  action: string;
  code: string;
  message: string;
  requestId?: string | undefined;
  retryAfterMs?: number | undefined;
  route?: string | undefined;
  status?: number | undefined;
  outlook?: ApiFault["outlook"];
}

/** What an error of pop-core or of the network offers, none of which may be relied on. */
interface Thrown {
  code?: unknown;
  data?: Wire;
  entry?: { response?: { statusCode?: number; headers?: Record<string, string | undefined> } };
}

/** Turns what a client threw for one call into a fault; `route` says in words where the call went. */
export function faultOf(service: Service, action: string, thrown: unknown, route = ""): ApiFault {
  const { data, entry } = thrown as Thrown;
  if (data === undefined) return unanswered(service, action, thrown as Thrown & Error, route);
  const said = { code: text(data.Code ?? data.code), message: text(data.Message ?? data.message) };
  const { statusCode, headers = {} } = entry?.response ?? {};
  const retryAfterMs = retryAfterOf(headers);
  const requestId = text(data.RequestId ?? data.requestId) || undefined;
  const outlook = (statusCode ?? 0) >= 500 ? "passing" : undefined;
  const facts = { retryAfterMs, status: statusCode, outlook } as const;
  if (said.code === "") return noAnswer(service, action, `HTTP ${statusCode}`, facts);
  const fault = refusal(service, action, said, { requestId, ...facts });
  // What is acted on as if the API had said so must have been said by the API.
  const isActedOn = ["notFound", "conflict", "tokenReused", "throttled"].includes(fault.kind);
  return isActedOn && requestId === undefined
    ? noAnswer(service, action, "RequestId is missing", facts)
    : fault;
}

/** The fault of an answer that cannot be the API's, and so says nothing about what became of the call. */
export function noAnswer(
  service: Service,
  action: string,
  problem: string,
  facts: Pick<FaultFacts, "retryAfterMs" | "status" | "outlook"> = {},
): ApiFault {
  const what = `answered ${action} with something that is not an answer of the API (${showText(problem)}), perhaps a proxy's page`;
  return unavailable(service, action, { code: "InvalidAnswer", what, advice: checkEndpoint, ...facts });
}

/** What there is to say of a call that got no answer. */
interface Loss {
  /** `unreached` where it is certain that the call was not sent. */
  kind?: "unreached" | "unavailable";
  code: string;
  /** What the API did; the sentence begins with the API's name. */
  what: string;
  advice: string;
  retryAfterMs?: number | undefined;
  route?: string | undefined;
  status?: number | undefined;
  outlook?: ApiFault["outlook"];
}

/** The fault of a call that got no answer: nobody knows whether it was carried out, unless it was not sent. */
export function unavailable({ name }: Pick<Service, "name">, action: string, loss: Loss): ApiFault {
  const { kind = "unavailable", code, what, advice, ...more } = loss;
  const message = `${name} ${what}. Nothing was dropped from the state. ${advice}`;
  return new ApiFault({ kind, service: name, action, code, message, ...more });
}

/** The fault of a call that was not sent, since no request can hold a text of this parameter. */
export function unsendable({ name }: Service, action: string, parameter: string): ApiFault {
  const message =
    `${action} was not sent to ${name}: ${parameter} holds half a character (a lone surrogate), which cannot be sent. ` +
    `Take it out.`;
  return new ApiFault({ kind: "invalid", service: name, action, code: "UnsendableText", message });
}

/** What to check where the API, or the way to it, does not answer as it should. */
export const checkEndpoint =
  "Check the network, the proxy (HTTPS_PROXY, NO_PROXY), the region and the endpoint " +
  "(alicloud:region, alicloud:endpoints, ALICLOUD_USERS_ENDPOINT).";

const unknownCode =
  "Look the code up in the API's error center; its support finds the call by the request id.";

/** What to do about a fault whose code has no advice of its own. */
const adviceFor: Partial<Record<FaultKind, string>> = {
  notFound: "It was deleted in the meantime; run pulumi up again.",
  conflict: "Run pulumi up again; if it happens again, another client is changing the same user.",
};

/** The fault for a code that the API answered with, whatever the status. */
export function refusal(
  service: Service,
  action: string,
  { code, message: words }: { code: string; message: string },
  extra: Pick<FaultFacts, "requestId" | "retryAfterMs" | "status" | "outlook"> = {},
): ApiFault {
  const [, kind = "other", own] =
    [...service.faults, ...commonFaults].find(([pattern]) => pattern.test(code)) ?? [];
  const advice = own ?? adviceFor[kind] ?? unknownCode;
  const shown = showText(withoutSigned(words));
  const request = extra.requestId ? `, request ${showText(extra.requestId)}` : "";
  const said = `${showText(code)}${shown && `: ${shown}`}${request}`;
  const message = `${service.name} refused ${action} (${said}). ${advice}`.trim();
  return new ApiFault({ kind, service: service.name, action, code, message, ...extra });
}

/** The fault of a call that was not sent any more, since somebody cancelled the run. */
export function cancelled({ name }: Service, action: string): ApiFault {
  const message = `${action} was not sent to ${name}: the run was cancelled. Nothing is lost; run pulumi up again.`;
  return new ApiFault({ kind: "other", service: name, action, code: "Cancelled", message });
}

function unanswered(service: Service, action: string, thrown: Thrown & Error, route: string): ApiFault {
  const { name, code } = thrown;
  if (name === "SyntaxError")
    return unavailable(service, action, {
      code: "InvalidAnswer",
      what: `answered ${action} with something that is not JSON, perhaps a proxy's error page`,
      advice: checkEndpoint,
      outlook: "passing",
    });
  // pop-core stumbles over an answer that is `null`.
  if (name === "TypeError" && code === undefined) return noAnswer(service, action, "it is not an object");
  const timedOut = name.includes("Timeout");
  const reason = timedOut ? "Timeout" : text(code) || "NoAnswer";
  return unavailable(service, action, {
    code: reason,
    outlook: "passing",
    what: unreachable(reason, action, route),
    advice: timedOut
      ? `${checkEndpoint} If the answer only takes long, raise alicloud:clientReadTimeout.`
      : checkEndpoint,
  });
}

/** What became of a call that no answer came to. */
export function unreachable(reason: string, action: string, route: string): string {
  return `could not be reached (${showText(reason)}) for ${action}${route && ` ${route}`}`;
}

/** The API's wait, in milliseconds: its own header counts milliseconds, the standard one seconds or names a date. */
function retryAfterOf(headers: Record<string, string | undefined>): number | undefined {
  const own = numberOf(headers["x-acs-retry-after"]);
  const standard = headers["retry-after"] ?? "";
  const asked = [own, numberOf(standard) * 1000, Date.parse(standard) - Date.now()];
  return asked.find((ms) => ms > 0);
}

/** Digits as a number, anything else as NaN. */
function numberOf(digits = ""): number {
  return /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : NaN;
}

/** A signature fault echoes the string that was signed, with every parameter in it; so it is cut there. */
function withoutSigned(message: string): string {
  const [before] = message.split(
    /[\s,;:]*(?:server )?(?:string\s?to\s?sign|canonical\s?(?:request|string))/i,
  );
  return (before as string).replace(/[.\s]+$/, "");
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
