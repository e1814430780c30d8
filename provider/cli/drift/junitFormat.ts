import { XMLBuilder } from "fast-xml-parser";
import { figuresOf, statusWord } from "./figures";
import { groupBy } from "./groupBy";
import type { Report, ReportedUser } from "./report";
import { isAccepted, isDrift } from "./report";
import { shownText, shownValue } from "./shownValue";

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", format: true });

/** The report as JUnit XML: a suite for each stack and a test for each user; drift fails, what was not compared is an error. */
export function junitFormat(report: Report): string {
  const byStack = groupBy(report.users, ({ stack }) => stack ?? "in no stack");
  const suites = [...byStack].map(([name, users]) => suiteOf(name, users.map(caseOf)));
  const missing = report.incomplete.map(({ stack, directory, message }) => ({
    "@name": shownText([stack, directory].filter((part) => part !== undefined).join(", ")),
    "@classname": "not compared",
    error: { "@message": shownText(message) },
  }));
  const stale = report.acceptance.map(({ user, what, message }) => ({
    "@name": shownText(`${user} ${what}`),
    "@classname": "drift-accept",
    failure: { "@message": shownText(message) },
  }));
  const about = [...missing, ...stale];
  const testsuite = [...suites, ...(about.length > 0 ? [suiteOf("drift", about)] : [])];
  const testsuites = { "@name": `alicloud-users drift: ${figuresOf(report.users)}`, testsuite };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ testsuites })}`;
}

type Case = Record<string, unknown>;

function suiteOf(name: string, cases: readonly Case[]): object {
  const having = (key: string): number => cases.filter((each) => key in each).length;
  return {
    "@name": shownText(name),
    "@tests": cases.length,
    "@failures": having("failure"),
    "@errors": having("error"),
    "@skipped": having("skipped"),
    testcase: cases,
  };
}

function caseOf(user: ReportedUser): Case {
  const { kind, id, name, status, message = "", attributes, alsoClaimedBy = [], successorId } = user;
  const named = { "@name": shownText(`${name} (${id})`), "@classname": kind };
  if (status === "inSync") return named;
  if (status === "unverifiable") return { ...named, error: { "@message": shownText(message) } };
  if (isDrift(status) && isAccepted(user)) return { ...named, skipped: { "@message": "accepted" } };
  const details = [
    ...attributes.map(
      ({ path, declared, live }) => `${path}: ${shownValue(declared)} -> ${shownValue(live)}`,
    ),
    ...alsoClaimedBy.map(({ stack }) => `also in ${shownText(stack)}`),
    ...(successorId === undefined ? [] : [`${successorId} has its name`]),
  ];
  return { ...named, failure: { "@message": statusWord(status), "#text": details.join("\n") } };
}
