import { writeFileSync } from "node:fs";
import path from "node:path";
import { reliabilityFile } from "./reliability";
import { reliabilityPage } from "../tests/reliability/data/page";
import { writeSoakResult } from "../tests/reliability/data/results";
import { killPlan } from "./soak/killPlan";
import { openKilledStack } from "./soak/killedStack";
import { programs } from "./toolchain/place";
import { run } from "./toolchain/run";
import { findToolchain } from "./toolchain/toolchain";

const usage = "npm run soak -- [--kills <number>] [--seed <number>]";

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
  let [done, unrecorded, violations] = [0, 0, 0];
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

/** Runs the soak, keeps its result and prints docs/reliability.md. */
async function soakAndRecord(kills: number, seed: number): Promise<number> {
  const counts = await soak(kills, seed, console.log);
  const { stdout } = await run(path.join((await findToolchain())?.binDir ?? "", programs.cli), ["version"]);
  const date = new Date().toISOString().slice(0, 10);
  writeSoakResult({ date, node: process.version, pulumi: stdout.trim(), seed, ...counts });
  writeFileSync(reliabilityFile, reliabilityPage());
  return counts.violations;
}

function option(args: readonly string[], name: string, usual: number): number {
  const at = args.indexOf(name);
  const value = at < 0 ? usual : Number(args[at + 1]);
  if (!Number.isInteger(value) || value < 0) throw new Error(usage);
  return value;
}

if (require.main === module) {
  const args = process.argv.slice(2);
  const kills = option(args, "--kills", 60);
  const seed = option(args, "--seed", Date.now() % 1_000_000_000);
  soakAndRecord(kills, seed).then(
    (violations) => void (process.exitCode = violations > 0 ? 1 : 0),
    (error: Error) => {
      console.error(error.message);
      process.exitCode = 2;
    },
  );
}
