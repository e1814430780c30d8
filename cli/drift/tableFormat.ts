import { isAccepted, type Report, type ReportedAttribute, type ReportedUser, type Status } from "./report";
import { changeLegend, changeOf } from "./change";
import { figuresOf } from "./figures";
import { groupBy } from "./groupBy";
import { showText } from "../../provider/core/showText";

const signs: Readonly<Record<Status, string>> = {
  inSync: " ",
  changed: "~",
  gone: "-",
  recreated: "±",
  claimedTwice: "2",
  unverifiable: "?",
  unmanaged: "+",
};

/** The report for a terminal: a heading and the drifted users of each stack, what was not compared, and the verdict. */
export function tableFormat(report: Report): string {
  const byStack = groupBy(report.users, ({ stack }) => stack ?? "");
  const sections = report.stacks.map(({ name }) => {
    const users = byStack.get(name) ?? [];
    return [`${showText(name)}   ${figuresOf(users)}`, ...rowsOf(users)].join("\n");
  });
  const strangers = report.users.filter(({ status }) => status === "unmanaged");
  return [
    ...sections,
    ...(strangers.length > 0
      ? [[`in no stack   ${figuresOf(strangers)}`, ...rowsOf(strangers)].join("\n")]
      : []),
    ...report.incomplete.map(notCompared),
    ...report.acceptance.map(({ message }) => `drift-accept: ${showText(message)}`),
    ...(report.since ? [sinceLine(report.since)] : []),
    closingLine(report),
    "",
  ].join("\n");
}

function rowsOf(users: readonly ReportedUser[]): string[] {
  const rows = users.filter(({ status }) => status !== "inSync").flatMap(linesOf);
  const widthOf = (cells: string[], column: number): number =>
    column < cells.length - 1 ? (cells[column] as string).length : 0;
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((cells) => widthOf(cells, column))));
  return rows.map((cells) => {
    const padded = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return `  ${padded.join("  ")}`.trimEnd();
  });
}

function linesOf(user: ReportedUser): string[][] {
  const head = [`${signs[user.status]} ${showText(user.name)}`, user.kind];
  const age = user.age === "still" ? `since ${user.firstSeen?.slice(0, 10)}` : (user.age ?? "");
  const accepted = user.status !== "changed" && isAccepted(user) ? `accepted: ${user.accepted}` : "";
  const notes = [accepted, age].filter(Boolean).map(showText).join(", ");
  const first =
    user.status === "changed" ? [] : [[...head, [wordsOf(user), notes].filter(Boolean).join("   ")]];
  const attributes = user.attributes.map((attribute, index) => [
    ...(first.length + index === 0 ? head : ["", ""]),
    showText(attribute.path),
    [noted(attribute), first.length + index === 0 ? notes : ""].filter(Boolean).join("   "),
  ]);
  return [...first, ...attributes];
}

function wordsOf({ status, successorId, alsoClaimedBy = [], message, id }: ReportedUser): string {
  if (status === "recreated") return `recreated as ${showText(successorId ?? "")}`;
  if (status === "claimedTwice")
    return `also in ${showText(alsoClaimedBy.map(({ stack }) => stack).join(", "))}`;
  if (status === "unverifiable") return `not compared: ${showText(message ?? "")}`;
  return status === "unmanaged" ? `unmanaged (${showText(id)})` : status;
}

function noted(attribute: ReportedAttribute): string {
  const { why, accepted } = attribute;
  const notes = [accepted && `accepted: ${accepted}`, why].filter((note) => note !== undefined).map(showText);
  return [changeOf(attribute), ...notes.map((note) => `(${note})`)].join(" ");
}

function notCompared({ stack, directory, users, message }: Report["incomplete"][number]): string {
  const place = [stack, directory].filter((part) => part !== undefined).join(", ");
  const number = users === undefined ? "" : ` (${users} ${users === 1 ? "user" : "users"})`;
  return `${showText(place)}   NOT COMPARED${number}: ${showText(message)}`;
}

function sinceLine({ asOf, resolved, notLookedAt = [], ...count }: NonNullable<Report["since"]>): string {
  const named = (word: string, users: readonly { kind: string; name: string }[]): string => {
    const names = users.map(({ kind, name }) => `${name} (${kind})`).join(", ");
    return `${users.length} ${word}${names && `: ${showText(names)}`}`;
  };
  const parts = [`${count.new} new`, `${count.still} still`, named("resolved", resolved)];
  const unseen = notLookedAt.length > 0 ? `; ${named("not looked at", notLookedAt)}` : "";
  return `since ${asOf}: ${parts.join(", ")}${unseen}`;
}

function closingLine({ calls, verdict, summary, users }: Report): string {
  const legend = users.some(({ attributes }) => attributes.length > 0) ? `(${changeLegend})\n` : "";
  const sent = `${legend}${calls.reads} reads, ${calls.writes} writes.`;
  if (verdict === "inSync") return `${sent} In sync.`;
  if (verdict === "drifted") return `${sent} Drift.`;
  const reason = summary.compared === 0 ? "nobody was compared" : "not everything was compared";
  return `${sent} Could not tell: ${reason}.`;
}
