import type { z } from "zod";
import { showText } from "../core/showText";

/** What a setting has to be. */
export interface Wanted<S extends z.ZodType> {
  schema: S;
  /** In words, after "it must be". */
  words: string;
  /** Whether an error may show the value; one that may hold a secret is never shown. */
  isShown?: boolean;
  /** Where to look for the right value, as a sentence. */
  wayOut?: string;
}

/** Reads a setting that is a plain text, or JSON; a failure is a sentence that names the setting. */
export function parseSetting<S extends z.ZodType>(
  name: string,
  { schema, words, isShown = false, wayOut }: Wanted<S>,
  text: string,
): z.output<S> {
  const plain = schema.safeParse(text);
  const result = plain.success ? plain : schema.safeParse(jsonOr(text));
  if (result.success) return result.data;
  const found = result.error.issues.map((issue) => problemIn(issue));
  const shown = isShown ? `, and is ${showText(JSON.stringify(text))}` : "";
  const problems = found.every((each) => each !== undefined)
    ? found.join("; ")
    : `it must be ${words}${shown}`;
  throw new Error(`The setting ${name} cannot be read: ${problems}.${wayOut ? ` ${wayOut}` : ""}`);
}

/** What is wrong with a part of an object; nothing where the setting as a whole is wrong. */
function problemIn(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === "unrecognized_keys")
    return `it knows no ${issue.keys.map((key) => showText(JSON.stringify(key))).join(", ")}`;
  if (issue.path.length === 0) return undefined;
  const part = `"${showText(issue.path.join("."))}"`;
  return issue.code === "custom" ? `${part}: ${issue.message}` : `${part} ${kindOf(issue)}`;
}

function kindOf(issue: z.core.$ZodIssue): string {
  const kinds: Readonly<Record<string, string>> = { string: "a text", number: "a number" };
  const kind = issue.code === "invalid_type" ? kinds[issue.expected] : undefined;
  return kind === undefined ? "has a value that cannot be used" : `must be ${kind}`;
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A plain word is a value too.
    return text;
  }
}
