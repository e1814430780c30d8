import { setTimeout as sleep } from "node:timers/promises";

/** Calls that may go out at once after a pause, so that a late timer costs no throughput. */
const burst = 3;
/** What is left of the rate when the API says that it was too high. */
const cut = 0.7;
/** How much of its rate a second without throttling wins back. */
const recovery = 0.1;
const slowest = 0.2;
/** Calls under way when the rate is cut were sent at the old one; they cut it no further, for this long. */
const cutPauseMs = 300;

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
 * A governor that starts at `ceiling` calls per second (none: as fast as calls come) and never goes above it. Each
 * throttling answer takes a part of the rate away, and time gives it back, so that processes that share a limit and
 * do not know of each other settle on shares of it.
 */
export function createGovernor(ceiling = Infinity, clock: () => number = () => performance.now()): Governor {
  let rate = ceiling;
  let nextAt = -Infinity;
  let lastCut = -Infinity;
  const recent: number[] = [];

  const reserve = (now: number): number => {
    const interval = 1000 / rate;
    const at = Math.max(nextAt, now - (burst - 1) * interval);
    nextAt = at + interval;
    return Math.max(0, at - now);
  };

  /** The rate of the last second, for a product whose limit nobody told. */
  const measured = (now: number): number => recent.filter((at) => now - at < 1000).length;

  const remember = (now: number): void => {
    recent.push(now);
    while (recent.length > 0 && now - (recent[0] as number) >= 1000) recent.shift();
  };

  return {
    async turn() {
      const wait = reserve(clock());
      if (wait > 0) await sleep(wait);
      remember(clock());
    },
    succeeded() {
      if (rate < ceiling) rate = Math.min(ceiling, rate + recovery);
    },
    throttled(retryAfterMs = 0) {
      const now = clock();
      nextAt = Math.max(nextAt, now + retryAfterMs);
      if (now - lastCut < cutPauseMs) return;
      lastCut = now;
      rate = Math.max(slowest, Math.min(rate, measured(now)) * cut);
    },
    rate: () => rate,
  };
}
