/** Tells one step: a promise, and what keeps it. */
export type Step = (promise: string, work: () => Promise<void>) => void;

/** Time for a step: a handful of runs of the CLI, on a busy machine too. */
export const stepMs = 180_000;

/**
 * One test whose steps build on one another. Its name holds the promises of all, so that `-t` finds it by each of them, and a
 * failure names the step. Hooks that are told with the steps belong to the describe around it.
 */
export function story(tell: (step: Step) => void): void {
  const steps: Parameters<Step>[] = [];
  tell((...step) => steps.push(step));
  const promises = steps.map(([promise]) => promise);
  it(
    promises.join("; "),
    async () => {
      for (const [promise, work] of steps) await work().catch((error: unknown) => failAt(promise, error));
    },
    steps.length * stepMs,
  );
}

function failAt(promise: string, error: unknown): never {
  if (error instanceof Error) error.stack = `At the step "${promise}":\n${error.stack}`;
  throw error;
}
