import { setTimeout } from "node:timers/promises";

/** The time, and waiting for it to pass. Tests bring one of their own. */
export interface Clock {
  /** Milliseconds since the process began. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The machine's clock, which no correction of the date moves. */
export const machineClock: Clock = { now: () => performance.now(), sleep: (ms) => setTimeout(ms) };
