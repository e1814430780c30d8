import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createStack, type Stack } from "../support/stack";
import { type Account, bastionHost, openAccount } from "../support/account";
import { errorsOf, failed, succeeded } from "./outcome";
import { plugin } from "./frontend";
import { scenario } from "./scenario";

const names = ["a", "b", "c", "d", "e"];
const removals = new Set(["DeleteUser", "LockUsers"]);

async function removedIn(account: Account): Promise<number> {
  const writes = await account.writes();
  await account.emulator.control.forgetCalls();
  return writes.filter(([action]) => removals.has(action)).length;
}

const recorded = async (stack: Stack): Promise<number> =>
  ((await stack.state()).deployment.resources ?? []).filter(({ type }) => /:\w+User$/.test(type)).length;

/** Sets the configuration of the stack in its file, as `pulumi config set` does. */
const configure = (stack: Stack, config: object): Promise<void> =>
  writeFile(path.join(stack.dir, "Pulumi.test.yaml"), JSON.stringify({ config }));

scenario(
  "maxDeletes: 2, set after the last up, against five removals",
  (step, frontend) => {
    let account: Account;
    let stack: Stack;
    const program = (users: string[]) => `import { BastionhostUser, RamUser } from "pulumi-alicloud-users";
    for (const name of ${JSON.stringify(users)})
      if (name < "d") new RamUser(name, { userName: name });
      else new BastionhostUser(name, {
        instanceId: "${bastionHost}", source: "Ram", sourceUserId: name, userName: name, onDelete: "lock",
      });`;

    beforeAll(async () => {
      account = await openAccount();
      stack = await frontend.createStack({ source: program(names), env: account.env });
      succeeded(await stack.up());
      await account.emulator.control.forgetCalls();
      await configure(stack, { "alicloud-users:maxDeletes": "2" });
      await stack.writeProgram(program([]));
    });
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    const removesNobody = async (outcome: ReturnType<Stack["up"]>): Promise<string[]> => {
      const errors = errorsOf(failed(await outcome));
      expect([await removedIn(account), await recorded(stack)]).toEqual([0, 5]);
      return errors;
    };

    step("an up of an emptied program removes nobody, and says why once", async () => {
      const errors = await removesNobody(stack.up());
      const [reason, ...others] = errors.filter((line) => line.includes("alicloud-users:maxDeletes"));
      expect(reason).toMatch(
        /^\w+User "[a-e]" \(.+\) was not removed and stays in the state: at least \d users were/,
      );
      expect(reason).toMatch(
        /alicloud-users:maxDeletes allows 2 in one run \((Pulumi\.test\.yaml|the stack's configuration)\)/,
      );
      expect(others).toEqual([]);
    });

    step("neither does the next run, nor a destroy without a program", async () => {
      await stack.writeProgram(program(names.slice(1)));
      for (const line of await removesNobody(stack.up())) expect(line).toContain("stopped a run on");
      await rm(path.join(stack.dir, "index.ts"));
      await removesNobody(stack.destroy());
    });

    step("a number in the environment allows them for one run", async () => {
      stack.env.ALICLOUD_USERS_ALLOW_REMOVALS = "5";
      succeeded(await stack.destroy());
      expect([await removedIn(account), await recorded(stack)]).toEqual([5, 0]);
    });
  },
  [plugin],
);

test("users of both frontends in one program are counted together", async () => {
  const account = await openAccount();
  const program = (users: string[]) => `import * as dynamic from "pulumi-alicloud-users";
    import * as plugin from "pulumi-alicloud-users/plugin";
    for (const name of ${JSON.stringify(users)})
      new (name < "c" ? dynamic : plugin).RamUser(name, { userName: name });`;
  const env = { ...account.env, ALICLOUD_USERS_MAX_DELETES: "3" };
  const stack = await createStack({ source: program(names), oneProcess: true, env });
  try {
    succeeded(await stack.up());
    await account.emulator.control.forgetCalls();
    await stack.writeProgram(program([]));
    failed(await stack.up());
    const removed = await removedIn(account);
    expect(removed).toBeLessThanOrEqual(3);
    expect(await recorded(stack)).toBe(5 - removed);
  } finally {
    await stack.remove();
    await account.close();
  }
}, 180_000);
