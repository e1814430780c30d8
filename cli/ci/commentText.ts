import path from "node:path";
import { commentCharacters } from "../drift/markdownFormat";

/** A text of a pipeline: Markdown as it is, everything else as printed. */
export interface Part {
  file: string;
  text: string;
}

/** The hidden line by which a comment or an issue is found again. */
export function markerOf(key: string): string {
  return `<!-- alicloud-users: ${key} -->`;
}

/** One comment of these parts, each with an equal share of what a comment can hold; lines that do not fit are counted. */
export function commentText(key: string, parts: readonly Part[]): string {
  const share = Math.floor((commentCharacters - 1000) / Math.max(1, parts.length));
  const sections = parts.map(({ file, text }) => {
    if (file.endsWith(".md")) return cut(text.trim(), share);
    const title = path.basename(file, path.extname(file));
    return `<details open><summary>${title}</summary>\n\n${fenced(cut(text.trim(), share))}\n\n</details>`;
  });
  return [markerOf(key), ...sections].join("\n\n");
}

function cut(text: string, room: number): string {
  if (text.length <= room) return text;
  const lines = text.split("\n");
  let left = room;
  const fitting = lines.findIndex((line) => (left -= line.length + 1) < 0);
  return [...lines.slice(0, fitting), `… and ${lines.length - fitting} more lines`].join("\n");
}

/** A block that no line of the text can end. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
