import { z } from "zod";

/** What a report says of a user. */
export const statuses = [
  "inSync",
  "changed",
  "gone",
  "recreated",
  "claimedTwice",
  "unverifiable",
  "unmanaged",
] as const;

/** The statuses that are drift, in the order in which they matter to a reader. */
export const driftStatuses = ["gone", "recreated", "claimedTwice", "unmanaged", "changed"] as const;

const claimSchema = z.object({
  stack: z.string().describe("The stack, as it was named to the command."),
  urn: z.string().describe("The resource in that stack."),
});

const attributeSchema = z.object({
  path: z.string().describe("The attribute, or attribute.key for one key of a map."),
  declared: z.unknown().optional().describe('What the state declares; "[secret]" for a secret.'),
  live: z.unknown().optional().describe('What the account has, absent for nothing; "[secret]" for a secret.'),
  cause: z
    .enum(["account", "program"])
    .describe("account: it was changed in the account. program: it was declared and never applied."),
  fixable: z.boolean().describe("Whether pulumi up puts it back without replacing the user."),
  why: z.string().optional().describe("Why it is not fixable, or how it came about."),
  stack: z.string().optional().describe("The stack that declares it, where two stacks hold the user."),
  accepted: z.string().optional().describe("The reason that the accept file gives."),
});

const userSchema = z.object({
  kind: z.string().describe("RamUser, BastionhostUser or EiamUser."),
  directory: z.string().describe("The instance; RAM for the users of the account."),
  id: z.string(),
  name: z.string().describe("The name that the user logs on with."),
  status: z.enum(statuses),
  ...claimSchema.partial().shape,
  alsoClaimedBy: z.array(claimSchema).optional().describe("Further resources that hold the same user."),
  attributes: z.array(attributeSchema).describe("What differs."),
  notCompared: z.array(z.object({ path: z.string(), why: z.string() })).optional(),
  successorId: z.string().optional().describe("The id of the other user that has the name now."),
  message: z.string().optional().describe("Why the user could not be read."),
  accepted: z.string().optional().describe("The reason that the accept file gives for the status."),
  age: z.enum(["new", "still"]).optional().describe("Compared with the report given with --since."),
  firstSeen: z.iso.datetime().optional().describe("When this drift was first reported."),
});

const incompleteSchema = z.object({
  stack: z.string().optional(),
  directory: z.string().optional(),
  users: z.int().optional().describe("How many users were not compared because of it."),
  code: z.string().optional().describe("The code of the API's refusal."),
  message: z.string(),
});

const count = z.int().min(0);

/** A drift report, version 1. Within the version, fields are only added. */
export const reportSchema = z.object({
  version: z.literal(1),
  tool: z.string().describe("The version of pulumi-alicloud-users."),
  asOf: z.iso.datetime(),
  verdict: z
    .enum(["inSync", "drifted", "unknown"])
    .describe("unknown: something was not read, or nobody was compared; exit codes 0, 2 and 1."),
  complete: z.boolean(),
  calls: z.object({ reads: count, writes: z.literal(0) }),
  summary: z.object({
    users: count.describe("Users that the stacks declare."),
    compared: count,
    inSync: count,
    changed: count,
    gone: count,
    recreated: count,
    claimedTwice: count,
    unverifiable: count,
    unmanaged: count,
    accepted: count.describe("Users whose whole drift the accept file names; counted in their status too."),
  }),
  stacks: z.array(z.object({ name: z.string(), users: count })),
  listed: z
    .array(z.string())
    .optional()
    .describe("The directories in which users of no stack were looked for, with --unmanaged."),
  incomplete: z.array(incompleteSchema),
  users: z.array(userSchema),
  acceptance: z
    .array(
      z.object({
        user: z.string(),
        what: z.string(),
        problem: z.enum(["expired", "stale", "driftedFurther"]),
        message: z.string(),
      }),
    )
    .describe("Entries of the accept file that no longer hold."),
  since: z
    .object({
      asOf: z.iso.datetime(),
      new: count,
      still: count,
      resolved: z.array(z.object({ kind: z.string(), id: z.string(), name: z.string(), status: z.string() })),
      notLookedAt: z
        .array(userSchema)
        .optional()
        .describe("Users that drifted before and that this run did not compare, as they were last reported."),
    })
    .optional(),
});

/** A drift report. */
export type Report = z.infer<typeof reportSchema>;
/** One user in a report. */
export type ReportedUser = z.infer<typeof userSchema>;
/** One attribute that differs. */
export type ReportedAttribute = z.infer<typeof attributeSchema>;
/** A part of the stacks or of the account that was not read. */
export type Incomplete = z.infer<typeof incompleteSchema>;
/** What a report says of a user. */
export type Status = (typeof statuses)[number];

/** Whether the status is a form of drift. */
export function isDrift(status: Status): boolean {
  return (driftStatuses as readonly string[]).includes(status);
}

/** The figures of these rows. */
export function summaryOf(users: readonly ReportedUser[]): Report["summary"] {
  const of = (status: Status): number => users.filter((user) => user.status === status).length;
  const declared = users.length - of("unmanaged");
  return {
    users: declared,
    compared: declared - of("unverifiable"),
    inSync: of("inSync"),
    changed: of("changed"),
    gone: of("gone"),
    recreated: of("recreated"),
    claimedTwice: of("claimedTwice"),
    unverifiable: of("unverifiable"),
    unmanaged: of("unmanaged"),
    accepted: users.filter(isAccepted).length,
  };
}

/** Whether this run read a stack to the end, as far as its state goes: it is none of those that are incomplete as a whole. */
export function isStackRead({ stacks, incomplete }: Report, stack: string): boolean {
  const isUnread = incomplete.some((entry) => entry.stack === stack && entry.directory === undefined);
  return !isUnread && stacks.some(({ name }) => name === stack);
}

/** Whether the accept file names everything in which this user drifted. */
export function isAccepted({ status, accepted, attributes }: ReportedUser): boolean {
  if (!isDrift(status)) return false;
  if (status !== "changed") return accepted !== undefined;
  return attributes.every((attribute) => attribute.accepted !== undefined);
}

/** The report's JSON Schema, for those who read it with a program. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(reportSchema, { target: "draft-2020-12" });
}
