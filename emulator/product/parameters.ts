import { z } from "zod";

/** A boolean in its wire form. */
export const flag = z
  .string()
  .refine((text) => /^(true|false)$/i.test(text))
  .transform((text) => text.toLowerCase() === "true");

/** A whole number in its wire form, within bounds. */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .refine((text) => /^\d{1,16}$/.test(text))
    .transform(Number)
    .pipe(z.number().min(least).max(most));
}

/** A parameter whose text is JSON; Bastionhost sends its lists so. */
export function jsonText<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context) => parseJson(text, context))
    .pipe(schema);
}

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return z.NEVER;
  }
}

/** A parameter that may be left out; an empty text means the same. */
export function emptyMeansAbsent<Schema extends z.ZodType>(schema: Schema) {
  const empty = z.literal("").transform(() => undefined);
  return z.union([empty, schema]).optional();
}
