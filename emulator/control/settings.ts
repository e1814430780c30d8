import { z } from "zod";

/** The names that products go by on the control routes. */
export const productName = z.enum(["Ram", "Bastionhost", "Eiam"]);

/** The name of an emulated product. */
export type ProductName = z.infer<typeof productName>;

const count = z.number().int().nonnegative();

/** What can be set on a running emulator; a key that is given replaces the whole value of that key. */
export const settingsSchema = z.strictObject({
  /** How long every answer is held back. */
  latencyMs: count.max(600_000),
  /** Calls each second before Throttling.User, for each product. */
  callsPerSecond: z.strictObject({
    Ram: z.number().positive().optional(),
    Bastionhost: z.number().positive().optional(),
    Eiam: z.number().positive().optional(),
  }),
  /** The site that the account belongs to; the international one never returns RAM's phone and email. */
  site: z.enum(["china", "international"]),
  /** How many users may exist: in the account for RAM, in an instance for the others. */
  userQuota: z.strictObject({
    Ram: count.optional(),
    Bastionhost: count.optional(),
    Eiam: count.optional(),
  }),
  /** How many reads a new RAM user stays invisible to. */
  lagReads: z.strictObject({ Ram: count.optional() }),
  /** What becomes of a parameter that an operation does not have; tests that refuse it catch a misspelt name. */
  unknownParameters: z.enum(["ignore", "refuse"]),
});

/** The settings of a running emulator. */
export type Settings = z.infer<typeof settingsSchema>;

/** The settings that an emulator starts with where nothing else is asked for. */
export const defaultSettings: Settings = {
  latencyMs: 0,
  callsPerSecond: {},
  site: "china",
  userQuota: { Ram: 5000 },
  lagReads: {},
  unknownParameters: "ignore",
};
