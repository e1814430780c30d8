import { writeFileSync } from "node:fs";
import path from "node:path";
import { reliabilityFile, reliabilityPage } from "../tests/reliability/data/page";
import { writeSoakResult } from "../tests/reliability/data/results";
import { soak } from "../tests/support/kills/soak";
import { programs } from "../scripts/toolchain/place";
import { run } from "../scripts/toolchain/run";
import { findToolchain } from "../scripts/toolchain/toolchain";

const usage = "npm run proof -- soak [--kills <number>] [--seed <number>]";

/** The kills of a soak whose result is kept, unless there are more. */
const whole = 60;

/** Runs the soak. The result of a whole one is kept and printed into docs/reliability.md. */
async function soakAndRecord(kills: number, seed: number): Promise<number> {
  const counts = await soak(kills, seed, console.log);
  if (kills < whole) return counts.violations;
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

const args = process.argv.slice(2);
const kills = option(args, "--kills", whole);
const seed = option(args, "--seed", Date.now() % 1_000_000_000);
soakAndRecord(kills, seed).then(
  (violations) => void (process.exitCode = violations > 0 ? 1 : 0),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 2;
  },
);
