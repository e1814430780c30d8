import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { markdownFormat } from "./markdownFormat";
import { isAccepted, isDrift, type Report } from "./report";

/** The forms of message that can be sent. */
export const notifyKinds = ["json", "slack", "dingtalk", "feishu"] as const;

/** Where a message goes. */
export interface Recipient {
  url: string;
  /** What the receiver reads; told by the host when left out. */
  kind: (typeof notifyKinds)[number] | undefined;
  /** The key with which DingTalk and Feishu check that the message is genuine. */
  secret: string | undefined;
}

const longestMs = 10_000;
const waitsMs = [1000, 4000];
/** DingTalk and Feishu refuse messages above some 20 KB, Slack above 40,000 characters. */
const messageCharacters = 5000;

/** Whether there is something to tell: drift that is new, an accept entry that no longer holds, or that something was not compared. */
export function isWorthTelling(report: Report): boolean {
  const isFresh = report.users.some(
    (user) => isDrift(user.status) && !isAccepted(user) && user.age !== "still",
  );
  return isFresh || !report.complete || report.acceptance.length > 0;
}

/** Sends the report, three times at most. Throws a sentence, without the URL, when nobody took it. */
export async function notify(report: Report, recipient: Recipient): Promise<void> {
  const kind = recipient.kind ?? kindOf(recipient.url);
  const { url, body } = messageOf(report, { ...recipient, kind }, Date.now());
  for (let attempt = 0; ; attempt++) {
    const failure = await post(url, body);
    if (failure === undefined) return;
    const wait = waitsMs[attempt];
    if (wait === undefined || !failure.isPassing)
      throw new Error(`The ${kind} message was not sent: ${failure.reason}. Check the URL and its key.`);
    await sleep(wait);
  }
}

function kindOf(url: string): (typeof notifyKinds)[number] {
  const { hostname } = new URL(url);
  if (hostname === "hooks.slack.com") return "slack";
  if (hostname === "oapi.dingtalk.com") return "dingtalk";
  return /(^|\.)(feishu\.cn|larksuite\.com)$/.test(hostname) ? "feishu" : "json";
}

/** The message for a receiver, signed as of a moment in milliseconds. */
export function messageOf(
  report: Report,
  { url, kind, secret }: Recipient,
  now: number,
): { url: string; body: object } {
  const text = markdownFormat(
    { ...report, users: report.users.filter(({ age }) => age !== "still") },
    messageCharacters,
  );
  const title = `${report.verdict === "drifted" ? "Drift" : "Drift report"}: ${report.stacks.map(({ name }) => name).join(", ")}`;
  if (kind === "slack") return { url, body: { text: slackText(text) } };
  if (kind === "dingtalk") {
    const signed = new URL(url);
    if (secret) {
      signed.searchParams.set("timestamp", String(now));
      signed.searchParams.set("sign", hmac(secret, `${now}\n${secret}`));
    }
    return { url: signed.href, body: { msgtype: "markdown", markdown: { title, text } } };
  }
  if (kind === "feishu") {
    const timestamp = String(Math.floor(now / 1000));
    // Feishu signs an empty text with the time and the key as the key.
    const signature = secret ? { timestamp, sign: hmac(`${timestamp}\n${secret}`, "") } : {};
    return { url, body: { ...signature, msg_type: "text", content: { text } } };
  }
  return { url, body: report };
}

const hmac = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("base64");

/** Slack's own markup knows three characters. */
const slackText = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** Sends once: nothing when it was taken, else the reason and whether it may pass. */
async function post(url: string, body: object): Promise<{ reason: string; isPassing: boolean } | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(longestMs),
    });
    const answer = (await response.json().catch(() => ({}))) as { errcode?: number; code?: number };
    // DingTalk and Feishu refuse with status 200.
    const refusal = answer.errcode ?? answer.code ?? 0;
    if (response.ok && refusal === 0) return undefined;
    const reason = response.ok
      ? `the receiver answered with code ${refusal}`
      : `HTTP status ${response.status}`;
    return { reason, isPassing: response.status >= 500 || response.status === 429 };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    return { reason: name === "TimeoutError" ? "no answer" : (cause?.code ?? name), isPassing: true };
  }
}
