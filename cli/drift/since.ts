import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { isDrift, isStackRead, type Report, type ReportedUser, reportSchema } from "./report";

/** Reads an earlier report in JSON. Throws a sentence when the file holds none. */
export async function readReport(file: string): Promise<Report> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
  }
  const result = reportSchema.safeParse(content);
  if (result.success) return result.data;
  throw new Error(
    `${file} is no drift report of version 1. Write one with "alicloud-users drift -o json:FILE".`,
  );
}

/** The report with what is new, what still drifts, what was resolved and what was not looked at since an earlier one. */
export function since(report: Report, earlier: Report): Report {
  // What the earlier run did not look at either is as it was last reported.
  const known = [...(earlier.since?.notLookedAt ?? []), ...earlier.users];
  const before = new Map(known.filter(({ status }) => isDrift(status)).map((user) => [keyOf(user), user]));
  const now = new Map(report.users.map((user) => [keyOf(user), user]));
  const users = report.users.map((user) => {
    if (!isDrift(user.status)) return user;
    const last = before.get(keyOf(user));
    return last !== undefined && isIncluded(user, last)
      ? { ...user, age: "still" as const, firstSeen: last.firstSeen ?? earlier.asOf }
      : { ...user, age: "new" as const, firstSeen: report.asOf };
  });
  const ended = [...before.values()].filter((user) => !isDrift(now.get(keyOf(user))?.status ?? "inSync"));
  const isSeen = (user: ReportedUser): boolean => isLookedAt(report, user, now.get(keyOf(user)));
  const resolved = ended.filter(isSeen).map(({ kind, id, name, status }) => ({ kind, id, name, status }));
  const notLookedAt = ended
    .filter((user) => !isSeen(user))
    .map(({ age: _age, ...user }) => ({ ...user, firstSeen: user.firstSeen ?? earlier.asOf }));
  const of = (age: string): number => users.filter((user) => user.age === age).length;
  return {
    ...report,
    users,
    since: {
      asOf: earlier.asOf,
      new: of("new"),
      still: of("still"),
      resolved,
      ...(notLookedAt.length > 0 && { notLookedAt }),
    },
  };
}

const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind} ${id}`;

/** Whether the earlier report had all that drifts now, with these values. */
function isIncluded(user: ReportedUser, known: ReportedUser): boolean {
  if (user.status !== known.status) return false;
  return user.attributes.every(({ path, live }) =>
    known.attributes.some((each) => each.path === path && isDeepStrictEqual(each.live, live)),
  );
}

/** Whether this run would have reported the drift of a user, had there still been one. */
function isLookedAt(report: Report, last: ReportedUser, current: ReportedUser | undefined): boolean {
  const { status, directory, stack, alsoClaimedBy = [], attributes } = last;
  if (current) {
    const unseen = (current.notCompared ?? []).map(({ path }) => path);
    const isUnseen = attributes.some(({ path }) =>
      unseen.some((each) => each === path || path.startsWith(`${each}.`)),
    );
    return current.status !== "unverifiable" && !isUnseen;
  }
  if (status === "unmanaged") return report.listed?.includes(directory) === true;
  // A user that no stack declares any more is no drift, as far as the stacks that declared it were read.
  const stacks = [stack ?? "", ...alsoClaimedBy.map((claim) => claim.stack)];
  return stacks.every((name) => isStackRead(report, name));
}
