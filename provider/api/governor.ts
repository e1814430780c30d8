import { setTimeout as sleep } from "node:timers/promises";

/** Calls that may go out at once after a pause, so that a late timer costs no throughput. */
const burst = 3;
/** What is left of the rate when the API says that it was too high. */
const cut = 0.7;
/** The rate is cut once in this time, since calls under way were still sent at the old rate; in milliseconds. */
const cutPauseMs = 1000;
/** What a second wins back: this part of the rate that is aimed at, and no less than this many calls per second. */
const regained = { part: 0.05, least: 0.5 };
const slowest = 0.2;

/** Lets calls through at a rate that adapts to what the API takes; shared by all calls to one product of one account. */
export interface Governor {
  /** Returns when the next call may be sent. */
  turn(): Promise<void>;
  /** A call got through. */
  succeeded(): void;
  /** The API said that the rate was too high, and perhaps for how long nothing should be sent. */
  throttled(retryAfterMs: number | undefined): void;
  /** Calls per second that are let through now; `Infinity` while the API has not complained. */
  rate(): number;
}

/**
 * A governor that starts at `ceiling` calls per second (none: as fast as calls come) and never goes above it. A
 * throttling answer takes a part of the rate away, and time gives the same to everyone, so that processes which share a
 * limit and do not know of each other settle on equal shares of it.
 */
export function createGovernor(ceiling = Infinity, clock: () => number = () => performance.now()): Governor {
  let rate = ceiling;
  let aim = ceiling;
  let nextAt = -Infinity;
  let lastCut = -Infinity;
  let grownAt = clock();
  const recent: number[] = [];

  const reserve = (now: number): number => {
    const interval = 1000 / rate;
    const at = Math.max(nextAt, now - (burst - 1) * interval);
    nextAt = at + interval;
    return Math.max(0, at - now);
  };

  const remember = (now: number): void => {
    recent.push(now);
    while (recent.length > 0 && now - (recent[0] as number) >= 1000) recent.shift();
  };

  const grow = (now: number): void => {
    const seconds = Math.min(1, (now - grownAt) / 1000);
    grownAt = now;
    rate = Math.min(ceiling, rate + seconds * Math.max(regained.least, regained.part * aim));
  };

  return {
    async turn() {
      const wait = reserve(clock());
      if (wait > 0) await sleep(wait);
      remember(clock());
    },
    succeeded() {
      if (rate < ceiling) grow(clock());
    },
    throttled(retryAfterMs = 0) {
      const now = clock();
      nextAt = Math.max(nextAt, now + retryAfterMs);
      if (now - lastCut < cutPauseMs) return;
      lastCut = now;
      if (!Number.isFinite(aim)) rate = aim = recent.length;
      rate = Math.max(slowest, rate * cut);
    },
    rate: () => rate,
  };
}
