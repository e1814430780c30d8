import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { linkOwnName } from "../scripts/toolchain/ownName";
import { repository } from "../scripts/toolchain/place";
import { run } from "../scripts/toolchain/run";

const example = path.join(repository, "examples/testing");
let folder: string;

// Inside the checkout, whose packages it uses.
beforeEach(() => {
  linkOwnName();
  folder = mkdtempSync(path.join(repository, "node_modules", "testing-"));
  cpSync(example, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the example's tests without credentials, without a Pulumi CLI, and with an endpoint where nobody listens. */
function runTests() {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ALICLOUD_USERS_ENDPOINT: "http://127.0.0.1:9" };
  const args = ["--import", "tsx", "--test", path.join(folder, "contractor.test.ts")];
  return run(process.execPath, args, { cwd: repository, env });
}

test("the unit tests of examples/testing pass, and call no account", async () => {
  const { exitCode, stdout } = await runTests();
  expect(stdout).toMatch(/pass 2\b/);
  expect(exitCode).toBe(0);
}, 60_000);

test("they fail when the program breaks what they say", async () => {
  const program = path.join(folder, "contractor.ts");
  writeFileSync(program, readFileSync(program, "utf8").replace("T23:59:59Z", "T00:00:00Z"));
  const { exitCode, stdout } = await runTests();
  expect(stdout).toMatch(/fail 1\b/);
  expect(exitCode).toBe(1);
}, 60_000);
