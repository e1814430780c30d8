import type { Clock } from "../../provider/api/clock";

/** A clock whose time passes in sleeps only, and takes none. */
export type PassingClock = Clock & { at: number; slept: number };

/** A clock of a process that has run for an hour, unless told. */
export function passingClock(start = 3_600_000): PassingClock {
  const clock = {
    at: start,
    slept: 0,
    now: () => clock.at,
    async sleep(ms: number) {
      clock.at += ms;
      clock.slept += ms;
    },
  };
  return clock;
}
