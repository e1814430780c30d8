import os from "node:os";
import path from "node:path";
import { repository } from "../../scripts/toolchain/place";
import { type Figure, boundOf, valueOf } from "./report";

/** The page that shows what a run costs. */
export const performancePage = path.join(repository, "docs/performance.md");

/** The page with the figures of a part in its place; unchanged where it has no place for the part. */
export function withFigures(page: string, part: string, figures: readonly Figure[], day: string): string {
  const begin = `<!-- bench ${part} -->`;
  const end = `<!-- end of bench ${part} -->`;
  const place = new RegExp(`${begin}[^]*?${end}`);
  const rows = figures.map((figure) => [figure.name, valueOf(figure), boundOf(figure), figure.detail ?? ""]);
  const table = markdownTable([["what", "figure", "bound", "times"], ...rows]);
  const measured = `Measured on ${day}, ${os.cpus().length} cores, Node.js ${process.versions.node}.`;
  return page.replace(place, () => [begin, "", ...table, "", measured, "", end].join("\n"));
}

/** A table whose columns are as wide as prettier would make them. */
function markdownTable([head, ...rows]: string[][]): string[] {
  const widths = head!.map((_, column) => Math.max(3, ...[head!, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(head!), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}
