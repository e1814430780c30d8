import type { Stack } from "../support/stack";
import { type Account, openAccount } from "../support/account";
import { plugin } from "./frontend";
import { failed, succeeded } from "./outcome";
import { programOf } from "./program";
import { scenario } from "./scenario";

const roleArn = "acs:ram::1000000000000001:role/demo";

scenario("a stack that is configured with a role to assume", (step, frontend) => {
  let account: Account;
  let stack: Stack;
  const key = `${frontend === plugin ? "alicloud-users" : "alicloud"}:assumeRole`;

  beforeAll(async () => {
    account = await openAccount();
    const source = programOf(["RamUser", "alice", { userName: "alice" }]);
    stack = await frontend.createStack({ source, env: account.env });
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  step("signs every call with the role, and only assumes it with the access key", async () => {
    succeeded(await stack.run(["config", "set", "--path", `${key}.roleArn`, roleArn]));
    succeeded(await stack.run(["config", "set", "--path", `${key}.sessionName`, "ci"]));
    succeeded(await stack.up());
    const { calls } = await account.emulator.control.calls();
    const signers = (isAssuming: boolean) =>
      new Set(calls.filter(({ action }) => (action === "AssumeRole") === isAssuming).map(({ role }) => role));
    expect(signers(false)).toEqual(new Set(["demo/ci"]));
    expect(signers(true)).toEqual(new Set([undefined]));
    expect(await account.ramUsers()).toHaveLength(1);
  });

  step("has no credentials of a session in its state", async () => {
    const { sessions } = (await account.emulator.control.snapshot()).sts;
    const text = await stack.stateText();
    const secrets = sessions.flatMap(({ accessKeySecret, securityToken }) => [
      accessKeySecret,
      securityToken,
    ]);
    expect(secrets.length).toBeGreaterThan(0);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  step("does nothing as the base account where the role cannot be assumed", async () => {
    succeeded(await stack.run(["config", "set", "--path", `${key}.roleArn`, `${roleArn}-other`]));
    await account.emulator.control.forgetCalls();
    const { stdout } = failed(await stack.preview());
    expect(stdout).toContain(
      `The role ${roleArn}-other cannot be assumed. STS refused AssumeRole (EntityNotExist.Role`,
    );
    const { byAction } = await account.emulator.control.calls();
    expect(Object.keys(byAction)).toEqual(["Sts.AssumeRole"]);
  });

  step("names a key that is not supported, and the setting", async () => {
    succeeded(await stack.run(["config", "set", "--path", `${key}.serialNumber`, "s3cret"]));
    const { stdout } = failed(await stack.preview());
    expect(stdout).toMatch(new RegExp(`${key} cannot be read: .*serialNumber`));
  });
});

scenario(
  "a program whose provider assumes a role",
  (step, frontend) => {
    let account: Account;
    let stack: Stack;
    const program = `
      import { Provider, RamUser } from "${frontend.module}";
      const provider = new Provider("other", { assumeRole: { roleArn: "${roleArn}", sessionExpiration: 900 } });
      new RamUser("alice", { userName: "alice" }, { provider });`;

    beforeAll(async () => {
      account = await openAccount();
      stack = await frontend.createStack({ source: program, env: account.env });
    });
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    step("signs with the role", async () => {
      succeeded(await stack.up());
      const { calls } = await account.emulator.control.calls();
      const signers = new Set(calls.filter(({ product }) => product === "Ram").map(({ role }) => role));
      expect(signers).toEqual(new Set(["demo/pulumi-alicloud-users"]));
    });
  },
  [plugin],
);
