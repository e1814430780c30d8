import { type Report, type ReportedUser, summaryOf } from "../../cli/drift/report";

/** Names and values that would break a page, a table or a terminal that takes them for markup. */
export const hostile = [
  `<img src=x onerror="alert(1)">`,
  "</script><script>alert(1)</script>",
  "a | b `code` @everyone #1 [x](http://evil.test)",
  "\u001b[31mred\u001b[0m \u009b31m",
  "\u202Eright to left",
  "ünï 类 🙂",
];

/** A user that an admin changed. */
export function changedUser(name: string, live: unknown, more: Partial<ReportedUser> = {}): ReportedUser {
  const attribute = { path: "comments", declared: "on call", live, cause: "account", fixable: true } as const;
  const place = { kind: "RamUser", directory: "RAM", id: `id of ${name}`, name, stack: "sales", urn: "urn" };
  return { ...place, status: "changed", attributes: [attribute], ...more };
}

/** A report of these users. */
export function reportOfUsers(users: ReportedUser[], more: Partial<Report> = {}): Report {
  return {
    version: 1,
    tool: "0.0.0",
    asOf: "2026-11-24T02:00:00.000Z",
    verdict: "drifted",
    complete: true,
    calls: { reads: 3, writes: 0 },
    summary: summaryOf(users),
    incomplete: [],
    acceptance: [],
    stacks: [{ name: "sales", users: users.length }],
    users,
    ...more,
  };
}

/** A report with one user of each status and one for each hostile text. */
export function everyStatus(): Report {
  const base = { attributes: [] };
  return reportOfUsers(
    [
      changedUser("erin", undefined, {
        status: "unverifiable",
        message: "The instance has expired.",
        ...base,
      }),
      changedUser("gary", undefined, { status: "gone", ...base }),
      changedUser("rita", undefined, { status: "recreated", successorId: "42", ...base }),
      changedUser("carl", "x", { status: "claimedTwice", alsoClaimedBy: [{ stack: "ops", urn: "urn" }] }),
      changedUser("uma", undefined, { status: "unmanaged", stack: undefined, urn: undefined, ...base }),
      changedUser("bob", "call +86 138 0013 8000 or bobby@example.com"),
      ...hostile.map((text) => changedUser(text, text)),
      changedUser("ines", undefined, { status: "inSync", ...base }),
    ],
    {
      verdict: "unknown",
      complete: false,
      incomplete: [{ stack: "sales", directory: "bastionhost-cn-x", users: 1, message: "It has <expired>." }],
    },
  );
}
