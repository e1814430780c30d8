import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Stack, StackOptions } from "./support/stack";
import { createStack } from "./support/stack";
import type { Account } from "./support/account";
import { openAccount } from "./support/account";
import { succeeded, tally } from "./e2e/outcome";

const repository = path.join(__dirname, "..");
const examples = path.join(repository, "examples");
// The pipelines of examples/gitops are run by `npm run proof -- gitops`; every other example is a program.
const names = readdirSync(examples).filter((name) => existsSync(path.join(examples, name, "Pulumi.yaml")));

/** What a user has to configure before the first run; all else has a default. */
const configured: Record<string, Record<string, string>> = {
  quickstart: { bobPassword: "Correct-Horse-7" },
  yaml: { carolPassword: "Correct-Horse-7" },
};

let account: Account;
let stack: Stack | undefined;

async function stackOf(options: StackOptions): Promise<Stack> {
  return (stack = await createStack({ ...options, env: account.env }));
}

beforeEach(async () => void (account = await openAccount()));
afterEach(async () => {
  await stack?.remove();
  stack = undefined;
  await account.close();
});

describe.each(names)("the example %s", (name) => {
  it("previews, comes up, has nothing to do then, and leaves nothing behind when destroyed", async () => {
    const { preview, up, destroy } = await stackOf({
      program: path.join(examples, name),
      secrets: configured[name] ?? {},
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

describe("the example yaml", () => {
  it("shows in a plain preview what somebody changed, by attribute, and sets it back", async () => {
    const program = path.join(examples, "yaml");
    const { up, preview } = await stackOf({ program, secrets: configured.yaml });
    succeeded(await up());
    const { ram, bastionhost } = account.admin;
    await ram("UpdateUser", { UserName: "alice", NewUserName: "alice", NewDisplayName: "Somebody" });
    const [user] = await account.bastionhostUsers();
    await bastionhost("ModifyUser", { UserId: user?.userId, DisplayName: "Somebody" });
    const shown = succeeded(await preview());
    expect(shown.stdout).toMatch(/RamUser +alice +update +\[diff: ~displayName\]/);
    expect(shown.stdout).toMatch(/BastionhostUser +alice-on-bastion +update +\[diff: ~displayName\]/);
    expect(tally(shown)).toEqual(["~ 2 to update", "2 unchanged"]);
    succeeded(await up());
    succeeded(await preview(["--expect-no-changes"]));
    expect((await account.bastionhostUsers())[0]).toMatchObject({ displayName: "Alice Liddell" });
  }, 180_000);
});

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
