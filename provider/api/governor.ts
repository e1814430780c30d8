import { setTimeout as sleep } from "node:timers/promises";

/** Lets calls through at a bounded rate; shared by every call to one product with one account. */
export interface Governor {
  /** Returns when the next call may be sent. */
  turn(): Promise<void>;
  succeeded(): void;
  /** The API said that the rate was too high; no call is sent for this many milliseconds. */
  throttled(waitMs: number): void;
}

/** A governor for at most this many calls per second, evenly spaced; without a number, as fast as the API allows. */
export function createGovernor(callsPerSecond: number | undefined): Governor {
  const spacing = callsPerSecond === undefined ? 0 : 1000 / callsPerSecond;
  let free = 0;
  return {
    async turn() {
      const now = performance.now();
      const at = Math.max(now, free);
      free = at + spacing;
      if (at > now) await sleep(at - now);
    },
    succeeded() {},
    throttled(waitMs) {
      free = Math.max(free, performance.now() + waitMs);
    },
  };
}
