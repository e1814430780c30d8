import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { isAccepted, isDrift, isStackRead, type Report, type ReportedUser, summaryOf } from "./report";

const date = z.iso.date("must be a date such as 2027-01-31");

const entrySchema = z
  .strictObject({
    user: z.string().min(1).describe("The kind and the id of the user, as the report has them."),
    name: z.string().optional(),
    stack: z.string().optional().describe("The stack that declares the user, by which the entry is judged."),
    attribute: z.string().min(1).optional(),
    live: z.unknown().optional(),
    status: z.enum(["gone", "recreated", "claimedTwice", "unmanaged"]).optional(),
    reason: z.string().min(1, "must say why"),
    until: date,
  })
  .refine(({ attribute, status }) => (attribute === undefined) !== (status === undefined), {
    error: "names either an attribute or a status",
  });

const fileSchema = z.strictObject({ version: z.literal(1), accept: z.array(entrySchema) });

/** One known drift: of an attribute that has this live value, or of a whole user. */
export type AcceptEntry = z.infer<typeof entrySchema>;

/** Reads an accept file; none when there is no such file and it was not asked for. Throws a sentence that names the bad entry. */
export async function readAcceptFile(file: string, isRequired: boolean): Promise<AcceptEntry[]> {
  if (!isRequired && !existsSync(file)) return [];
  let content: unknown;
  try {
    content = parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
  }
  const result = fileSchema.safeParse(content);
  if (result.success) return result.data.accept;
  const reasons = result.error.issues.map(({ path, message }) => {
    const place = path.length === 0 ? "the file" : path.join(".");
    return `${place}: ${message}`;
  });
  throw new Error(`${file} is no accept file: ${reasons.join("; ")}.`);
}

/** The report with what these entries accept; entries that are expired, match nothing, or whose value drifted further are told. */
export function accept(report: Report, entries: readonly AcceptEntry[]): Report {
  const today = report.asOf.slice(0, 10);
  const byUser = new Map(report.users.map((user) => [keyOf(user), user]));
  const users = new Map(byUser);
  const acceptance: Report["acceptance"] = [];
  for (const entry of entries) {
    const user = users.get(entry.user);
    const problem = problemOf(entry, user, { today, isSeen: isLookedAt(report, entry) });
    if (problem)
      acceptance.push({ user: entry.user, what: entry.attribute ?? entry.status ?? "", ...problem });
    else if (user) users.set(entry.user, accepted(user, entry));
  }
  const marked = report.users.map((user) => users.get(keyOf(user)) ?? user);
  return { ...report, users: marked, acceptance, summary: summaryOf(marked) };
}

const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind} ${id}`;

type Problem = Pick<Report["acceptance"][number], "problem" | "message">;

function problemOf(
  entry: AcceptEntry,
  user: ReportedUser | undefined,
  { today, isSeen }: { today: string; isSeen: boolean },
): Problem | undefined {
  const who = [entry.name, `(${entry.user})`].filter((part) => part !== undefined).join(" ");
  const what = `${who}: ${entry.attribute ?? entry.status}`;
  if (entry.until < today)
    return {
      problem: "expired",
      message: `${what} was accepted until ${entry.until}. Put it right, or give it a new date.`,
    };
  if (user?.status === "unverifiable" || (!user && !isSeen)) return undefined;
  const attribute = user?.attributes.find(({ path }) => path === entry.attribute);
  if (attribute && !isDeepStrictEqual(attribute.live ?? null, entry.live ?? null))
    return {
      problem: "driftedFurther",
      message: `${what} has changed since it was accepted. Look at it, and accept the new value or put it back.`,
    };
  if (attribute || (user && user.status === entry.status)) return undefined;
  return { problem: "stale", message: `${what} matches no drift any more. Take it out of the file.` };
}

/** Whether this run would have found the user of an entry, had it still drifted. */
function isLookedAt(report: Report, { stack, status }: AcceptEntry): boolean {
  if (!report.complete) return false;
  if (status === "unmanaged") return report.listed !== undefined;
  return stack === undefined || isStackRead(report, stack);
}

function accepted(user: ReportedUser, { attribute, reason }: AcceptEntry): ReportedUser {
  if (attribute === undefined) return { ...user, accepted: reason };
  const attributes = user.attributes.map((each) =>
    each.path === attribute ? { ...each, accepted: reason } : each,
  );
  return { ...user, attributes };
}

/** Adds all drift of the report that is not accepted yet to an accept file, and makes the file where there is none. */
export async function acceptCurrent(
  report: Report,
  { file, reason, until }: { file: string; reason: string; until: string },
): Promise<number> {
  if (!date.safeParse(until).success)
    throw new Error(`--until "${until}" must be a date such as 2027-01-31.`);
  const fresh = report.users
    .filter((user) => isDrift(user.status) && !isAccepted(user))
    .flatMap((user) => entriesOf(user, reason, until));
  const isReplaced = (old: AcceptEntry): boolean =>
    fresh.some(
      ({ user, attribute, status }) =>
        user === old.user && attribute === old.attribute && status === old.status,
    );
  const kept = (await readAcceptFile(file, false)).filter((old) => !isReplaced(old));
  await writeFile(file, stringify({ version: 1, accept: [...kept, ...fresh] }));
  return fresh.length;
}

function entriesOf(user: ReportedUser, reason: string, until: string): AcceptEntry[] {
  const about = {
    user: keyOf(user),
    name: user.name,
    ...(user.stack !== undefined && { stack: user.stack }),
  };
  const open = user.attributes
    .filter((attribute) => attribute.accepted === undefined)
    .map(({ path, live }) => ({ ...about, attribute: path, live: live ?? null, reason, until }));
  const status = user.status as AcceptEntry["status"] | "changed";
  return status === "changed" ? open : [{ ...about, status, reason, until }];
}
