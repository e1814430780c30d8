import type { Outcome } from "../support/stack";

/** The outcome of a command that had to succeed; fails with all that it printed. */
export function succeeded(outcome: Outcome): Outcome {
  if (outcome.exitCode !== 0) throw new Error(told("failed", outcome));
  return outcome;
}

/** The outcome of a command that had to fail. */
export function failed(outcome: Outcome): Outcome {
  if (outcome.exitCode === 0) throw new Error(told("should have failed", outcome));
  return outcome;
}

function told(what: string, { exitCode, stdout, stderr }: Outcome): string {
  return `The command ${what} (exit code ${exitCode}).\n${stdout}\n${stderr}`;
}

/** What the table says in the end: `["~ 1 to update", "2 unchanged"]`. */
export function tally({ stdout }: Outcome): string[] {
  const block = /^Resources:\n((?: {4}.*\n)+)/m.exec(stdout)?.[1] ?? "";
  return block.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
}

/** The messages on a resource's own row, each once, in their order: `drift: displayName: "B" => "A"`. */
export function messages({ stdout }: Outcome, kind: string, name: string): string[] {
  const row = new RegExp(`:${kind} ${name} .*?(?:warning: )?((?:drift|change): .*)$`);
  return [...new Set(stdout.split("\n").flatMap((line) => row.exec(line)?.[1] ?? []))];
}

/** What `pulumi preview --json` prints. */
export interface PreviewReport {
  steps: { op: string; urn: string }[];
  diagnostics?: { urn?: string; message: string; severity: string }[];
  changeSummary: Record<string, number>;
}

export function reportOf({ stdout }: Outcome): PreviewReport {
  return JSON.parse(stdout) as PreviewReport;
}

/** The errors of a command, each once; an engine's own "update failed" is none, and of a half-done user it is what is listed. */
export function errorsOf({ stdout, stderr }: Outcome): string[] {
  const said = /error: (?:\d+ errors? occurred:\s*\n\s*\* )?(.*)$/gm;
  const lines = [...`${stdout}\n${stderr}`.matchAll(said)].map(([, line]) => line!);
  return [...new Set(lines)].filter(
    (line) => !/^((update|preview) failed|\d+ errors? occurred:)$/.test(line),
  );
}
