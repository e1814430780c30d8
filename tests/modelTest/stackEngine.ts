import type { ResourceState, Stack } from "../support/stack";
import type { Engine } from "./engine";
import { errorsOf, succeeded, tally } from "../e2e/outcome";
import { programOf, type UserType } from "../e2e/program";

const name = "sample";

/** The real CLI over a new stack, as the engine of a run. */
export function stackEngine(type: UserType, stack: Stack, refreshes: boolean): Engine {
  const write = (declared: Record<string, unknown>) => stack.writeProgram(programOf([type, name, declared]));

  return {
    refreshes,
    id: async () => ownOf((await stack.state()).deployment.resources)?.id,
    async up(declared) {
      await write(declared);
      const outcome = await stack.up();
      if (outcome.exitCode === 0) return undefined;
      const errors = errorsOf(outcome);
      // The plugin refuses a change when it is made, since only the engine knows that it makes no new user.
      const refused = errors.flatMap((error) => /(?: has a problem: |^)("\w+" .*)$/.exec(error)?.[1] ?? []);
      return refused.length > 0 ? { refused } : { failed: errors.join("\n") };
    },
    async preview(declared) {
      await write(declared);
      const outcome = await stack.preview(["--expect-no-changes"]);
      const told = outcome.stdout.match(/(drift|change): .*/g) ?? [];
      return outcome.exitCode === 0 ? told : [...told, ...tally(outcome), ...errorsOf(outcome)];
    },
    refresh: async () => void succeeded(await stack.refresh()),
    async destroy() {
      const outcome = await stack.destroy();
      return outcome.exitCode === 0 ? undefined : errorsOf(outcome).join("\n");
    },
  };
}

function ownOf(resources: ResourceState[] = []): ResourceState | undefined {
  const own = resources.filter(({ urn }) => urn.endsWith(`::${name}`));
  expect(own.length).toBeLessThanOrEqual(1);
  return own[0];
}
