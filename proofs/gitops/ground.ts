import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { type Outcome, run } from "../../scripts/toolchain/run";
import { findToolchain } from "../../scripts/toolchain/toolchain";
import { type ExampleRepository, layOutRepository } from "./exampleRepository";
import { type FakeForge, startFakeForge } from "../../tests/support/gitops/fakeForge";

/** Where a pipeline runs: an example's repository, a stack in files with two users, an account and a forge on loopback. */
export interface Ground extends ExampleRepository {
  root: string;
  env: Record<string, string>;
  emulator: Emulator;
  forge: FakeForge;
  pulumi(...args: string[]): Promise<Outcome>;
  /** An admin renames the user. */
  rename(userName: string, newName: string): Promise<void>;
  close(): Promise<void>;
}

/** Prepares an example for its pipeline; the stack "prod" holds the users a and b. */
export async function openGround(example: string): Promise<Ground> {
  const root = mkdtempSync(path.join(tmpdir(), "gitops-"));
  const toolchain = await findToolchain();
  if (!toolchain) throw new Error("There is no Pulumi CLI yet. Run `npm run setup` first.");
  const files = await layOutRepository(root, example);
  const emulator = await startEmulator();
  const forge = await startFakeForge();
  mkdirSync(path.join(root, "backend"));
  const env = {
    PATH: [files.bin, toolchain.binDir, process.env.PATH].join(path.delimiter),
    HOME: root,
    PULUMI_HOME: path.join(root, "home"),
    PULUMI_BACKEND_URL: `file://${root}/backend`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    ALICLOUD_USERS_ENDPOINT: emulator.url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: "testid",
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret",
  };
  const pulumi = (...args: string[]) =>
    run("pulumi", [...args, "--non-interactive"], { cwd: files.dir, env });
  await run("npm", ["ci"], { cwd: files.dir, env });
  await pulumi("stack", "init", "prod");
  files.declare(["a", "b"]);
  const made = await pulumi("up", "--yes", "--skip-preview", "--stack", "prod");
  if (made.exitCode !== 0) throw new Error(`The stack could not be made:\n${made.stdout}${made.stderr}`);
  return {
    ...files,
    root,
    env,
    emulator,
    forge,
    pulumi,
    async rename(userName, newName) {
      const snapshot = await emulator.control.snapshot();
      const user = snapshot.ram.users.find((each) => each.userName === userName);
      if (user) user.userName = newName;
      await emulator.control.restore(snapshot);
    },
    async close() {
      await Promise.all([emulator.close(), forge.close()]);
      rmSync(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
