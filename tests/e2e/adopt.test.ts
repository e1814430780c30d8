import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { commandLine } from "../cli/commandLine";
import { createStack, type Stack } from "../support/stack";
import { type Account, openAccount } from "../support/account";
import { addHostileUsers } from "./hostileUsers";
import { succeeded } from "./outcome";

jest.setTimeout(300_000);

const directories = ["--ram", "--bastionhost", "bastionhost-cn-demo0001", "--eiam", "idaas_demo0001"];

describe.each([
  ["dynamic resources", []],
  ["the plugin", ["--plugin"]],
])("an account of 300 users with hostile names, adopted through %s", (_name, flags) => {
  let account: Account;
  let stack: Stack;
  let total: number;
  const file = () => path.join(stack.dir, "users.yaml");
  const adopt = (...args: string[]) =>
    commandLine(
      { dir: stack.dir, env: { ...stack.env, ...account.env } },
      "adopt",
      ...directories,
      ...flags,
      ...args,
    );

  beforeAll(async () => {
    account = await openAccount();
    total = await addHostileUsers(account, 300);
    stack = await createStack({ source: "", env: { ...account.env, PULUMI_SKIP_CHECKPOINTS: "true" } });
    await rm(path.join(stack.dir, "index.ts"));
    await account.emulator.control.forgetCalls();
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  it("is under management in three commands, without a write, and the next preview is empty", async () => {
    const { stdout } = succeeded(await adopt());
    expect(stdout).toContain(`${total} users read (`);
    expect(stdout).toContain("0 writes). New: users.yaml, index.ts.");
    const preview = succeeded(await stack.preview());
    expect(preview.stdout).not.toMatch(/: change: /);
    const adopted = preview.stdout.match(/adopts .* nothing to change/g);
    expect(new Set(adopted).size).toBe(total);
    succeeded(await stack.up());
    expect(await account.writes()).toEqual([]);
    succeeded(await stack.preview(["--expect-no-changes"]));
  });

  it("keeps every byte and every edit of the file, and appends who is new", async () => {
    const before = await readFile(file(), "utf8");
    expect(succeeded(await adopt()).stdout).toContain(`${total} stand in the file already`);
    expect(await readFile(file(), "utf8")).toBe(before);
    const edited = before.replace("# Yours to edit.", "# Ours.").replace("people:\n", "people: # all\n");
    await writeFile(file(), edited);
    await account.admin.ram("CreateUser", { UserName: "newcomer" });
    succeeded(await adopt());
    const after = await readFile(file(), "utf8");
    expect(after.startsWith(edited)).toBe(true);
    expect(after.slice(edited.length)).toMatch(
      /^ {2}newcomer:\n {4}ram: \{ adopt: "\d+", userName: newcomer \}\n$/,
    );
  });

  it("gives every hostile name a key of its own", async () => {
    succeeded(await adopt("--file", "other.yaml", "--import-file", "import.json"));
    const users = JSON.parse(await readFile(path.join(stack.dir, "import.json"), "utf8")) as {
      resources: { name: string; type: string }[];
    };
    const names = users.resources.map(({ name, type }) => `${type} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
