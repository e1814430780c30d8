import { setTimeout } from "node:timers/promises";

/** How long further requests of the engine are waited for, in milliseconds. */
const windowMs = 25;

/** Counts a request of this kind, and returns how many of them have come when the first window has passed. */
export type BatchWindow = (kind: string) => Promise<number>;

/**
 * Counts how many requests of a kind come together. The engine reads its users side by side and does not say how many
 * there are, which decides whether they are better read from a list. Only the first requests wait for each other.
 */
export function createBatchWindow(): BatchWindow {
  const counts = new Map<string, number>();
  const windows = new Map<string, Promise<unknown>>();
  return async (kind) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const window = windows.get(kind) ?? setTimeout(windowMs);
    windows.set(kind, window);
    await window;
    return counts.get(kind) as number;
  };
}
