import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import type { Report, ReportedUser } from "./report";
import { isDrift, reportSchema } from "./report";

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

/** The report with what is new, what still drifts and what was resolved since an earlier one. */
export function since(report: Report, earlier: Report): Report {
  const before = new Map(earlier.users.map((user) => [keyOf(user), user]));
  const now = new Map(report.users.map((user) => [keyOf(user), user]));
  const users = report.users.map((user) => {
    if (!isDrift(user.status)) return user;
    const known = before.get(keyOf(user));
    const isKnown = known !== undefined && isDrift(known.status) && isIncluded(user, known);
    return isKnown
      ? { ...user, age: "still" as const, firstSeen: known.firstSeen ?? earlier.asOf }
      : { ...user, age: "new" as const, firstSeen: report.asOf };
  });
  const isResolved = (user: ReportedUser): boolean => {
    const current = now.get(keyOf(user));
    if (!isDrift(user.status)) return false;
    return current ? current.status === "inSync" : report.complete;
  };
  const resolved = earlier.users
    .filter(isResolved)
    .map(({ kind, id, name, status }) => ({ kind, id, name, status }));
  const of = (age: string): number => users.filter((user) => user.age === age).length;
  return { ...report, users, since: { asOf: earlier.asOf, new: of("new"), still: of("still"), resolved } };
}

const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind} ${id}`;

/** Whether the earlier report had all that drifts now, with these values. */
function isIncluded(user: ReportedUser, known: ReportedUser): boolean {
  if (user.status !== known.status) return false;
  return user.attributes.every(({ path, live }) =>
    known.attributes.some((each) => each.path === path && isDeepStrictEqual(each.live, live)),
  );
}
