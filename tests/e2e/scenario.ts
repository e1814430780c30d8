import type { Frontend } from "./frontend";
import { frontends } from "./frontend";

/** Tells one step: a promise, and what keeps it. */
export type Step = (promise: string, work: () => Promise<void>) => void;

// A step, or what goes before the first, is a handful of runs of the CLI, on a busy machine too.
jest.setTimeout(180_000);

/**
 * A describe for each way in which users reach the provider, whose steps build on one another; once one fails, the rest
 * say so instead of failing in their own ways.
 */
export function scenario(
  title: string,
  tell: (step: Step, frontend: Frontend) => void,
  through: readonly Frontend[] = frontends,
): void {
  describe.each(through)(`${title}, through $name,`, (frontend) => {
    let broken: string | undefined;
    const step: Step = (promise, work) =>
      it(promise, async () => {
        if (broken !== undefined) throw ended(broken);
        broken = promise;
        await work();
        broken = undefined;
      });
    tell(step, frontend);
  });
}

/** Without a stack, since nothing went wrong here. */
function ended(promise: string): Error {
  const error = new Error(`Not reached: the scenario ended at the step "${promise}".`);
  error.stack = error.message;
  return error;
}
