import type { Stack } from "../stack";
import { createStack } from "../stack";
import type { EmulatorProcess } from "./emulatorProcess";

/** What every measurement works with. */
export interface Bench {
  emulator: EmulatorProcess;
  full: boolean;
  progress: (line: string) => void;
}

/** The latency of the API where times are compared. */
export const latencyMs = 20;

/** Does some work on a stack of its own, which knows the emulator. */
export async function onStack<T>(bench: Bench, work: (stack: Stack) => Promise<T>): Promise<T> {
  const stack = await createStack({ source: "", env: bench.emulator.env, timeoutMs: 30 * 60_000 });
  try {
    return await work(stack);
  } finally {
    await stack.remove();
  }
}
