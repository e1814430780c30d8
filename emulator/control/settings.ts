import { z } from "zod";
import { productName } from "../products";

const count = z.number().int().nonnegative();

const names = z.array(z.string()).optional();

const deviationsSchema = z.strictObject({
  /** Parameters whose empty text is ignored. */
  ignoreEmpty: names,
  /** Parameters whose texts the account keeps in lower case. */
  lowerCase: names,
  /** Parameters whose texts the account keeps without white space around them. */
  trim: names,
  /** Fields that no answer has. */
  omit: names,
  /** Fields whose numbers are answered as texts. */
  asText: names,
  /** Codes of refusals, and those that are answered in their place. */
  codes: z.record(z.string(), z.string()).optional(),
});

/** How an account differs from the API's pages. */
export type Deviations = z.infer<typeof deviationsSchema>;

/** What can be set on a running emulator; a key that is given replaces the whole value of that key. */
export const settingsSchema = z.strictObject({
  /** How long every answer is held back. */
  latencyMs: count.max(600_000),
  /** Calls each second before Throttling.User, for each product. */
  callsPerSecond: z.partialRecord(productName, z.number().positive()),
  /** The site that the account belongs to; the international one never returns RAM's phone and email. */
  site: z.enum(["china", "international"]),
  /** How many users may exist: in the account for RAM, in an instance for the others. */
  userQuota: z.partialRecord(productName.exclude(["Sts"]), count),
  /** How many reads do not find a new user. RAM alone has this. */
  lagReads: z.partialRecord(productName.extract(["Ram"]), count),
  /** What becomes of a parameter that an action does not have; tests that refuse it catch a misspelt name. */
  unknownParameters: z.enum(["ignore", "refuse"]),
  /** Whether users get other ids after each start, or the same; in a running emulator it counts for instances that are added. */
  ids: z.enum(["random", "fixed"]),
  /** How the account differs from the API's pages, for tests of clients that compare the two. */
  deviations: deviationsSchema,
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
  ids: "random",
  deviations: {},
};
