// `npm test`: set-up and checks, then the tests. Arguments go to jest, and then the checks are left out.
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const setUp = { title: "set-up and build", script: "scripts/setup.mjs", args: [] };
const checks = [
  { title: "formatting", script: "node_modules/prettier/bin/prettier.cjs", args: ["--check", "."] },
  { title: "lint", script: "node_modules/eslint/bin/eslint.js", args: ["."] },
  { title: "types", script: "node_modules/typescript/bin/tsc", args: ["--noEmit"] },
];

/** Runs a script under a heading, says how long it took, and returns whether it succeeded. */
function passes({ title, script, args }) {
  console.log(`\n== ${title}`);
  const started = Date.now();
  const { status } = spawnSync(process.execPath, [path.join(root, script), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  return told(title, status === 0, Date.now() - started);
}

/** The same for scripts that run side by side; what each prints comes in one piece, in their order. */
async function pass(all) {
  const running = all.map(({ script, args }) => {
    const started = Date.now();
    return promisify(execFile)(process.execPath, [path.join(root, script), ...args], {
      cwd: root,
      maxBuffer: 1e9,
    })
      .catch((error) => error)
      .then((result) => ({ result, milliseconds: Date.now() - started }));
  });
  const passed = [];
  for (const [index, { title }] of all.entries()) {
    const { result, milliseconds } = await running[index];
    console.log(`\n== ${title}\n${result.stdout}${result.stderr}`.trimEnd());
    passed.push(told(title, !(result instanceof Error), milliseconds));
  }
  return passed;
}

function told(title, passed, milliseconds) {
  console.log(`== ${title}: ${passed ? "passed" : "failed"} in ${(milliseconds / 1000).toFixed(1)}s`);
  return passed;
}

function countsOf(results) {
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

/** Suites for the weekly workflow, which take minutes. Others hold their promises with fewer draws, kills or faults. */
const weekly = "\\.weekly\\.test\\.ts$";

function runJest(args) {
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-alicloud-users-tests-"));
  const report = path.join(folder, "report.json");
  try {
    const script = "node_modules/jest/bin/jest.js";
    // One more than there are processors: many suites wait for processes and pauses.
    const own = ["--ci", `--maxWorkers=${availableParallelism() + 1}`, "--json", `--outputFile=${report}`];
    const isWhole = args.length === 0 && !process.env.MODEL_SEED;
    const chosen = !isWhole ? args : [`--testPathIgnorePatterns=${weekly}`];
    return counts(report, passes({ title: "tests", script, args: [...own, ...chosen] }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A suite that cannot run, a jest that ends badly, and a run without a test each count as a failure. */
function counts(report, succeeded) {
  const result = readReport(report);
  const passed = result?.numPassedTests ?? 0;
  const skipped = (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
  const failed = (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0);
  const unexplained = failed === 0 && (!succeeded || passed === 0);
  return { passed, failed: unexplained ? 1 : failed, skipped };
}

function readReport(report) {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return undefined;
  }
}

function add(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** Without a set-up nothing else says anything, so the checks and the tests are then left out. */
async function runAll(args) {
  const ready = countsOf([passes(setUp)]);
  if (ready.failed > 0) return ready;
  if (args.length > 0) return runJest(args);
  return add(add(ready, countsOf(await pass(checks))), runJest([]));
}

const { passed, failed, skipped } = await runAll(process.argv.slice(2));
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 ? 1 : 0;
