import type { Stack } from "../../scripts/stack";
import { createStack } from "../../scripts/stack";
import type { Account } from "./account";
import { bastionHost, openAccount } from "./account";
import { errorsOf, failed, succeeded } from "./outcome";
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

scenario("maxDeletes: 2 against five removals", (step, frontend) => {
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
    stack = await frontend.createStack({
      source: program(names),
      env: account.env,
      config: { "alicloud-users:maxDeletes": "2" },
    });
    succeeded(await stack.up());
    await account.emulator.control.forgetCalls();
    await stack.writeProgram(program([]));
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  step("removes two, names those that stay, and keeps them in the state", async () => {
    const outcome = failed(await stack.up());
    expect(await removedIn(account)).toBe(2);
    expect(await recorded(stack)).toBe(3);
    const refused = errorsOf(outcome).filter((line) =>
      line.includes("alicloud-users:maxDeletes allows 2 removals in one run"),
    );
    expect(refused.length).toBeGreaterThan(0);
    for (const line of refused)
      expect(line).toMatch(/User "[a-e]" \(.+\) was not removed and stays in the state/);
  });

  step("goes on in the next runs", async () => {
    failed(await stack.up());
    expect([await removedIn(account), await recorded(stack)]).toEqual([2, 1]);
    succeeded(await stack.up());
    expect([await removedIn(account), await recorded(stack)]).toEqual([1, 0]);
  });
});

test("users of both frontends in one program are counted together", async () => {
  const account = await openAccount();
  const program = (users: string[]) => `import * as dynamic from "pulumi-alicloud-users";
    import * as plugin from "pulumi-alicloud-users/plugin";
    for (const name of ${JSON.stringify(users)})
      new (name < "c" ? dynamic : plugin).RamUser(name, { userName: name });`;
  const env = { ...account.env, ALICLOUD_USERS_MAX_DELETES: "2" };
  const stack = await createStack({ source: program(names), env });
  try {
    succeeded(await stack.up());
    await account.emulator.control.forgetCalls();
    await stack.writeProgram(program([]));
    failed(await stack.up());
    const removed = await removedIn(account);
    expect(removed).toBeLessThanOrEqual(2);
    expect(await recorded(stack)).toBe(5 - removed);
  } finally {
    await stack.remove();
    await account.close();
  }
}, 180_000);
