import type { ApiFault } from "./fault";

const firstWaitMs = 250;
const longestWaitMs = 5000;
/** A throttled call waits no longer than this on top of its turn: the rate limiter sees to the rate. */
const longestThrottledMs = 2000;
/** Tries of a call that was not answered, unless the deadline comes first; throttled calls are tried until the deadline. */
const tries = 4;
/** How long a service that may answer soon is waited for, in milliseconds: by a read however often, else for those tries. */
const patienceMs = 30_000;
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
  /** Whether the call only reads. */
  reads: boolean;
  /** Whether an earlier read was given up, and nothing was answered since: this one need not wait as long. */
  isDown: boolean;
  /** How long the call may be repeated, in milliseconds since the first try. */
  deadlineMs: number;
}

/**
 * How long to wait before the call is sent again, in milliseconds; nothing when it must not be. Waits double, are
 * drawn at random so that processes part, and are never shorter than the API asked for. What asks for
 * more than `longestAskedMs` is not sent again, nor what does not heal.
 */
export function retryAfter(
  fault: ApiFault,
  attempt: Attempt,
  random: () => number = Math.random,
): number | undefined {
  const asked = fault.retryAfterMs ?? 0;
  if (asked > longestAskedMs || attempt.elapsedMs + asked >= attempt.deadlineMs) return undefined;
  const longest = fault.kind === "throttled" ? longestThrottledMs : longestWaitMs;
  const ceiling = Math.min(longest, firstWaitMs * 2 ** (attempt.number - 1));
  const waitMs = Math.max(asked, ceiling / 2 + (random() * ceiling) / 2);
  return fault.kind === "throttled" || isTriedAgain(fault, attempt, waitMs) ? waitMs : undefined;
}

/** Whether a call without an answer is sent again after this wait. */
function isTriedAgain({ kind, outlook }: ApiFault, attempt: Attempt, waitMs: number): boolean {
  const isSafe = kind === "unreached" || (kind === "unavailable" && attempt.repeatable);
  if (!isSafe || outlook === "lasting" || (attempt.reads && attempt.isDown)) return false;
  // A connection that takes as long as this to fail is not waited for again.
  if (attempt.number < tries) return kind !== "unreached" || attempt.elapsedMs < patienceMs;
  return attempt.reads && outlook === "passing" && attempt.elapsedMs + waitMs <= patienceMs;
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

/** A sentence about how often a call was sent without an answer, and for how long; nothing for one that was refused for good. */
export function triedFor({ kind }: ApiFault, number: number, elapsedMs: number): string | undefined {
  if (!["unreached", "unavailable", "throttled"].includes(kind)) return undefined;
  return number === 1 ? "Tried once." : `Tried ${number} times within ${Math.ceil(elapsedMs / 1000)} s.`;
}
