import type { ApiFault } from "./fault";

const firstWaitMs = 250;
const longestWaitMs = 20_000;
/** A throttled call waits no longer than this on top of its turn: the rate limiter sees to the rate. */
const longestThrottledMs = 2000;
/** Tries of a call that was not answered, unless the deadline comes first; throttled calls are tried until the deadline. */
const tries = 4;
/** How long a call is repeated unless the settings say otherwise, in milliseconds. */
export const deadlineMs = 10 * 60_000;

/** The longest wait that the API may ask for, in milliseconds; a call that is to wait longer fails at once. */
export const longestAskedMs = 2 * 60_000;

/** What `retryAfter` knows of the call so far. */
export interface Attempt {
  /** 1 for the first try. */
  number: number;
  /** Since the first try, in milliseconds. */
  elapsedMs: number;
  /** Whether the call may be carried out twice without harm. */
  repeatable: boolean;
  /** How long the call may be repeated, in milliseconds since the first try. */
  deadlineMs: number;
}

/**
 * How long to wait before the call is sent again, in milliseconds; nothing when it must not be. Waits double, are
 * drawn at random so that processes part, and are never shorter than the API asked for. What asks for
 * more than `longestAskedMs` is not sent again.
 */
export function retryAfter(
  fault: ApiFault,
  attempt: Attempt,
  random: () => number = Math.random,
): number | undefined {
  const asked = fault.retryAfterMs ?? 0;
  if (asked > longestAskedMs || attempt.elapsedMs + asked >= attempt.deadlineMs) return undefined;
  const repeatable = fault.kind === "unreached" || (fault.kind === "unavailable" && attempt.repeatable);
  const lost = repeatable && attempt.number < tries;
  const waiting = fault.kind === "throttled";
  if (!lost && !waiting) return undefined;
  const longest = waiting ? longestThrottledMs : longestWaitMs;
  const ceiling = Math.min(longest, firstWaitMs * 2 ** (attempt.number - 1));
  return Math.max(asked, ceiling / 2 + (random() * ceiling) / 2);
}

/** The longest wait that is kept under this deadline. */
export function longestAskedOf(deadline: number): number {
  return Math.min(longestAskedMs, deadline);
}

/** A sentence about the wait that the API asked for, and was not kept; nothing where it asked for none. */
export function askedWait({ retryAfterMs }: ApiFault, deadline: number): string | undefined {
  if (retryAfterMs === undefined) return undefined;
  const [asked, longest] = [retryAfterMs, longestAskedOf(deadline)].map((ms) => `${Math.ceil(ms / 1000)} s`);
  return `The API asked to wait ${asked} before the call is sent again (at most ${longest} are waited); run again after that time.`;
}
