import { AsyncLocalStorage } from "node:async_hooks";
import { decodingsOf } from "./decodings";

/** What stands in a text in place of a secret. */
export const secretMark = "[secret]";

/** The secrets of the request that is being answered. */
const running = new AsyncLocalStorage<readonly Secret[]>();

interface Secret {
  pattern: RegExp;
  /** Of so few characters that it may stand in a text by chance. */
  isShort: boolean;
}

/** A signature of the API's first version: the base64 text of 20 bytes. */
const signature: Secret = { pattern: /(?<![a-z\d+/])[a-z\d+/]{27}=/giu, isShort: false };

/**
 * Runs work, in all of which, whatever it awaits, `hideSecrets` hides the texts and numbers in these values, at any depth
 * of lists and objects. Inside another such work it hides the secrets of both.
 */
export function withSecrets<T>(values: readonly unknown[], work: () => T): T {
  const texts = new Set(values.flatMap(textsIn).map((text) => text.trim()));
  texts.delete("");
  const secrets = [...texts].map(secretOf);
  return secrets.length === 0 ? work() : running.run([...(running.getStore() ?? []), ...secrets], work);
}

/**
 * The text without the secrets of the running request, in whichever of the usual encodings they stand in it. A secret of
 * up to three characters counts only as a word of its own, and then the whole text is hidden: what is left would tell it.
 */
export function hideSecrets(text: string): string {
  const secrets = [signature, ...(running.getStore() ?? [])];
  const found = decodingsOf(text).flatMap(({ text: decoded, starts, ends }) =>
    secrets.flatMap(({ pattern, isShort }) =>
      [...decoded.matchAll(pattern)].map(({ 0: match, index }) => ({
        isShort,
        start: starts[index] as number,
        end: ends[index + match.length - 1] as number,
      })),
    ),
  );
  return found.some(({ isShort }) => isShort) ? secretMark : without(text, found);
}

/** The text with a mark in place of each stretch; those that overlap share one. */
function without(text: string, stretches: { start: number; end: number }[]): string {
  let shown = "";
  let done = 0;
  for (const { start, end } of stretches.sort((a, b) => a.start - b.start)) {
    if (start >= done) shown += text.slice(done, start) + secretMark;
    done = Math.max(done, end);
  }
  return shown + text.slice(done);
}

function secretOf(text: string): Secret {
  const isShort = [...text].length <= 3;
  const literal = text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const source = isShort ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal;
  return { pattern: new RegExp(source, "giu"), isShort };
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
}
