import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Outcome, Stack } from "../support/stack";
import { unpackHidden } from "../../provider/core/state";
import { findSecrets, findSecretsInFiles } from "../support/findSecrets";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { failed, messages, succeeded } from "./outcome";
import { scenario } from "./scenario";

const digest = (text: string) => createHash("sha256").update(text).digest("hex");
const secretOf = (value: string) => `pulumi.secret(${JSON.stringify(value)})`;

const first = { bea: "Configured-Pass-1", bob: "Literal-Pass-2", carol: "Literal-Pass-3" };
const second = { bob: "Another-Pass/4 &", carol: 'Another-"Pass"-5' };
const weak = "wëak-but-secret";
const passwords = [...Object.values(first), ...Object.values(second), weak];

/** Attributes that the program keeps secret, of a user of each kind; nothing else is known of these users. */
const hidden = {
  RamUser: {
    userName: "classified.ram",
    displayName: "Classified <Ram>",
    mobilePhone: "86-18600001234",
    email: "ram@classified.example",
    comments: "Classified comments",
  },
  BastionhostUser: {
    instanceId: bastionHost,
    source: "AD",
    sourceUserId: "CN=classified,DC=bastion",
    userName: "classified bastion",
    displayName: "Classified/Bastion",
    comment: 'Classified "comment"',
    email: "bastion@classified.example",
    mobile: "13800001234",
  },
  EiamUser: {
    instanceId: idaas,
    username: "classified.eiam",
    displayName: "Classified Eiam",
    description: "Classified + description",
    userExternalId: "classified-external",
    email: "eiam@classified.example",
    emailVerified: true,
    phoneRegion: "86",
    phoneNumber: "13900001234",
    phoneNumberVerified: true,
    customFields: { nick_name: "Classified nick" },
  },
};
/** What an API's error may repeat: everything but what every program says, such as the instance. */
const texts = Object.values(hidden).flatMap((user) =>
  Object.entries(user).flatMap(([name, value]) =>
    ["instanceId", "source", "phoneRegion"].includes(name) || typeof value === "boolean"
      ? []
      : typeof value === "string"
        ? [value]
        : Object.values(value),
  ),
);
const changed = "Classified change";
const keys = ["testsecret", "testtoken"];
const secrets = [...passwords, ...texts, changed, ...keys];

const hiddenUsers = (values: Record<string, object>) =>
  Object.entries(values)
    .map(
      ([kind, declared]) =>
        `new ${kind}("hidden-${kind}", {${Object.entries(declared)
          .map(([name, value]) => `${name}: pulumi.secret(${JSON.stringify(value)})`)
          .join(", ")}} as any);`,
    )
    .join("\n");

const imports = `
  import { readdirSync, readFileSync, writeFileSync } from "node:fs";
  import * as pulumi from "@pulumi/pulumi";
  import * as users from "pulumi-alicloud-users";
  import { BastionhostUser, EiamUser, RamUser } from "pulumi-alicloud-users";`;

/** Two passwords from the program's text, one from its configuration, and users of whom all is secret. */
const program = (bob: string, carol: string, others: Record<string, object> = hidden) => `${imports}
  const local = { instanceId: "${bastionHost}", source: "Local" as const };
  const bea = new pulumi.Config().requireSecret("bea");
  new BastionhostUser("bea", { ...local, userName: "bea", password: bea });
  const user = new BastionhostUser("bob", { ...local, userName: "bob", password: ${JSON.stringify(bob)}, locked: true });
  new EiamUser("carol", { instanceId: "${idaas}", username: "carol", password: ${JSON.stringify(carol)} });
  ${hiddenUsers(others)}
  // The arguments of every process of this run, while the providers run.
  user.id.apply(() => {
    const read = (id: string) => {
      try {
        const own = readFileSync(\`/proc/\${id}/environ\`, "utf8").includes(process.env.TMPDIR!);
        return own ? readFileSync(\`/proc/\${id}/cmdline\`, "utf8") : "";
      } catch { return ""; }
    };
    const ids = process.platform === "linux" ? readdirSync("/proc").filter((name) => /^\\d+$/.test(name)) : [];
    writeFileSync("processes.txt", ids.map(read).join("\\n"));
  });`;

/** Lines in which Pulumi itself records, on request, what passes between its processes; a provider cannot keep it from that. */
const ownRecord =
  /"msg":"(Marshaling property|Unmarshaling property|Planner decided|RegisterResource RPC|eventSink::Debug)/;

/** What ts-node keeps is the program's own text, with the secrets that it was written with. */
const isNotProgram = (file: string): boolean => !file.startsWith("ts-node-");

/** As an API may repeat a text: in the spelling of its number. */
const spelled = (text: string, number: number) =>
  [
    encodeURIComponent(text),
    JSON.stringify(text),
    new URLSearchParams({ a: text }).toString(),
    encodeURIComponent(encodeURIComponent(text)),
  ][number % 4]!;

scenario("a secret", (step, frontend) => {
  let account: Account;
  let stack: Stack;
  let temporary: string;
  const expectNoSecretIn = (text: string, sought = secrets) => expect(findSecrets(text, sought)).toEqual([]);
  const expectNoneShownBy = ({ stdout, stderr }: Outcome) => expectNoSecretIn(stdout + stderr);
  const digests = async () => [
    ...(await account.bastionhostUsers()).map(({ userName, passwordDigest }) => [userName, passwordDigest]),
    ...(await account.eiamUsers()).map(({ username, passwordDigest }) => [username, passwordDigest]),
  ];
  const digestsOf = (values: object) =>
    expect.arrayContaining(Object.entries(values).map(([name, password]) => [name, digest(password)]));

  beforeAll(async () => {
    account = await openAccount();
    temporary = await mkdtemp(path.join(tmpdir(), "secrets-"));
    const {
      ALIBABA_CLOUD_ACCESS_KEY_ID: _id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: _secret,
      ...env
    } = account.env;
    stack = await frontend.createStack({
      source: program(first.bob, first.carol),
      env: { ...env, TMPDIR: temporary },
      secrets: {
        bea: first.bea,
        "alicloud-users:accessKey": "STS.testid",
        "alicloud-users:secretKey": "testsecret",
        "alicloud-users:securityToken": "testtoken",
      },
    });
  });
  afterAll(async () => {
    await stack.remove();
    await rm(temporary, { recursive: true });
    await account.close();
  });

  step("is not shown by the preview that is to make its user", async () => {
    expectNoneShownBy(succeeded(await stack.preview(["--diff"])));
  });

  step(
    "reaches the account and nobody else: no output, log, argument of a process, or record of calls",
    async () => {
      const { stdout, stderr } = succeeded(await stack.up(["-v=9", "--logtostderr", "--logflow"]));
      expect(await digests()).toEqual(digestsOf(first));
      expect(await account.eiamUsers()).toContainEqual(
        expect.objectContaining({ displayName: "Classified Eiam" }),
      );
      expectNoSecretIn(stdout);
      expect(stderr).toContain('"v":9');
      expectNoSecretIn(
        stderr
          .split("\n")
          .filter((line) => !ownRecord.test(line))
          .join("\n"),
      );
      const processes = await readFile(path.join(stack.dir, "processes.txt"), "utf8");
      if (process.platform === "linux")
        expect(processes).toMatch(/dynamic-provider|pulumi-resource-alicloud-users/);
      expectNoSecretIn(processes);
      // A tool of a test records what it is called with, except passwords and keys.
      expectNoSecretIn(JSON.stringify(await account.emulator.control.calls()), [...passwords, ...keys]);
    },
  );

  step(
    "is readable in no file: not in the state, its copies, the history, the export, what the CLI keeps, temporary files",
    async () => {
      expectNoSecretIn(await stack.stateText());
      expectNoSecretIn(succeeded(await stack.run(["stack", "export"])).stdout);
      for (const folder of [path.join(stack.dir, "../backend"), path.join(stack.dir, "../home"), temporary])
        expect((await findSecretsInFiles(folder, secrets)).filter(isNotProgram)).toEqual([]);
    },
  );

  step("lies in a state whose provider text is one short line without a path, the same for all", async () => {
    if (frontend.name !== "dynamic resources") return;
    const users = (await stack.state()).deployment.resources!.filter(({ type }) => type.endsWith("User"));
    const lines = users.map(({ inputs, outputs }) => {
      const [declared, held] = [inputs, outputs].map((values) => unpackHidden(values!).provider);
      expect(held).toBe(declared);
      return declared!;
    });
    const expected = [
      "BastionhostUser",
      "BastionhostUser",
      "BastionhostUser",
      "EiamUser",
      "EiamUser",
      "RamUser",
    ].map((type) => `exports.handler=()=>require("pulumi-alicloud-users/dynamic").providers.${type}`);
    expect(lines.sort()).toEqual(expected);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
  });

  step("is not repeated by the preview that finds it too weak", async () => {
    await stack.writeProgram(program(weak, first.carol));
    const preview = failed(await stack.preview());
    expect(preview.stdout).toMatch(/"password" must hold an upper-case letter, a lower-case letter, a digit/);
    expectNoneShownBy(preview);
  });

  const next = {
    RamUser: { ...hidden.RamUser, displayName: changed },
    BastionhostUser: { ...hidden.BastionhostUser, comment: changed },
    EiamUser: { ...hidden.EiamUser, description: changed, customFields: { nick_name: changed } },
  };

  step("is shown as [secret] when it changes, in every form of a preview", async () => {
    await stack.writeProgram(program(second.bob, second.carol, next));
    const preview = succeeded(await stack.preview());
    for (const [kind, name] of [
      ["BastionhostUser", "bob"],
      ["EiamUser", "carol"],
    ] as const)
      expect(messages(preview, kind, name)).toEqual(["change: password: [secret] => [secret]"]);
    expect(messages(preview, "RamUser", "hidden-RamUser")).toEqual([
      "change: displayName: [secret] => [secret]",
    ]);
    expectNoneShownBy(preview);
    expectNoneShownBy(succeeded(await stack.preview(["--json"])));
    expectNoneShownBy(succeeded(await stack.preview(["--diff"])));
  });

  step(
    "is not in the error of a write that fails, although the API repeats it in its own spelling",
    async () => {
      const refusal = { kind: "error", status: 400, code: "InvalidParameter", times: 9 } as const;
      const said = (...values: string[]) => ({
        ...refusal,
        message: `Known to all: ${values.map((value, number) => spelled(value, number)).join("; ")}`,
      });
      const { fault } = account.emulator.control;
      const of = (user: object) =>
        Object.values(user).filter((value) => typeof value === "string" && texts.includes(value));
      // An API repeats what it was sent, so the words differ by user.
      const modify = { product: "Bastionhost", action: "ModifyUser" } as const;
      await fault({ ...said(second.bob), ...modify, params: { Password: second.bob } });
      await fault({ ...said(changed, ...of(next.BastionhostUser)), ...modify, params: { Comment: changed } });
      await fault({ ...said(second.carol), product: "Eiam", action: "UpdateUserPassword" });
      await fault({
        ...said(changed, ...of(next.EiamUser)),
        product: "Eiam",
        action: "UpdateUserDescription",
      });
      await fault({ ...said(changed, ...of(next.RamUser)), product: "Ram", action: "UpdateUser" });
      // Otherwise the engine may stop before it has begun with the other users.
      const up = failed(await stack.up(["--continue-on-error"]));
      await account.emulator.control.clearFaults();
      expect(up.stdout).toContain("Bastionhost refused ModifyUser (InvalidParameter");
      expect(up.stdout).toContain("EIAM refused UpdateUserPassword (InvalidParameter");
      expect(up.stdout).toContain("RAM refused UpdateUser (InvalidParameter: Known to all: [secret]");
      expectNoneShownBy(up);
      expectNoSecretIn(await stack.stateText());
      expect(await digests()).toEqual(digestsOf(first));
    },
  );

  step("is printed by none of the processes that are debugged", async () => {
    Object.assign(stack.env, { DEBUG: "*", NODE_DEBUG: "http,https,net" });
    expectNoneShownBy(succeeded(await stack.up()));
    delete stack.env.DEBUG;
    delete stack.env.NODE_DEBUG;
    expect(await digests()).toEqual(digestsOf(second));
    expectNoSecretIn(await stack.stateText());
  });

  step("is not in what a refresh tells of a change outside, nor in a user's end", async () => {
    await account.admin.ram("UpdateUser", {
      UserName: hidden.RamUser.userName,
      NewUserName: hidden.RamUser.userName,
      NewDisplayName: "Classified outside",
    });
    const [user] = (await account.bastionhostUsers()).filter(({ source }) => source === "AD");
    await account.admin.bastionhost("DeleteUser", { UserId: user!.userId });
    const refresh = succeeded(await stack.refresh(["--diff"]));
    expectNoSecretIn(refresh.stdout + refresh.stderr, [...secrets, "Classified outside"]);
    const preview = succeeded(await stack.preview());
    expectNoSecretIn(preview.stdout + preview.stderr, [...secrets, "Classified outside"]);
  });

  step("is not in the error about a user that exists already, or that nobody finds", async () => {
    const others = ["classified.other", "classified.other-eiam"] as const;
    await account.admin.ram("CreateUser", { UserName: others[0] });
    await account.admin.eiam("CreateUser", {
      Username: others[1],
      PrimaryOrganizationalUnitId: "ou_root_demo0001",
      UserExternalId: "classified-external-1",
    });
    await stack.writeProgram(`${program(second.bob, second.carol, next)}
      new RamUser("again", { userName: ${secretOf(others[0])} });
      new EiamUser("again-eiam", {
        instanceId: "${idaas}", username: ${secretOf(others[1])},
        userExternalId: ${secretOf("classified-external-2")}, adopt: true,
      });`);
    const up = failed(await stack.up(["--continue-on-error"]));
    expect(up.stdout).toContain("already has a user named [secret]");
    expect(up.stdout).toContain("userExternalId (current: [secret], declared: [secret])");
    expectNoneShownBy(up);
    expectNoSecretIn(up.stdout + up.stderr, [
      ...secrets,
      ...others,
      "classified-external-1",
      "classified-external-2",
    ]);
    await account.admin.ram("DeleteUser", { UserName: others[0] });
    for (const look of [
      `users.getRamUserOutput({ userName: ${secretOf("classified.nobody")} })`,
      `users.getEiamUserOutput({ instanceId: "${idaas}", username: ${secretOf("classified.nobody")} })`,
    ]) {
      await stack.writeProgram(`${imports}\n${look};`);
      const preview = failed(await stack.preview());
      expect(preview.stdout + preview.stderr).toMatch(
        /There is no \w+ with the \w+ (\[secret\]|\(not shown)/,
      );
      expectNoSecretIn(preview.stdout + preview.stderr, [...secrets, "classified.nobody"]);
    }
  });

  step("would be found, were it printed or written", async () => {
    await stack.writeProgram(`${program(second.bob, second.carol, next)}\nconsole.log("leak", ${JSON.stringify(spelled(second.carol, 1))});
      writeFileSync(\`\${process.env.TMPDIR}/leak\`, ${JSON.stringify(second.bob)});`);
    const { stdout, stderr } = await stack.preview();
    expect(findSecrets(stdout + stderr, secrets)).toEqual(
      expect.arrayContaining([expect.stringContaining(second.carol)]),
    );
    expect(await findSecretsInFiles(temporary, secrets)).toEqual(
      expect.arrayContaining([`leak: ${second.bob}`]),
    );
  });

  step("is not in what the end of all users tells, and in no file after it", async () => {
    await rm(path.join(temporary, "leak"));
    expectNoneShownBy(succeeded(await stack.destroy(["--diff"])));
    expect(await account.ramUsers()).toEqual([]);
    expect(await findSecretsInFiles(path.join(stack.dir, "../backend"), secrets)).toEqual([]);
  });
});
