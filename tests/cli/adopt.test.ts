import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { temporaryFolder } from "../support/temporaryFolder";
import { commandLine, main, type Place } from "./commandLine";

const args = ["adopt", "--ram", "--bastionhost", bastionHost, "--eiam", idaas];

const edited = "# Ours.\npeople: # all of them\n  zoe:\n    ram: { userName: zoe }\n";

let account: Account;

beforeAll(async () => {
  account = await openAccount();
  const { ram, bastionhost, eiam } = account.admin;
  for (const name of ["ann", "bob", "carl"]) {
    await ram("CreateUser", { UserName: name });
    await eiam("CreateUser", { Username: name, PrimaryOrganizationalUnitId: "ou_sales_demo0001" });
  }
  for (const { userId, userName } of await account.ramUsers())
    await bastionhost("CreateUser", { UserName: userName, Source: "Ram", SourceUserId: userId });
});
afterAll(() => account.close());

/** The files of a folder with their texts. */
function filesIn({ dir }: Place): Record<string, string> {
  const names = readdirSync(dir).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(dir, name), "utf8")]));
}

/** A folder of its own with these files. */
async function folderOf(files: Record<string, string>): Promise<Place> {
  const dir = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(dir, name), text);
  return { dir, env: { ...process.env, ...account.env } };
}

/** Runs adopt, and kills it while the call with this number waits for its answer. */
async function killedAt(call: number, { dir, env }: Place): Promise<void> {
  const { control } = account.emulator;
  await control.fault({ kind: "delay", delayMs: 600_000, skip: call });
  const child = spawn(process.execPath, [main, ...args], { cwd: dir, env, stdio: "ignore" });
  const ended = once(child, "exit");
  while ((await control.faults()).length > 0 && child.exitCode === null) await new Promise(setImmediate);
  child.kill("SIGKILL");
  expect(await ended).toEqual([null, "SIGKILL"]);
}

test.each([
  ["an empty folder", {}],
  ["a folder with an edited file", { "users.yaml": edited }],
])(
  "adopt, killed at any call in %s, leaves the folder as it was, and writes the same bytes when run again",
  async (_what, files) => {
    const { control } = account.emulator;
    const whole = await folderOf(files);
    await control.forgetCalls();
    expect((await commandLine(whole, ...args)).stdout).toContain("9 users read");
    const { calls } = await control.calls();
    const killed = await folderOf(files);
    for (const call of calls.keys()) {
      await killedAt(call, killed);
      expect(filesIn(killed)).toEqual(files);
    }
    expect((await commandLine(killed, ...args)).exitCode).toBe(0);
    expect(filesIn(killed)).toEqual(filesIn(whole));
    expect(Object.keys(filesIn(whole))).toEqual(["Pulumi.yaml", "index.ts", "users.yaml"]);
  },
  120_000,
);
