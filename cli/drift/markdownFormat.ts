import { changeLegend, changeOf } from "./change";
import { figuresOf, statusWord } from "./figures";
import { isAccepted, type Report, type ReportedUser } from "./report";
import { showText } from "../../provider/core/showText";

const verdicts: Readonly<Record<Report["verdict"], string>> = {
  inSync: "✅ In sync",
  drifted: "⚠️ Drift",
  unknown: "❓ Could not tell",
};

/** GitHub cuts a comment at 65,536 characters. */
export const commentCharacters = 60_000;

/**
 * The report for a comment or a job summary, in at most so many characters: rows are left out from the end, where
 * those that matter least are, and their number is told.
 */
export function markdownFormat(report: Report, maximum = commentCharacters): string {
  const rows = report.users.filter(({ status }) => status !== "inSync").flatMap(rowsOf);
  const head = headOf(report);
  const foot = `\n${report.calls.reads} reads, ${report.calls.writes} writes, ${report.asOf}.\n`;
  const table = `\n| user | stack | status | attribute | ${changeLegend} |\n| --- | --- | --- | --- | --- |\n`;
  const omitted = (count: number): string => (count === 0 ? "" : `\n… and ${count} more rows.\n`);
  let room = maximum - head.length - foot.length - table.length - omitted(rows.length).length;
  const fitting = rows.findIndex((row) => (room -= row.length) < 0);
  const kept = fitting < 0 ? rows : rows.slice(0, fitting);
  const body = kept.length === 0 ? "" : `${table}${kept.join("")}`;
  return `${head}${body}${omitted(rows.length - kept.length)}${foot}`;
}

function headOf(report: Report): string {
  const { stacks, incomplete, acceptance, since } = report;
  const missing = incomplete.slice(0, 20).map(({ stack, directory, users, message }) => {
    const place = [stack, directory]
      .filter((part) => part !== undefined)
      .map(code)
      .join(", ");
    return `- **Not compared:** ${place}${users === undefined ? "" : ` (${users} users)`}: ${prose(message)}`;
  });
  const more = incomplete.length > 20 ? [`- **Not compared:** ${incomplete.length - 20} further parts`] : [];
  const lines = [
    `### ${verdicts[report.verdict]}: users of ${stacks.map(({ name }) => code(name)).join(", ") || "no stack"}`,
    "",
    `${figuresOf(report.users)}.`,
    ...(since ? ["", sinceLine(since)] : []),
    ...(missing.length > 0 ? ["", ...missing, ...more] : []),
    ...(acceptance.length > 0
      ? ["", ...acceptance.slice(0, 20).map(({ message }) => `- **drift-accept:** ${prose(message)}`)]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

function sinceLine({ asOf, resolved, notLookedAt = [], ...count }: NonNullable<Report["since"]>): string {
  const names = notLookedAt.slice(0, 20).map(({ name }) => code(name));
  const more = notLookedAt.length > 20 ? [`${notLookedAt.length - 20} more`] : [];
  const unseen =
    notLookedAt.length > 0 ? ` ${notLookedAt.length} not looked at: ${[...names, ...more].join(", ")}.` : "";
  return `Since ${asOf}: ${count.new} new, ${count.still} still, ${resolved.length} resolved.${unseen}`;
}

function rowsOf(user: ReportedUser): string[] {
  const { name, kind, stack = "none", status, attributes } = user;
  const age = user.age === "new" ? " (new)" : "";
  const word = `${statusWord(status)}${isAccepted(user) ? ", accepted" : ""}${age}`;
  const head = `| ${code(name)} ${kind} | ${code(stack)} | ${word} |`;
  if (attributes.length === 0) return [`${head} | ${detailOf(user)} |\n`];
  return attributes.map((attribute) => `${head} ${prose(attribute.path)} | ${code(changeOf(attribute))} |\n`);
}

function detailOf({ successorId, alsoClaimedBy, message }: ReportedUser): string {
  if (successorId !== undefined) return `${code(successorId)} has its name`;
  if (alsoClaimedBy) return `also in ${alsoClaimedBy.map(({ stack }) => code(stack)).join(", ")}`;
  return message === undefined ? "" : prose(message);
}

/** A text in a code span, in which nothing links, mentions or ends the table's cell. */
function code(text: string): string {
  const safe = showText(text).replace(/\|/g, "\\|");
  const ticks = "`".repeat(1 + Math.max(0, ...(safe.match(/`+/g) ?? []).map(({ length }) => length)));
  return safe === "" ? "" : `${ticks}${ticks.length > 1 ? ` ${safe} ` : safe}${ticks}`;
}

/** A sentence whose characters mean nothing to Markdown. */
function prose(text: string): string {
  return showText(text).replace(/[\\`*_{}[\]<>#|~@!&]/g, (character) =>
    character === "@" ? "@\u200b" : `\\${character}`,
  );
}
