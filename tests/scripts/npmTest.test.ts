import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../support/temporaryFolder";

/** Each tool that `npm test` runs, as a script that notes its name and ends with the given code. */
interface Tools {
  setup?: number;
  prettier?: number;
  eslint?: number;
  tsc?: number;
  jest?: { code: number; report?: Record<string, number> };
}

const scripts = {
  setup: "scripts/setup.mjs",
  prettier: "node_modules/prettier/bin/prettier.cjs",
  eslint: "node_modules/eslint/bin/eslint.js",
  tsc: "node_modules/typescript/bin/tsc",
};

async function npmTest(tools: Tools, args: string[] = []) {
  const root = await temporaryFolder();
  const put = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  for (const name of Object.keys(scripts) as (keyof typeof scripts)[]) {
    put(scripts[name], `console.log("ran ${name}"); process.exitCode = ${tools[name] ?? 0}`);
  }
  const { code, report } = tools.jest ?? { code: 0, report: { numPassedTests: 5 } };
  put("node_modules/jest/bin/jest.js", fakeJest(code, report));
  copyFileSync(path.join(__dirname, "../../scripts/test.mjs"), path.join(root, "scripts/test.mjs"));
  const { status, stdout } = spawnSync(process.execPath, [path.join(root, "scripts/test.mjs"), ...args]);
  const lines = stdout.toString().trimEnd().split("\n");
  const argv = path.join(root, "jest.argv");
  return {
    status,
    last: lines.at(-1),
    ran: lines.filter((line) => line.startsWith("ran ")).map((line) => line.slice(4)),
    jestArgs: existsSync(argv) ? (JSON.parse(readFileSync(argv, "utf8")) as string[]) : [],
  };
}

function fakeJest(code: number, report: Record<string, number> | undefined): string {
  return `
    const fs = require("node:fs");
    console.log("ran jest");
    fs.writeFileSync("jest.argv", JSON.stringify(process.argv.slice(2)));
    const file = process.argv.find((arg) => arg.startsWith("--outputFile=")).slice(13);
    const report = ${JSON.stringify(report) ?? "undefined"};
    if (report) fs.writeFileSync(file, JSON.stringify(report));
    process.exitCode = ${code};`;
}

describe("npm test", () => {
  it("counts the checks and the tests in its last line", async () => {
    const { status, last, ran } = await npmTest({});
    expect(ran).toEqual(["setup", "prettier", "eslint", "tsc", "jest"]);
    expect(last).toBe("9 passed, 0 failed");
    expect(status).toBe(0);
  });

  it("goes on after a failed check and ends with a failure", async () => {
    const { status, last, ran } = await npmTest({ eslint: 1 });
    expect(ran).toContain("jest");
    expect(last).toBe("8 passed, 1 failed");
    expect(status).toBe(1);
  });

  it("counts failed tests, suites that cannot run, and skipped tests", async () => {
    const report = { numPassedTests: 5, numFailedTests: 2, numRuntimeErrorTestSuites: 1, numPendingTests: 3 };
    const { status, last } = await npmTest({ jest: { code: 1, report } });
    expect(last).toBe("9 passed, 3 failed, 3 skipped");
    expect(status).toBe(1);
  });

  it.each([
    ["jest crashes without a report", { code: 134 }, "4 passed, 1 failed"],
    ["no test runs", { code: 0, report: { numPassedTests: 0 } }, "4 passed, 1 failed"],
    ["jest fails though every test passed", { code: 1, report: { numPassedTests: 5 } }, "9 passed, 1 failed"],
  ])("fails when %s", async (_, jest, expected) => {
    const { status, last } = await npmTest({ jest });
    expect(last).toBe(expected);
    expect(status).toBe(1);
  });

  it("stops after a set-up that failed", async () => {
    const { status, last, ran } = await npmTest({ setup: 1 });
    expect(ran).toEqual(["setup"]);
    expect(last).toBe("0 passed, 1 failed");
    expect(status).toBe(1);
  });

  it("hands its arguments to jest and leaves the checks out", async () => {
    const { last, ran, jestArgs } = await npmTest({}, ["tests/core", "-t", "two words"]);
    expect(ran).toEqual(["setup", "jest"]);
    expect(jestArgs.slice(-3)).toEqual(["tests/core", "-t", "two words"]);
    expect(last).toBe("5 passed, 0 failed");
  });
});
