import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../support/freePort";
import { failuresIn, type languages, readQuickStart } from "../support/quickStart";
import { run } from "../../scripts/toolchain/run";

/** Variables that the quick start sets itself. */
const setByItself = /^(ALICLOUD|ALIBABA_CLOUD|PULUMI_BACKEND|PULUMI_CONFIG)_/;

/**
 * Runs the README's quick start in an empty folder, with a CLI that knows no stack. In place of the download stands the
 * package as it is installed in `modules`. Returns the lines that it printed, and those that the README shows; fails
 * where a command ended otherwise than the README says.
 */
export async function runQuickStart(
  language: (typeof languages)[number],
  modules: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ lines: string[]; shown: string[] }> {
  const { script, shown, failing } = readQuickStart(language);
  const download = /^npm install pulumi-alicloud-users .*$/m;
  expect(script).toMatch(download);
  const cwd = mkdtempSync(path.join(tmpdir(), "pulumi-alicloud-users-quick-start-"));
  const others = Object.entries(environment).filter(([name]) => !setByItself.test(name));
  try {
    const own = script
      .replace(download, `ln -s '${modules}' node_modules`)
      .replaceAll("4010", String(await freePort()));
    const { stdout, exitCode } = await run("bash", ["-c", own], {
      cwd,
      env: { ...Object.fromEntries(others), PULUMI_HOME: path.join(cwd, "home") },
      timeoutMs: 170_000,
    });
    const isAsTold = failuresIn(stdout).join() === failing.join() && exitCode === 0;
    if (!isAsTold) throw new Error(`The quick start failed with ${exitCode}:\n${stdout}`);
    return { lines: stdout.split("\n"), shown };
  } finally {
    rmSync(cwd, { recursive: true, maxRetries: 3 });
  }
}
