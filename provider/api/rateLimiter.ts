import { type Clock, machineClock } from "./clock";
import { longestAskedMs } from "./retry";

/** Calls that may go out at once after a pause, so that a late timer costs no throughput. */
const burst = 3;
/** What is left of the rate when the API says that it was too high. */
const cut = 0.7;
/** The rate is cut once in this time, since calls under way were still sent at the old rate; in milliseconds. */
const cutPauseMs = 1000;
/** What a second wins back: this part of the rate that is aimed at, and no less than this many calls per second. */
const regained = { part: 0.05, least: 0.5 };

/** Lets calls through at a rate that adapts to what the API takes; shared by all calls to one service of one account. */
export interface RateLimiter {
  /** Returns when the next call may be sent; first come, first served. */
  acquire(): Promise<void>;
  /** The API said that the rate was too high, and perhaps for how long nothing should be sent: a longer time than the rate limiter's longest pause counts for nothing. */
  throttled(retryAfterMs: number | undefined): void;
  /** Calls per second that are let through now; `Infinity` while the API has not complained. */
  rate(): number;
}

/**
 * A rate limiter that starts at `ceiling` calls per second (none: as fast as calls come) and never goes above it. A
 * throttling answer takes a part of the rate away, and time gives the same to everyone, so that processes which share a
 * limit and do not know of each other settle on equal shares of it. A pause that the API asks for is kept when it is no
 * longer than `longestPauseMs`.
 */
export function createRateLimiter(
  ceiling = Infinity,
  clock: Clock = machineClock,
  longestPauseMs = longestAskedMs,
): RateLimiter {
  let rate = ceiling;
  let aim = ceiling;
  let nextAt = -Infinity;
  let lastCut = -Infinity;
  let grownAt = clock.now();
  let line: Promise<void> = Promise.resolve();
  const recent: number[] = [];

  const remember = (now: number): void => {
    recent.push(now);
    while (recent.length > 0 && now - (recent[0] as number) >= 1000) recent.shift();
  };

  const grow = (now: number): void => {
    const seconds = (now - grownAt) / 1000;
    grownAt = now;
    if (rate < ceiling)
      rate = Math.min(ceiling, rate + seconds * Math.max(regained.least, regained.part * aim));
  };

  /** Whoever is first in line looks again after each wait, since a pause or a cut may have come meanwhile. */
  const pass = async (): Promise<void> => {
    for (let now = clock.now(); now < nextAt; now = clock.now()) await clock.sleep(nextAt - now);
    const now = clock.now();
    grow(now);
    const interval = 1000 / rate;
    nextAt = Math.max(nextAt, now - (burst - 1) * interval) + interval;
    remember(now);
  };

  return {
    acquire: () => (line = line.then(pass)),
    throttled(retryAfterMs = 0) {
      const now = clock.now();
      // Calls that are to wait longer fail, and need not stand in line for it.
      if (retryAfterMs <= longestPauseMs) nextAt = Math.max(nextAt, now + retryAfterMs);
      if (now - lastCut < cutPauseMs) return;
      grow(now);
      lastCut = now;
      if (!Number.isFinite(aim)) rate = aim = recent.length;
      rate *= cut;
    },
    rate: () => rate,
  };
}
