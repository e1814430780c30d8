import { escapeText, showText, showValue } from "../../provider/core/showText";
import { maskText } from "../drift/mask";
import type { Change, Event } from "./events";

/** What the command tells of a file. */
export interface Summary {
  /** Such as `users.yaml, compared with git:main`. */
  title: string;
  asOf: string;
  timeZone: string;
  /** The day, and how many people are in which stage. */
  sentence: string;
  events: Event[];
}

/** The formats by name. */
export const formats: Readonly<Record<string, (summary: Summary) => string>> = {
  table: tableFormat,
  markdown: markdownFormat,
  json: ({ asOf, timeZone, events }) =>
    `${JSON.stringify({ version: 1, asOf, timeZone, events }, undefined, 2)}\n`,
};

function tableFormat({ title, sentence, events }: Summary): string {
  const rows = events.map((event) => [event.what, showText(event.person), wordsOf(event), placesOf(event)]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("   ")
      .trimEnd(),
  );
  return [`${showText(title)}, ${sentence}`, ...lines, ...(rows.length === 0 ? [nothing] : []), ""].join(
    "\n",
  );
}

/** For a comment of a pull request: e-mail addresses and telephone numbers in values are masked. */
function markdownFormat({ title, sentence, events }: Summary): string {
  const row = (event: Event): string =>
    `| ${event.what} | ${code(showText(event.person))} | ${prose(maskText(wordsOf(event)))} | ${prose(placesOf(event))} |`;
  const table = ["| | person | | directories |", "| --- | --- | --- | --- |", ...events.map(row)];
  return [
    "### People",
    "",
    `${prose(title)}, ${sentence}.`,
    "",
    ...(events.length > 0 ? table : [nothing]),
    "",
  ].join("\n");
}

const nothing = "Nobody joins, moves, changes or leaves.";

function placesOf({ directories }: Event): string {
  return directories.map(showText).join(", ");
}

function wordsOf(event: Event): string {
  const { what, from, lockedOn, deletedOn, changes = [] } = event;
  if (what === "joins") return from === undefined ? "with the next up" : `from ${from}`;
  if (what === "gone") return `deleted on ${deletedOn}; may be taken out of the file`;
  if (what !== "leaves") return changes.map(changeWords).join("; ");
  if (deletedOn === undefined) return "no longer in the file: removed with the next up";
  return `${lockedOn === undefined ? "" : `locked out on ${lockedOn}, `}deleted on ${deletedOn}`;
}

function changeWords({ directory, attribute, before, after }: Change): string {
  const name = directory === undefined ? attribute : `${directory}.${attribute}`;
  return `${escapeText(name)}: ${showValue(before)} -> ${showValue(after)}`;
}

const code = (text: string): string => `\`${text.replace(/[`|]/g, "'")}\``;

const prose = (text: string): string => showText(text).replace(/[\\`*_{}[\]<>|#&~]/g, (mark) => `\\${mark}`);
