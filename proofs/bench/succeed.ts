import type { Outcome } from "../../tests/support/stack";

/** The outcome of a command of the CLI that has to succeed, or nothing is measured. */
export async function succeed(command: Promise<Outcome>): Promise<Outcome> {
  const outcome = await command;
  if (outcome.exitCode !== 0)
    throw new Error(`A command of the CLI failed:\n${outcome.stdout.slice(-2000)}${outcome.stderr}`);
  return outcome;
}
