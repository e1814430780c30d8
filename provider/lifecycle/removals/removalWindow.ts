import type { Clock } from "../../api/clock";

/** How long further removals are waited for: after the latest one, and in all. In milliseconds. */
const usual = { quietMs: 150, longestMs: 2000 };

/**
 * Returns a function that resolves once no further removal has come for a moment. The engine asks for removals side by
 * side and does not say how many there are; those that come together wait for each other and are then counted.
 */
export function createRemovalWindow(clock: Clock, waits = usual): () => Promise<void> {
  let open: { first: number; latest: number; closed: Promise<void> } | undefined;

  const close = async (): Promise<void> => {
    for (;;) {
      const { first, latest } = open as NonNullable<typeof open>;
      const left = Math.min(latest + waits.quietMs, first + waits.longestMs) - clock.now();
      if (left <= 0) break;
      await clock.sleep(left);
    }
    open = undefined;
  };

  return () => {
    const now = clock.now();
    if (open) open.latest = now;
    else {
      open = { first: now, latest: now, closed: Promise.resolve() };
      open.closed = close();
    }
    return open.closed;
  };
}
