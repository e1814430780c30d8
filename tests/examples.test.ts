import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createStack, type Stack, type StackOptions } from "./support/stack";
import { type Account, bastionHost, idaas, openAccount } from "./support/account";
import { commandLine } from "./cli/commandLine";
import { succeeded, tally } from "./e2e/outcome";

const repository = path.join(__dirname, "..");
const examples = path.join(repository, "examples");
// The pipelines of examples/gitops are run by `npm run proof -- gitops`; every other example is a program.
const programs = readdirSync(examples).filter((name) => existsSync(path.join(examples, name, "Pulumi.yaml")));
// Its users have to be there before.
const names = programs.filter((name) => name !== "adopted-account");

/** What a user has to configure before the first run; all else has a default. */
const configured: Record<string, Record<string, string>> = {
  quickstart: { bobPassword: "Correct-Horse-7" },
  yaml: { carolPassword: "Correct-Horse-7" },
  "password-rotation": { bobPassword: "Correct-Horse-7" },
};

let account: Account;
let stack: Stack | undefined;

/** The day for which the examples with days are run. */
const asOf = "2026-06-01";

async function stackOf(options: StackOptions): Promise<Stack> {
  const env = { ...account.env, ALICLOUD_USERS_AS_OF: asOf };
  return (stack = await createStack({ ...options, env }));
}

beforeAll(async () => void (account = await openAccount()));
afterEach(async () => {
  await stack?.remove();
  stack = undefined;
  await account.empty();
});
afterAll(() => account.close());

describe.each(names)("the example %s", (name) => {
  it("previews, comes up, has nothing to do then, and leaves nothing behind when destroyed", async () => {
    const { preview, up, destroy } = await stackOf({
      program: path.join(examples, name),
      secrets: configured[name] ?? {},
      oneProcess: existsSync(path.join(examples, name, "index.ts")),
    });
    const planned = succeeded(await preview());
    expect(planned.stdout).not.toMatch(/warning:|error:/);
    const made = succeeded(await up());
    expect(tally(planned)).toEqual(tally(made).map((line) => line.replace("created", "to create")));
    succeeded(await preview(["--expect-no-changes"]));
    succeeded(await destroy());
    const users = [...(await account.ramUsers()), ...(await account.bastionhostUsers())];
    expect(users).toEqual([]);
    const kept = (await account.eiamUsers()).filter(({ status }) => status !== "disabled");
    expect(kept).toEqual([]);
  }, 180_000);
});

/** What `up` writes to the account, without the writes before it. */
async function writesOf(work: () => Promise<unknown>): Promise<string[]> {
  await account.emulator.control.forgetCalls();
  await work();
  return (await account.writes()).map(([action]) => action).sort();
}

/** The account from which the file of examples/adopted-account was written. */
async function makeAdopted(): Promise<void> {
  const { admin, emulator } = account;
  const root = "ou_root_demo0001";
  await admin.ram("CreateUser", {
    UserName: "alice",
    DisplayName: "Alice Liddell",
  });
  await admin.ram("CreateUser", { UserName: "bob", DisplayName: "Bob O'Brien" });
  await admin.ram("CreateUser", { UserName: "svc-backup", Comments: "nightly" });
  await admin.eiam("CreateUser", {
    Username: "alice",
    UserExternalId: "staff-1",
    PrimaryOrganizationalUnitId: root,
  });
  const [alice] = await account.ramUsers();
  await admin.bastionhost("CreateUser", { UserName: "alice", Source: "Ram", SourceUserId: alice!.userId });
  // The ids that stand in the file.
  const { ram, bastionhost, eiam } = await emulator.control.snapshot();
  ram.users.forEach((user, number) => (user.userId = `20000000000000000${number + 1}`));
  eiam.instances[0]!.users[0]!.userId = "user_alice0001";
  Object.assign(bastionhost.instances[0]!.users[0]!, { userId: "1", sourceUserId: ram.users[0]!.userId });
  await emulator.control.restore({ ram, bastionhost, eiam });
}

it("adopted-account has the file that adopt writes, and comes up without a write", async () => {
  await makeAdopted();
  const { dir, env, up, preview } = await stackOf({ program: path.join(examples, "adopted-account") });
  const chosen = ["--ram", "--bastionhost", bastionHost, "--eiam", idaas];
  const { stdout } = succeeded(await commandLine({ dir, env }, "adopt", ...chosen, "--file", "new.yaml"));
  expect(stdout).toContain("Alike, not joined: alice");
  const read = (file: string): string => readFileSync(path.join(dir, file), "utf8");
  expect(read("new.yaml")).toBe(read("users.yaml"));
  expect(await writesOf(async () => succeeded(await up()))).toEqual([]);
  succeeded(await preview(["--expect-no-changes"]));
}, 180_000);

it("joining-and-leaving does on each day what its README says", async () => {
  const { env, up } = await stackOf({ program: path.join(examples, "joining-and-leaving") });
  const writesOn = (day: string): Promise<string[]> => {
    env.ALICLOUD_USERS_AS_OF = day;
    return writesOf(async () => succeeded(await up()));
  };
  expect(await writesOn("2026-01-31")).toEqual([]);
  expect(await writesOn("2026-02-01")).toEqual(["CreateUser", "CreateUser", "CreateUser"]);
  const [dora] = await account.bastionhostUsers();
  expect(Number(dora!.effectiveEndTime)).toBe(Date.parse("2027-01-01T00:00:00+08:00") / 1000);
  expect(await writesOn("2027-01-01")).toEqual(["DisableUser", "LockUsers"]);
  expect(await writesOn("2027-01-31")).toEqual(["DeleteUser", "DeleteUser", "DeleteUser"]);
}, 180_000);

it("password-rotation sends a new password to both users, and shows it nowhere", async () => {
  const old = "Correct-Horse-7";
  const next = "Correct-Horse-8";
  const { up, run, preview } = await stackOf({
    program: path.join(examples, "password-rotation"),
    secrets: { bobPassword: old },
  });
  succeeded(await up());
  succeeded(await run(["config", "set", "--secret", "bobPassword", next]));
  const planned = succeeded(await preview());
  expect(tally(planned)).toContain("~ 2 to update");
  expect(planned.stdout).not.toContain("Correct-Horse");
  expect(await writesOf(async () => succeeded(await up()))).toEqual(["ModifyUser", "UpdateUserPassword"]);
  succeeded(await preview(["--expect-no-changes"]));
}, 180_000);

describe("the project at the root of the repository", () => {
  it("previews, as it lies there, with the example that its main names", async () => {
    const program = mkdtempSync(path.join(tmpdir(), "pulumi-alicloud-users-root-"));
    for (const name of ["Pulumi.yaml", "package.json", "tsconfig.json", "examples"])
      cpSync(path.join(repository, name), path.join(program, name), { recursive: true });
    try {
      const { preview } = await stackOf({
        program,
        config: { "alicloud-users:bobPassword": "Correct-Horse-7" },
      });
      expect(tally(succeeded(await preview()))).toEqual(["+ 5 to create"]);
    } finally {
      rmSync(program, { recursive: true });
    }
  }, 60_000);
});
