import { z } from "zod";

/**
 * The value with safe integers in place of texts written in digits: a program in YAML gets a text of the stack's configuration
 * that is all digits as a number. Other numbers stay, since the digits that were meant cannot be known.
 */
export function withDigits(schema: z.ZodType, value: unknown): unknown {
  const inner = innerOf(schema);
  if (inner instanceof z.ZodString && Number.isSafeInteger(value)) return String(value);
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.map((element) => withDigits(inner.element as z.ZodType, element));
  if (inner instanceof z.ZodRecord && isMap(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, withDigits(inner.valueType as z.ZodType, entry)]),
    );
  return value;
}

/** Why a number is no text, where that is what is wrong. */
export function reasonOfNumber(issue: z.core.$ZodIssue, given: unknown): string | undefined {
  if (issue.code !== "invalid_type" || issue.expected !== "string" || typeof given !== "number")
    return undefined;
  return (
    "must be a string; of a number as large as this one, or with a fraction, the digits that were meant cannot be known. " +
    `Put it into quotes; in the stack's configuration of a YAML program into both kinds, as in '"1.50"'.`
  );
}

/** What a schema judges first. */
function innerOf(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return innerOf(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodPipe ? innerOf(schema.in as z.ZodType) : schema;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
