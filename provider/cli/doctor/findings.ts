/** What doctor says of one thing that it looked at. */
export interface Finding {
  /** What it belongs to: `sign-in`, an API, or a directory. */
  area: string;
  subject: string;
  /** A problem makes the exit code 1; a note is worth knowing. */
  verdict: "ok" | "note" | "problem";
  /** What was found, in one line. It holds no personal data. */
  detail: string;
  /** The way out of a problem. */
  advice?: string;
}

/** Runs a check; what it throws is a problem, in the words of the error, which hold the way out. */
export async function attempt(
  at: { area: string; subject: string },
  check: () => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [{ ...at, verdict: "problem", detail: error instanceof Error ? error.message : String(error) }];
  }
}

/** Whether everything is as it should be. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ verdict }) => verdict !== "problem");
}

const marks = { ok: "ok", note: "note", problem: "PROBLEM" };

/** The findings as a table, area by area. */
export function tableOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const areas = [...new Set(findings.map(({ area }) => area))];
  const lines = areas.flatMap((area) => [
    area,
    ...findings.filter((finding) => finding.area === area).flatMap((finding) => rowOf(finding, width)),
    "",
  ]);
  const problems = findings.filter(({ verdict }) => verdict === "problem").length;
  const end = problems === 0 ? "No problem was found." : `Problems: ${problems}.`;
  return [...lines, end, ""].join("\n");
}

function rowOf({ subject, verdict, detail, advice }: Finding, width: number): string[] {
  const row = `  ${marks[verdict].padEnd(8)}${subject.padEnd(width)}  ${detail}`;
  return advice === undefined ? [row] : [row, `  ${" ".repeat(8 + width)}  -> ${advice}`];
}
