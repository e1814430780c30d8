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
