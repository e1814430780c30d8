import { setTimeout } from "node:timers/promises";

/** How long the engine's other requests are waited for, in milliseconds. */
const windowMs = 25;

/** Counts a request of this kind, and tells how many came together. */
export type Gather = (kind: string) => Promise<number>;

/**
 * Tells how many requests of a kind come at a time: the engine reads its users side by side and does not say how many
 * there are, which decides whether they are better read from a list. Only the first ones wait for each other.
 */
export function createGather(): Gather {
  const counts = new Map<string, number>();
  const windows = new Map<string, Promise<unknown>>();
  return async (kind) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const open = windows.get(kind) ?? setTimeout(windowMs);
    windows.set(kind, open);
    await open;
    return counts.get(kind) as number;
  };
}
