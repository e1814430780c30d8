import { openKilledStack } from "./killedStack";
import { killPlan } from "./killPlan";

/** What a soak came to. */
export interface SoakCounts {
  kills: number;
  /** Those in stacks without checkpoints. */
  withoutCheckpoints: number;
  /** Users that existed and that the engine had not recorded when a run was killed. */
  unrecorded: number;
  violations: number;
}

/** Kills runs of 30 users at random moments and recovers from each. */
export async function soak(kills: number, seed: number, say: (line: string) => void): Promise<SoakCounts> {
  say(`${kills} kills, seed ${seed}`);
  let done = 0;
  let unrecorded = 0;
  let violations = 0;
  const plans = killPlan(kills, seed);
  const withoutCheckpoints = plans.flatMap((plan) => (plan.hasCheckpoints ? [] : plan.kills)).length;
  for (const plan of plans) {
    const stack = await openKilledStack(plan);
    const name = `${plan.frontend}${plan.hasCheckpoints ? "" : " without checkpoints"}`;
    try {
      if (done === 0) await stack.tryOut();
      for (const { command, kill } of plan.kills) {
        const result = await stack.kill(command, kill);
        done++;
        unrecorded += result.unrecorded;
        violations += result.violations.length;
        const what = result.isKilled ? `${kill.victim} killed at call ${kill.call}` : "ended before the kill";
        say(
          `${done}/${kills} ${name}, ${command}: ${what}, ${result.unrecorded} users unrecorded, ${result.violations.length} violations`,
        );
        result.violations.forEach((violation) => say(`  ${violation}`));
      }
    } finally {
      await stack.close();
    }
  }
  say(`${done} kills, ${unrecorded} users unrecorded by the engine and recovered, ${violations} violations`);
  return { kills: done, withoutCheckpoints, unrecorded, violations };
}
