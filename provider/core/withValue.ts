import { secretMark } from "./secrets";
import { showValue } from "./showText";

/** Longer values are not shown, in characters of their JSON text. */
const longest = 60;

/** A reason why a value is wrong, with the value; without it where it is empty, long, or holds a secret of the request. */
export function withValue(reason: string, value: unknown): string {
  const text = jsonOf(value);
  if (text === undefined || text === '""' || text.length > longest) return reason;
  const shown = showValue(value);
  if (shown.includes(secretMark)) return reason;
  const isOneSentence = !/\. \S/.test(reason);
  return isOneSentence ? `${reason.replace(/\.$/, "")}; it is ${shown}.` : `${reason} It is ${shown}.`;
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // A bigint, which no attribute takes.
    return undefined;
  }
}
