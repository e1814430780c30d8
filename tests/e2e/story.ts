import type { Face } from "./face";
import { faces } from "./face";

/** Tells one step: a promise, and what keeps it. */
export type Step = (promise: string, work: () => Promise<void>) => void;

// A step, or what goes before the first, is a handful of runs of the CLI, on a busy machine too.
jest.setTimeout(180_000);

/**
 * A describe for each way in which users reach the provider, whose steps build on one another; once one fails, the rest
 * say so instead of failing in their own ways.
 */
export function story(
  title: string,
  tell: (step: Step, face: Face) => void,
  through: readonly Face[] = faces,
): void {
  describe.each(through)(`${title}, through $name,`, (face) => {
    let broken: string | undefined;
    const step: Step = (promise, work) =>
      it(promise, async () => {
        if (broken !== undefined) throw ended(broken);
        broken = promise;
        await work();
        broken = undefined;
      });
    tell(step, face);
  });
}

/** Without a stack, since nothing went wrong here. */
function ended(promise: string): Error {
  const error = new Error(`Not reached: the story ended where it "${promise}".`);
  error.stack = error.message;
  return error;
}
