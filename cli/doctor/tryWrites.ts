import { createInterface } from "node:readline/promises";
import { connect } from "../../provider/api/connect";
import { escapeText } from "../../provider/core/showText";
import { nameOf } from "./checkDirectory";
import type { AccountTargets } from "./targets";
import { runTrial, type TrialReport, type Verdict } from "./trial/runTrial";

const signals = ["SIGINT", "SIGTERM"] as const;

/** What `doctor --write` is told besides the directories. */
export interface WriteOptions {
  yes: boolean;
  unit?: string;
  field?: string;
}

/**
 * Puts the claims of the tables to the directories, each on a throwaway user. Ctrl-C ends the trial after the call that is
 * under way, and the user is deleted; a second one ends the process. Throws where nobody agreed to it.
 */
export async function tryWrites(
  accounts: readonly AccountTargets[],
  { yes, unit, field }: WriteOptions,
): Promise<TrialReport[]> {
  const names = accounts.flatMap(({ targets }) => targets.map(nameOf));
  if (names.length === 0)
    throw new Error("No directory was chosen: add --ram, --bastionhost ID, --eiam ID or --stack NAME.");
  if (!yes) await ask(names);
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(1);
    process.stderr.write("Ending: the throwaway user is deleted. Press Ctrl-C again to end at once.\n");
    stop.abort();
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const reports: TrialReport[] = [];
    for (const { settings, targets } of accounts) {
      const notice = (sentence: string) => void process.stderr.write(`${escapeText(sentence)}\n`);
      const account = connect(settings, { notice });
      const options = { unit, field, stop: stop.signal, notice };
      for (const target of targets) reports.push(await runTrial(account, target, options));
    }
    return reports;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

async function ask(names: readonly string[]): Promise<void> {
  if (!process.stdin.isTTY)
    throw new Error("doctor --write makes and deletes users. Add --yes to agree to it.");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const question = `Make, change and delete one throwaway user in ${names.join(", ")}? (yes/no) `;
  const answer = await terminal.question(question);
  terminal.close();
  if (answer.trim() !== "yes") throw new Error("Nothing was done.");
}

/** Whether the account agrees with every claim that was put to it, and holds no throwaway user any more. */
export function agrees(reports: readonly TrialReport[]): boolean {
  return reports.every(
    ({ verdicts, complete, left }) =>
      complete && left.length === 0 && verdicts.every(({ verdict }) => verdict !== "disagrees"),
  );
}

/** The reports for people: what agrees is counted, the rest is told. */
export function trialTable(reports: readonly TrialReport[]): string {
  return `${reports.map(sectionOf).join("\n")}\n${endOf(reports)}\n`;
}

function sectionOf({ directory, verdicts, complete, left }: TrialReport): string {
  const of = (kind: Verdict["verdict"]) => verdicts.filter(({ verdict }) => verdict === kind);
  const line = (mark: string, { subject, says, found }: Verdict) =>
    `  ${mark.padEnd(10)}${subject}: ${says}${found === undefined ? "" : ` -- ${escapeText(found)}`}\n`;
  return [
    `${directory}\n`,
    `  agrees    ${of("agrees").length} of ${verdicts.length} claims\n`,
    ...of("not tried").map((verdict) => line("not tried", verdict)),
    ...of("disagrees").map((verdict) => line("DISAGREES", verdict)),
    ...(complete ? [] : ["  ended before the last claim\n"]),
    ...left.map((name) => `  LEFT      the user ${name} could not be deleted; delete it in the console\n`),
  ].join("");
}

function endOf(reports: readonly TrialReport[]): string {
  if (agrees(reports)) return "The account agrees with every claim that was tried. Nothing was left behind.";
  const isDisagreeing = reports.some(({ verdicts }) =>
    verdicts.some(({ verdict }) => verdict === "disagrees"),
  );
  return isDisagreeing
    ? "The account does not do what this release expects. Report the lines above; they hold no personal data."
    : "The trial is not complete.";
}
