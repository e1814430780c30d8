import { Builder } from "xml2js";
import { changeLegend, changeOf } from "./change";
import { figuresOf, statusWord } from "./figures";
import { groupBy } from "./groupBy";
import { isAccepted, isDrift, type Report, type ReportedUser } from "./report";
import { showText } from "../../provider/core/showText";

const builder = new Builder({ rootName: "testsuites", xmldec: { version: "1.0", encoding: "UTF-8" } });

/** The report as JUnit XML: a suite for each stack and a test for each user; drift fails, what was not compared is an error. */
export function junitFormat(report: Report): string {
  const byStack = groupBy(report.users, ({ stack }) => stack ?? "in no stack");
  const suites = [...byStack].map(([name, users]) => suiteOf(name, users.map(caseOf)));
  const missing = report.incomplete.map(({ stack, directory, message }) => ({
    ...named([stack, directory].filter((part) => part !== undefined).join(", "), "not compared"),
    error: said(message),
  }));
  const stale = report.acceptance.map(({ user, what, message }) => ({
    ...named(`${user} ${what}`, "drift-accept"),
    failure: said(message),
  }));
  const about = [...missing, ...stale];
  const testsuite = [...suites, ...(about.length > 0 ? [suiteOf("drift", about)] : [])];
  const $ = { name: `alicloud-users drift: ${figuresOf(report.users)}` };
  return `${builder.buildObject({ $, testsuite })}\n`;
}

type Case = Record<string, unknown>;

function suiteOf(name: string, cases: readonly Case[]): object {
  const having = (key: string): number => cases.filter((each) => key in each).length;
  const $ = {
    name: showText(name),
    tests: cases.length,
    failures: having("failure"),
    errors: having("error"),
    skipped: having("skipped"),
  };
  return { $, testcase: cases };
}

const named = (name: string, classname: string): object => ({ $: { name: showText(name), classname } });
const said = (message: string): object => ({ $: { message: showText(message) } });

function caseOf(user: ReportedUser): Case {
  const { kind, id, name, status, message = "", attributes, alsoClaimedBy = [], successorId } = user;
  const head = { ...named(`${name} (${id})`, kind) };
  if (status === "inSync") return head;
  if (status === "unverifiable") return { ...head, error: said(message) };
  if (isDrift(status) && isAccepted(user)) return { ...head, skipped: said("accepted") };
  const details = [
    ...(attributes.length > 0 ? [`(${changeLegend})`] : []),
    ...attributes.map((attribute) => `${attribute.path}: ${changeOf(attribute)}`),
    ...alsoClaimedBy.map(({ stack }) => `also in ${showText(stack)}`),
    ...(successorId === undefined ? [] : [`${successorId} has its name`]),
  ];
  return { ...head, failure: { ...said(statusWord(status)), _: details.join("\n") } };
}
