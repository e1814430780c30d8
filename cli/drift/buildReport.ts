import type { Inspection } from "./inspectStacks";
import { driftStatuses, type Incomplete, isAccepted, isDrift, type Report, summaryOf } from "./report";
import type { Source, Unread } from "./stackStates";
import { packageVersion } from "../packageVersion";

/** What a report is made of. */
export interface Findings {
  sources: readonly Source[];
  unread: readonly Unread[];
  inspection: Inspection;
  /** Whether a stack without users counts as read. */
  allowEmpty: boolean;
  asOf: Date;
}

/** The report of a run, its verdict included; nothing is accepted yet. */
export function buildReport({ sources, unread, inspection, allowEmpty, asOf }: Findings): Report {
  const empty = sources.filter(({ state }) => state.users.length === 0);
  const incomplete: Incomplete[] = [
    ...unread.map(({ name, message }) => ({ stack: name, message })),
    ...(allowEmpty ? [] : empty).map(({ name }) => ({ stack: name, message: emptyStack })),
    ...inspection.incomplete,
  ];
  const users = [...inspection.users].sort((a, b) => rank(a.status) - rank(b.status));
  const report: Report = {
    version: 1,
    tool: packageVersion(),
    asOf: asOf.toISOString(),
    verdict: "unknown",
    complete: incomplete.length === 0,
    calls: { reads: inspection.reads, writes: 0 },
    summary: summaryOf(users),
    ...(inspection.listed.length > 0 && { listed: inspection.listed }),
    stacks: sources.map(({ name, state }) => ({ name, users: state.users.length })),
    incomplete,
    users,
    acceptance: [],
  };
  return { ...report, verdict: verdictOf(report, driftStatuses) };
}

const emptyStack =
  "It holds no users of this package. Check that it is the right stack, or pass --allow-empty.";

const rank = (status: string): number => {
  const order: readonly string[] = ["unverifiable", ...driftStatuses, "inSync"];
  return order.indexOf(status);
};

/** The verdict when these statuses count as drift: unknown as soon as anything was not compared, or nobody was. */
export function verdictOf(report: Report, failOn: readonly string[]): Report["verdict"] {
  if (!report.complete || report.summary.compared === 0) return "unknown";
  const isAlarm = report.users.some(
    (user) => isDrift(user.status) && failOn.includes(user.status) && !isAccepted(user),
  );
  return isAlarm || report.acceptance.length > 0 ? "drifted" : "inSync";
}

/** The exit code of a verdict. */
export const exitCodes: Readonly<Record<Report["verdict"], number>> = { inSync: 0, drifted: 2, unknown: 1 };
