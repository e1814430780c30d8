import { createHash } from "node:crypto";
import type { Outcome, Stack } from "../../scripts/stack";
import { unpackHidden } from "../../provider/core/state";
import type { Account } from "./account";
import { bastionHost, idaas, openAccount } from "./account";
import { failed, messages, succeeded } from "./outcome";
import { story } from "./story";

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

/** Two passwords from the program's text, one from its configuration. */
const program = (bob: string, carol: string) => `
  import * as pulumi from "@pulumi/pulumi";
  import { BastionhostUser, EiamUser } from "pulumi-alicloud-users";
  const local = { instanceId: "${bastionHost}", source: "Local" as const };
  const bea = new pulumi.Config().requireSecret("bea");
  new BastionhostUser("bea", { ...local, userName: "bea", password: bea });
  new BastionhostUser("bob", { ...local, userName: "bob", password: "${bob}", locked: true });
  new EiamUser("carol", { instanceId: "${idaas}", username: "carol", password: "${carol}" });`;

const first = { bea: "Configured-Pass-1", bob: "Literal-Pass-2", carol: "Literal-Pass-3" };
const second = { bob: "Another-Pass-4", carol: "Another-Pass-5" };
const weak = "wëak-but-secret";
const secrets = [...Object.values(first), ...Object.values(second), weak, "testsecret"];

/** Lines in which Pulumi itself records, on request, what passes between its processes; a provider cannot keep it from that. */
const ownRecord =
  /"msg":"(Marshaling property|Unmarshaling property|Planner decided|RegisterResource RPC|eventSink::Debug)/;

function expectNoSecretIn(text: string): void {
  const readable = (secret: string) => text.includes(secret) || text.includes(encodeURIComponent(secret));
  expect(secrets.filter(readable)).toEqual([]);
}

story("a password", (step, face) => {
  let account: Account;
  let stack: Stack;
  const expectNoneShownBy = ({ stdout, stderr }: Outcome) => expectNoSecretIn(stdout + stderr);
  const digests = async () => [
    ...(await account.bastionhostUsers()).map(({ userName, passwordDigest }) => [userName, passwordDigest]),
    ...(await account.eiamUsers()).map(({ username, passwordDigest }) => [username, passwordDigest]),
  ];
  const digestsOf = (passwords: object) =>
    expect.arrayContaining(Object.entries(passwords).map(([name, password]) => [name, digest(password)]));

  beforeAll(async () => {
    account = await openAccount();
    const {
      ALIBABA_CLOUD_ACCESS_KEY_ID: _id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: secretKey,
      ...env
    } = account.env;
    stack = await face.createStack({ source: program(first.bob, first.carol), env });
    for (const [key, value] of [
      ["bea", first.bea],
      ["alicloud-users:accessKey", "testid"],
      ["alicloud-users:secretKey", secretKey!],
    ] as const)
      succeeded(await stack.run(["config", "set", "--secret", key, value]));
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  step("reaches the account and nobody else: not the output, not the logs, not the calls", async () => {
    const { stdout, stderr } = succeeded(await stack.up(["-v=9", "--logtostderr", "--logflow"]));
    expect(await digests()).toEqual(digestsOf(first));
    expectNoSecretIn(stdout);
    expect(stderr).toContain('"v":9');
    expectNoSecretIn(
      stderr
        .split("\n")
        .filter((line) => !ownRecord.test(line))
        .join("\n"),
    );
    expectNoSecretIn(JSON.stringify(await account.emulator.control.calls()));
  });

  step("is not readable in the state, nor is the access key", async () => {
    expectNoSecretIn(await stack.stateText());
  });

  step("lies in a state whose provider text is one short line without a path, the same for all", async () => {
    if (face.name !== "dynamic resources") return;
    const users = (await stack.state()).deployment.resources!.filter(({ type }) => type.endsWith("User"));
    const texts = users.map(({ inputs, outputs }) => {
      const [declared, held] = [inputs, outputs].map((values) => unpackHidden(values!).provider);
      expect(held).toBe(declared);
      return declared!;
    });
    const expected = ["BastionhostUser", "BastionhostUser", "EiamUser"].map(
      (type) => `exports.handler=()=>require("pulumi-alicloud-users/dynamic").providers.${type}`,
    );
    expect(texts.sort()).toEqual(expected);
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(120);
  });

  step("is not repeated by the preview that finds it too weak", async () => {
    await stack.writeProgram(program(weak, first.carol));
    const preview = failed(await stack.preview());
    expect(preview.stdout).toMatch(/"password" must hold an upper-case letter, a lower-case letter, a digit/);
    expectNoneShownBy(preview);
  });

  step("is shown as [secret] when it changes, in every form of a preview", async () => {
    await stack.writeProgram(program(second.bob, second.carol));
    const preview = succeeded(await stack.preview());
    for (const [kind, name] of [
      ["BastionhostUser", "bob"],
      ["EiamUser", "carol"],
    ] as const)
      expect(messages(preview, kind, name)).toEqual(["change: password: [secret] => [secret]"]);
    expectNoneShownBy(preview);
    expectNoneShownBy(succeeded(await stack.preview(["--json"])));
    expectNoneShownBy(succeeded(await stack.preview(["--diff"])));
  });

  step("is not in the error of a write that fails, although the API repeats it", async () => {
    const refusal = { kind: "error", status: 400, code: "InvalidParameter.Password" } as const;
    const said = (password: string) => ({ ...refusal, message: `The password ${password} is known to all.` });
    const { fault } = account.emulator.control;
    await fault({ ...said(second.bob), product: "Bastionhost", action: "ModifyUser" });
    await fault({ ...said(second.carol), product: "Eiam", action: "UpdateUserPassword" });
    // Otherwise the engine may stop before it has begun with the other user.
    const up = failed(await stack.up(["--continue-on-error"]));
    expect(up.stdout).toContain("Bastionhost refused ModifyUser (InvalidParameter.Password");
    expect(up.stdout).toContain("EIAM refused UpdateUserPassword (InvalidParameter.Password");
    expectNoneShownBy(up);
    expectNoSecretIn(await stack.stateText());
    expect(await digests()).toEqual(digestsOf(first));
  });

  step("stays pending after such a failure, and is written by the next up", async () => {
    expectNoneShownBy(succeeded(await stack.up()));
    expect(await digests()).toEqual(digestsOf(second));
    expectNoSecretIn(await stack.stateText());
    succeeded(await stack.preview(["--expect-no-changes"]));
  });
});
