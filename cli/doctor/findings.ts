import { faultKind } from "../../provider/core/fault";
import { causeOf } from "../../provider/lifecycle/report/sharedCauses";

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
  /** What else fails by the same cause: areas with their subjects. */
  also?: string[];
}

/** A finding with the cause of its problem, where that is one that others share. */
export interface CausedFinding extends Finding {
  cause?: string | undefined;
}

/** Runs a check; what it throws is a problem, in the words of the error, which hold the way out. */
export async function attempt(
  at: { area: string; subject: string },
  check: () => Promise<Finding[]>,
): Promise<CausedFinding[]> {
  try {
    return await check();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [{ ...at, verdict: "problem", detail, cause: causeOf(error)?.key ?? unansweredBy(error) }];
  }
}

/** An API that does not answer one call will hardly answer the next. */
function unansweredBy(error: unknown): string | undefined {
  const { service, code } = error as { service?: string; code?: string };
  return faultKind(error) === "unavailable" ? `unanswered ${service} ${code}` : undefined;
}

/** The findings with one problem for each cause, which names what else fails by it. */
export function grouped(findings: readonly CausedFinding[]): Finding[] {
  const first = new Map<string, Finding>();
  return findings.flatMap(({ cause, ...finding }) => {
    const known = cause === undefined ? undefined : first.get(cause);
    if (!known) {
      if (cause !== undefined) first.set(cause, finding);
      return [finding];
    }
    known.also = [...(known.also ?? []), `${finding.area} ${finding.subject}`];
    return [];
  });
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

function rowOf({ subject, verdict, detail, advice, also = [] }: Finding, width: number): string[] {
  const row = `  ${marks[verdict].padEnd(8)}${subject.padEnd(width)}  ${detail}`;
  const more = [advice ?? [], also.length > 0 ? `the same for: ${also.join(", ")}` : []].flat();
  return [row, ...more.map((line) => `  ${" ".repeat(8 + width)}  -> ${line}`)];
}
