import type { Stack } from "../support/stack";
import { type Account, openAccount } from "../support/account";
import { dynamic, plugin } from "./frontend";
import { type KeyGate, openKeyGate } from "./keyGate";
import { failed, succeeded, tally } from "./outcome";
import { programOf } from "./program";
import { scenario } from "./scenario";

/** The emulator's two keys: of an access key pair, and of a session. */
const first = { accessKey: "testid", secretKey: "testsecret" };
const second = { accessKey: "STS.testid", secretKey: "testsecret", securityToken: "testtoken" };

const inEnvironment = ({ accessKey, secretKey }: typeof first) => ({
  ALIBABA_CLOUD_ACCESS_KEY_ID: accessKey,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: secretKey,
});
const secretsOf = (key: object) => Object.values(key).filter((value) => value !== first.secretKey);

scenario("a stack whose access key is rotated", (step, frontend) => {
  let account: Account;
  let gate: KeyGate;
  let stack: Stack;
  const namespace = frontend === plugin ? "alicloud-users" : "alicloud";

  beforeAll(async () => {
    account = await openAccount();
    gate = await openKeyGate(account.emulator.url);
    const env = { ALICLOUD_USERS_ENDPOINT: gate.url, ...inEnvironment(first) };
    stack = await frontend.createStack({
      source: programOf(["RamUser", "alice", { userName: "alice" }]),
      env,
    });
    succeeded(await stack.up());
  });
  afterAll(async () => {
    await stack.remove();
    await gate.close();
    await account.close();
  });

  step("goes on with a key in the configuration, after one in the environment", async () => {
    gate.revoke(first.accessKey);
    const pairs = Object.entries(second).flatMap(([name, value]) => [
      "--secret",
      `${namespace}:${name}=${value}`,
    ]);
    succeeded(await stack.run(["config", "set-all", ...pairs]));
    expect(tally(succeeded(await stack.preview(["--expect-no-changes"])))).toEqual(["2 unchanged"]);
    succeeded(await stack.up());
  });

  step("holds no key in its state, not even encrypted", async () => {
    const { deployment } = await stack.state();
    const providers = deployment.resources!.filter(({ type }) => type.startsWith("pulumi:providers:"));
    const names = providers.flatMap(({ inputs = {}, outputs = {} }) =>
      Object.keys({ ...inputs, ...outputs }),
    );
    expect(names.filter((name) => name in second)).toEqual([]);
    for (const value of secretsOf(second)) expect(await stack.stateText()).not.toContain(value);
  });

  step("goes on with a key in the environment again", async () => {
    gate.revoke(second.accessKey);
    for (const name of Object.keys(second))
      succeeded(await stack.run(["config", "rm", `${namespace}:${name}`]));
    expect(tally(succeeded(await stack.preview(["--expect-no-changes"])))).toEqual(["2 unchanged"]);
  });

  step("is destroyed with that key, and says how where Pulumi itself passes the one before", async () => {
    if (frontend === dynamic) expect(failed(await stack.destroy()).stdout).toContain("add --run-program");
    succeeded(await stack.destroy(frontend === dynamic ? ["--run-program"] : []));
    expect(await account.ramUsers()).toEqual([]);
  });
});

scenario(
  "a provider of the program whose access key is rotated",
  (step, frontend) => {
    let account: Account;
    let gate: KeyGate;
    let stack: Stack;
    const program = (key: object) => `
      import { Provider, RamUser } from "${frontend.module}";
      const provider = new Provider("other", ${JSON.stringify(key)});
      new RamUser("alice", { userName: "alice" }, { provider });`;

    beforeAll(async () => {
      account = await openAccount();
      gate = await openKeyGate(account.emulator.url);
      const env = { ALICLOUD_USERS_ENDPOINT: gate.url };
      stack = await frontend.createStack({ source: program(first), env });
      succeeded(await stack.up());
      gate.revoke(first.accessKey);
      await stack.writeProgram(program(second));
    });
    afterAll(async () => {
      await stack.remove();
      await gate.close();
      await account.close();
    });

    step("says that the key is the one before, and what to run", async () => {
      const { stdout } = failed(await stack.preview());
      expect(stdout).toContain("The key is the one that the provider had in the last update.");
      expect(stdout).toContain("pulumi up --run-program");
    });

    step("goes on after that command", async () => {
      succeeded(await stack.up(["--run-program"]));
      expect(tally(succeeded(await stack.preview(["--expect-no-changes"])))).toEqual(["3 unchanged"]);
    });
  },
  [plugin],
);
