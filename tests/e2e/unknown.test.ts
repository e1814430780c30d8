import type { Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { succeeded, tally } from "./outcome";
import { scenario } from "./scenario";

/** A program in which nearly all of two users comes from the outputs of a third, and which looks up what it makes. */
const source = `
  import * as pulumi from "@pulumi/pulumi";
  import { BastionhostUser, EiamUser, RamUser } from "pulumi-alicloud-users";
  import { getEiamUserOutput, getRamUserOutput, getRamUsersOutput } from "pulumi-alicloud-users";
  const team = new pulumi.ComponentResource("test:index:Team", "team");
  const alice = new RamUser("alice", { userName: "alice" }, { parent: team });
  const after = <T>(value: T) => alice.userId.apply(() => value);
  new BastionhostUser("on-bastion", { instanceId: after("${bastionHost}"), source: "Ram", sourceUserId: alice.userId,
    userName: alice.userName, twoFactorStatus: after("Enable" as const), twoFactorMethods: after(["totp" as const]) });
  const carol = new EiamUser("in-idaas", { instanceId: after("${idaas}"), username: alice.userName, email: after("a@example.com"),
    emailVerified: after(true), customFields: { nick_name: after("Al") }, locked: after(false as const) });
  export const byName = getRamUserOutput({ userName: alice.userName }).userId;
  export const byId = getRamUserOutput({ userId: alice.userId }).userName;
  export const bySecret = getEiamUserOutput({ instanceId: "${idaas}", username: pulumi.secret(carol.username) }).username;
  export const all = getRamUsersOutput({}, { dependsOn: team }).apply((users) => users.map(({ userName }) => userName));`;

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

  step("are previewed without a word of complaint, and without a call about what is not known", async () => {
    const preview = succeeded(await stack.preview());
    expect(tally(preview)).toEqual(["+ 5 to create"]);
    expect(preview.stdout).not.toContain("Diagnostics:");
    const { calls } = await account.emulator.control.calls();
    expect(calls.map(({ action, params }) => [action, params.UserName])).toEqual([["GetUser", "alice"]]);
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
    const outputs = JSON.parse((await stack.run(["stack", "output", "--json"])).stdout) as unknown;
    expect(outputs).toEqual({
      byName: alice!.userId,
      byId: "alice",
      bySecret: "[secret]",
      all: ["alice"],
    });
  });
});
