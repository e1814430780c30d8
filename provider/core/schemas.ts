import { z } from "zod";

/** A text of `minimum` to `maximum` characters. */
export function text(minimum: number, maximum: number): z.ZodString {
  return z.string().min(minimum).max(maximum);
}

/** An email address, judged by its shape alone; the API is the judge of the rest. Empty text passes as well. */
export function emailAddress(maximum: number): z.ZodString {
  return z
    .string()
    .max(maximum)
    .regex(/^$|^[^\s@]+@[^\s@]+\.[^\s@]+$/, "must be an email address.");
}

/** The last second that an ISO 8601 date can name. As milliseconds, a larger number is a date after 1978. */
const lastSecond = Date.parse("9999-12-31T23:59:59Z") / 1000;

/** A moment after 1970-01-01T00:00:00Z, as a Unix timestamp in seconds or an ISO 8601 date; kept and compared in whole seconds. */
export const seconds = z
  .union([z.int(), z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'must be a Unix timestamp in seconds, or an ISO 8601 date such as "2027-01-31T00:00:00Z".',
  })
  .transform((moment) => (typeof moment === "number" ? moment : Math.floor(Date.parse(moment) / 1000)))
  .refine((moment) => moment >= 1, {
    error: "must be later than 1970-01-01T00:00:00Z; the API reads 0 seconds as not set.",
  })
  .refine((moment) => moment <= lastSecond, { error: "looks like milliseconds; it counts in seconds." });

/**
 * Whether create takes over an existing user and brings it to what is declared: any user of the declared name, or the one
 * whose id is given. Ids look like this pattern.
 */
export function adopt(idPattern: RegExp) {
  const error = "must be true, false, or in quotes the id of the user to take over.";
  const id = new RegExp(`^(?:[^:]+:)?(?:${idPattern.source.slice(1, -1)})$`);
  return z.union([z.boolean(), z.string().regex(id, { error })], { error }).optional();
}

/** What becomes of the user when it leaves the program, where users can be locked. */
export const onDelete = z.enum(["delete", "lock", "retain"]).optional();
