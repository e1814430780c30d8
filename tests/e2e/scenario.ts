import { type Step, stepMs, story } from "../support/story";
import { type Frontend, frontends } from "./frontend";

export type { Step };

// What goes before the first step takes as long.
jest.setTimeout(stepMs);

/** A story for each way in which users reach the provider. */
export function scenario(
  title: string,
  tell: (step: Step, frontend: Frontend) => void,
  through: readonly Frontend[] = frontends,
): void {
  describe.each(through)(`${title}, through $name,`, (frontend) => story((step) => tell(step, frontend)));
}
