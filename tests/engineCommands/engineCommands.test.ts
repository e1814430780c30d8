import * as fc from "fast-check";
import { type Account, openAccount } from "../support/account";
import { checkRuns } from "../modelTest/checkRuns";
import type { Declared } from "./program";
import { checkedRun } from "./checkedRun";
import { type Kept, type Step, steps } from "./steps";
import { openWorld } from "./world";

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(() => account.close());

/** Two persons whom each program declares at first. */
const first = fc.constantFrom("dynamic" as const, "plugin" as const).chain((frontend) =>
  fc.constantFrom("RamUser" as const, "RamUser" as const, "EiamUser" as const).map((type): Declared[] => [
    { resource: "a", type, frontend, name: "ann", displayName: "One" },
    { resource: "b", type, frontend, name: "bob", displayName: "One" },
  ]),
);

interface Run {
  users: Declared[];
  steps: Step[];
}

const shown = ({ users, steps: all }: Run): string =>
  [JSON.stringify(users), ...all.map(({ text }) => text)].join("\n");

const runs: fc.Arbitrary<Run> = fc
  .record({
    users: first,
    steps: fc.array(steps, { minLength: 4, maxLength: 7, size: "max" }),
  })
  .map((run) => ({ ...run, [fc.toStringMethod]: () => shown(run) }));

async function work({ users, steps: all }: Run): Promise<void> {
  const world = await openWorld(account);
  const kept: Kept = { restore: {} };
  try {
    world.programs.test = { users };
    await checkedRun(world, "test", ["up"]);
    for (const [index, step] of all.entries())
      await step.work(world, kept).catch((error: Error) => {
        const told = all.slice(0, index + 1).map(({ text }) => text);
        throw new Error([JSON.stringify(users), ...told, error.message].join("\n"));
      });
  } finally {
    await world.remove();
  }
}

test(
  "nobody whom a program declares is removed or becomes another person in a run whose preview did not say so",
  () => checkRuns(runs, 1, [work], { endOnFailure: true }),
  3_000_000,
);
