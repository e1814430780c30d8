import Ajv2020 from "ajv8/dist/2020";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseStringPromise } from "xml2js";
import { htmlFormat } from "../../cli/drift/html/htmlFormat";
import { junitFormat } from "../../cli/drift/junitFormat";
import { markdownFormat } from "../../cli/drift/markdownFormat";
import { maskReport, maskText } from "../../cli/drift/mask";
import { reportJsonSchema } from "../../cli/drift/report";
import { tableFormat } from "../../cli/drift/tableFormat";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { repository } from "../../scripts/toolchain/place";
import { run } from "../../scripts/toolchain/run";
import { changedUser, everyStatus, hostile, reportOfUsers } from "../support/sampleReport";

const report = everyStatus();

test("the JSON Schema takes a report, and none without its verdict", () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(reportJsonSchema());
  expect(validate(JSON.parse(JSON.stringify(report)))).toBe(true);
  expect(validate({ ...report, verdict: "fine" })).toBe(false);
});

test("the schema in the package takes a report too, and is what drift --schema prints", async () => {
  linkOwnName();
  const schema = JSON.parse(
    readFileSync(createRequire(__filename).resolve("pulumi-alicloud-users/drift-report.schema.json"), "utf8"),
  ) as object;
  const main = path.join(repository, "dist/cli/main.js");
  const { stdout } = await run(process.execPath, [main, "drift", "--schema"]);
  expect(JSON.parse(stdout)).toEqual(schema);
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  expect(validate(JSON.parse(JSON.stringify(report)))).toBe(true);
});

describe("the page", () => {
  const page = htmlFormat(report);

  test("asks for nothing from anywhere, and runs no script but its own", () => {
    expect(page).not.toMatch(/<[^>&]*\s(src|href|action)=|url\(|@import|\bfetch\(/);
    expect(page).toMatch(/default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/<img|onerror="/);
  });

  test("shows hostile names as text", () => {
    expect(page).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
    expect(page).toContain("\\u{202e}right to left");
  });

  test("has a row for each user, figures of its rows, and what was not compared", () => {
    expect(page.match(/<tr data-status/g)).toHaveLength(report.users.length);
    expect(page).toContain(`<li class="changed"><b>${1 + hostile.length}</b> changed</li>`);
    expect(page).toContain(
      "Not compared: sales, bastionhost-cn-x (1 user).</strong> It has &lt;expired&gt;.",
    );
  });
});

describe("Markdown", () => {
  test("lets no text out of its cell", () => {
    const rows = markdownFormat(report)
      .split("\n")
      .filter((line) => line.startsWith("| "));
    for (const row of rows) expect(row.replace(/\\\|/g, "").match(/\|/g)).toHaveLength(6);
    expect(markdownFormat(report)).toContain("`` a \\| b");
  });

  test("of 5,000 drifted users stays below its bound, keeps the figures and the worst, and tells how many it left out", () => {
    const changed = Array.from({ length: 5000 }, (_none, number) => changedUser(`user-${number}`, "changed"));
    const gone = changedUser("gone-one", undefined, { status: "gone", attributes: [] });
    const text = markdownFormat(reportOfUsers([gone, ...changed]));
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text).toContain("5001 compared · 5000 changed · 1 gone.");
    expect(text).toContain("| `gone-one` RamUser | `sales` | gone |");
    const kept = text.match(/^\| `/gm)!.length;
    expect(text).toContain(`… and ${5001 - kept} more rows.`);
  });
});

describe("JUnit", () => {
  const xml = junitFormat(report);

  test("is XML, counts a failure for drift and an error for what was not compared, whatever the users are called", async () => {
    const { testsuites } = (await parseStringPromise(xml)) as {
      testsuites: { testsuite: { $: Record<string, string> }[] };
    };
    const [sales] = testsuites.testsuite;
    const failures = String(4 + hostile.length);
    const tests = String(report.users.length - 1);
    expect(sales!.$).toEqual({ name: "sales", tests, failures, errors: "1", skipped: "0" });
  });
});

test("the table moves no cursor", () => {
  expect(tableFormat(report)).not.toMatch(/[\u001b\u009b\u202e]/);
});

test("every form for people puts the account's value on the left, as a preview does, and says so", () => {
  const drifted = reportOfUsers([changedUser("bob", "Hacked")]);
  const legend = "account => program";
  for (const text of [tableFormat(drifted), markdownFormat(drifted), junitFormat(drifted)]) {
    expect(text.replaceAll("&gt;", ">")).toContain('"Hacked" => "on call"');
    expect(text.replaceAll("&gt;", ">")).toContain(legend);
  }
  const page = htmlFormat(drifted).replaceAll("&gt;", ">");
  expect(page).toContain("<del>&quot;Hacked&quot;</del> => <ins>&quot;on call&quot;</ins>");
  expect(page).toContain(legend);
  expect(tableFormat(reportOfUsers([]))).not.toContain(legend);
});

describe("masking", () => {
  test.each([
    ["call +86 138 0013 8000", "call +86****00"],
    ["13800138000", "138****00"],
    ["86-18600000000", "86-****00"],
    ["bobby@example.com", "bo***@example.com"],
    ["in 2026-11-24 at desk 1234", "in 2026-11-24 at desk 1234"],
    ["200000000000000001", "200000000000000001"],
  ])("%s becomes %s", (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  test("holds for every part of a report that leaves the machine", () => {
    for (const format of [markdownFormat, junitFormat, htmlFormat]) {
      expect(format(maskReport(report))).not.toMatch(/8000|bobby@/);
      expect(format(report)).toMatch(/bobby@/);
    }
  });
});
