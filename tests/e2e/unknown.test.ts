import type { Stack } from "../../scripts/stack";
import type { Account } from "./account";
import { bastionHost, idaas, openAccount } from "./account";
import { succeeded, tally } from "./outcome";
import { scenario } from "./scenario";

/** A program in which nearly all of two users comes from the outputs of a third. */
const source = `
  import { BastionhostUser, EiamUser, RamUser } from "pulumi-alicloud-users";
  const alice = new RamUser("alice", { userName: "alice" });
  const after = <T>(value: T) => alice.userId.apply(() => value);
  new BastionhostUser("on-bastion", { instanceId: after("${bastionHost}"), source: "Ram", sourceUserId: alice.userId,
    userName: alice.userName, twoFactorStatus: after("Enable" as const), twoFactorMethods: after(["totp" as const]) });
  new EiamUser("in-idaas", { instanceId: after("${idaas}"), username: alice.userName, email: after("a@example.com"),
    emailVerified: after(true), customFields: { nick_name: after("Al") }, locked: after(false as const) });`;

scenario("users made of values that are not known before the first up", (step, frontend) => {
  let account: Account;
  let stack: Stack;

  beforeAll(async () => {
    account = await openAccount();
    stack = await frontend.createStack({ source, env: account.env });
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  step("are previewed without a word of complaint, and without a call about them", async () => {
    const preview = succeeded(await stack.preview());
    expect(tally(preview)).toEqual(["+ 4 to create"]);
    expect(preview.stdout).not.toContain("Diagnostics:");
    expect((await account.emulator.control.calls()).total).toBe(0);
  });

  step("come up as declared, and leave nothing to do", async () => {
    succeeded(await stack.up());
    const [alice] = await account.ramUsers();
    expect(await account.bastionhostUsers()).toMatchObject([
      { userName: "alice", source: "Ram", sourceUserId: alice!.userId, twoFactorMethods: ["totp"] },
    ]);
    expect(await account.eiamUsers()).toMatchObject([
      { username: "alice", email: "a@example.com", emailVerified: true, customFields: { nick_name: "Al" } },
    ]);
    succeeded(await stack.preview(["--expect-no-changes"]));
  });
});
