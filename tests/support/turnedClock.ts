import type { Clock } from "../../provider/api/clock";

/** A clock that a test turns. */
export type TurnedClock = Clock & { turn(ms: number): Promise<void> };

/** A clock that stands still until it is turned; sleeps that are over by then end. */
export function turnedClock(): TurnedClock {
  let at = 0;
  let sleepers: { until: number; wake: () => void }[] = [];
  return {
    now: () => at,
    sleep: (ms) => new Promise((wake) => sleepers.push({ until: at + ms, wake })),
    async turn(ms) {
      at += ms;
      const due = sleepers.filter(({ until }) => until <= at);
      sleepers = sleepers.filter(({ until }) => until > at);
      due.forEach(({ wake }) => wake());
      await new Promise(setImmediate);
    },
  };
}
