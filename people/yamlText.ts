import type { Values } from "../provider/core/wire";

/** Words that a reader of YAML may take for something else than a text. */
const otherWords = /^(true|false|null|yes|no|y|n|on|off|nan|inf)$/i;
const plain = /^[\p{L}_][\p{L}\p{N}_.@-]*(?: [\p{L}\p{N}_.@-]+)*$/u;

/** A value in one line of YAML that every reader takes for what it is. */
export function inYaml(value: unknown): string {
  if (typeof value === "string")
    return plain.test(value) && !otherWords.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inYaml).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value as Values).map(([name, inner]) => `${inYaml(name)}: ${inYaml(inner)}`);
  return `{ ${entries.join(", ")} }`;
}
