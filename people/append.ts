import { isMap, parseDocument, type YAMLMap } from "yaml";

/** Lines to put under a key of the file's top: each one person, or one directory, without its indentation. */
export interface Addition {
  under: string;
  blocks: readonly (readonly string[])[];
}

/** The text with these lines at the end of their maps. Not a byte of what stands there changes. */
export function append(text: string, additions: readonly Addition[]): string {
  return additions.reduce(appendOne, text);
}

function appendOne(text: string, { under, blocks }: Addition): string {
  if (blocks.length === 0) return text;
  const document = parseDocument(text, { stringKeys: true });
  const map = document.get(under);
  if (!isMap(map)) {
    const end = text.endsWith("\n") ? "" : "\n";
    return `${text}${end}${under}:\n${indented(blocks, "  ")}`;
  }
  const [first] = (map as YAMLMap).items;
  const start = (first?.key as { range?: [number, number, number] } | undefined)?.range?.[0];
  if (map.flow === true || start === undefined)
    throw new Error(`"${under}" stands in braces. Put each entry of it on a line of its own, and run again.`);
  const indent = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const end = endOfMap(text, map as YAMLMap);
  const before = text.slice(0, end);
  return `${before}${before.endsWith("\n") ? "" : "\n"}${indented(blocks, indent)}${text.slice(end)}`;
}

/** Where the line ends on which the last entry of a map ends. */
function endOfMap(text: string, map: YAMLMap): number {
  const { key, value } = map.items.at(-1) as { key: Ranged; value: Ranged | null };
  const last = Math.max(key.range?.[1] ?? 0, value?.range?.[1] ?? 0);
  // The range of a block map may reach over the line breaks behind it.
  const inner = text.slice(0, last).trimEnd().length;
  const lineEnd = text.indexOf("\n", inner);
  return lineEnd < 0 ? text.length : lineEnd + 1;
}

interface Ranged {
  range?: [number, number, number];
}

function indented(blocks: Addition["blocks"], indent: string): string {
  return blocks.flatMap((lines) => lines.map((line) => `${indent}${line}\n`)).join("");
}
