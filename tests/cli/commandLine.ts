import path from "node:path";
import type { Outcome } from "../support/stack";
import { run } from "../../scripts/toolchain/run";

/** The command as it was built. */
export const main = path.join(__dirname, "../../dist/cli/main.js");

/** Where a command runs, and as whom. */
export interface Place {
  dir: string;
  env: NodeJS.ProcessEnv;
}

/** Runs `alicloud-users` with these arguments, as it was built. */
export function commandLine({ dir, env }: Place, ...args: string[]): Promise<Outcome> {
  return run(process.execPath, [main, ...args], { cwd: dir, env, timeoutMs: 120_000 });
}
