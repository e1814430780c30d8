import type { Frontend } from "./frontend";
import { frontends } from "./frontend";

/** Tells one step: a promise, and what keeps it. */
export type Step = (promise: string, work: () => Promise<void>) => void;

/** Time for a step, or what goes before the first: a handful of runs of the CLI, on a busy machine too. */
const stepMs = 180_000;
jest.setTimeout(stepMs);

/**
 * A test for each way in which users reach the provider. Its steps build on one another; its name holds the promises of all,
 * so that `-t` finds it by each of them, and a failure names the step.
 */
export function scenario(
  title: string,
  tell: (step: Step, frontend: Frontend) => void,
  through: readonly Frontend[] = frontends,
): void {
  describe.each(through)(`${title}, through $name,`, (frontend) => {
    const steps: Parameters<Step>[] = [];
    tell((...step) => steps.push(step), frontend);
    const promises = steps.map(([promise]) => promise);
    it(
      promises.join("; "),
      async () => {
        for (const [promise, work] of steps) await work().catch((error: unknown) => failAt(promise, error));
      },
      steps.length * stepMs,
    );
  });
}

function failAt(promise: string, error: unknown): never {
  if (error instanceof Error) error.stack = `At the step "${promise}":\n${error.stack}`;
  throw error;
}
