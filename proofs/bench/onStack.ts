import { createStack, type Stack, type StackOptions } from "../../tests/support/stack";
import type { EmulatorProcess } from "./emulatorProcess";

/** What every measurement works with. */
export interface Bench {
  emulator: EmulatorProcess;
  full: boolean;
  progress: (line: string) => void;
}

/** The latency of the API where times are compared. */
export const latencyMs = 20;

/** Does some work on a stack of its own, which knows the emulator; its program is empty unless the options say otherwise. */
export async function onStack<T>(
  bench: Bench,
  work: (stack: Stack) => Promise<T>,
  { env, ...program }: Pick<StackOptions, "source" | "yaml" | "env"> = {},
): Promise<T> {
  const own = { ...bench.emulator.env, ...env };
  const stack = await createStack({ ...program, env: own, timeoutMs: 30 * 60_000 });
  try {
    return await work(stack);
  } finally {
    await stack.remove();
  }
}
