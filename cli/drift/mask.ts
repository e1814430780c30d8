import type { Report, ReportedUser } from "./report";

/** The report with email addresses and telephone numbers masked wherever they stand in names and values. */
export function maskReport(report: Report): Report {
  return {
    ...report,
    users: report.users.map(maskUser),
    incomplete: report.incomplete.map((entry) => ({ ...entry, message: maskText(entry.message) })),
    acceptance: report.acceptance.map((entry) => ({ ...entry, message: maskText(entry.message) })),
    ...(report.since && {
      since: {
        ...report.since,
        resolved: report.since.resolved.map((user) => ({ ...user, name: maskText(user.name) })),
        ...(report.since.notLookedAt && { notLookedAt: report.since.notLookedAt.map(maskUser) }),
      },
    }),
  };
}

function maskUser(user: ReportedUser): ReportedUser {
  return {
    ...user,
    name: maskText(user.name),
    ...(user.urn !== undefined && { urn: maskText(user.urn) }),
    attributes: user.attributes.map((attribute) => ({
      ...attribute,
      declared: maskValue(attribute.declared),
      live: maskValue(attribute.live),
    })),
  };
}

function maskValue(value: unknown): unknown {
  if (typeof value === "string") return maskText(value);
  if (Array.isArray(value)) return value.map(maskValue);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskValue(inner)]));
}

const email = /([^\s@<>"']{1,2})[^\s@<>"']*@([^\s@<>"']+)/g;
/** Six digits or more, with the spaces and hyphens that people put between them; longer than any number is an id. */
const telephone = /(?<![\w-])\+?\d(?:[ -]?\d){5,16}(?![\w-])/g;
const moment = /^\d{4}-\d\d-\d\d/;

/** A text with what could reach a person masked: `al***@example.com`, `138****1234`. */
export function maskText(text: string): string {
  return text
    .replace(email, "$1***@$2")
    .replace(telephone, (number) =>
      moment.test(number) ? number : `${number.slice(0, 3)}****${number.slice(-2)}`,
    );
}
