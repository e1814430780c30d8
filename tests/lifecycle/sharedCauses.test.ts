import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, openAccount } from "../support/account";
import { dynamicInputs } from "../support/dynamicInputs";
import { type Held, processes, saidBy } from "../support/eitherProcess";

let account: Account;
let home: string;
beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
  home = mkdtempSync(path.join(tmpdir(), "alicloud-users-"));
});
afterAll(async () => {
  await account.close();
  rmSync(home, { recursive: true });
});

const noKey = { ALIBABA_CLOUD_ACCESS_KEY_ID: "", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "" };

describe.each(processes)("%s explains once what fails all users alike", (_name, start) => {
  /** What is said of three users that are created at once under these variables. */
  async function said(env: Record<string, string>): Promise<string[]> {
    const provider = await start({ ...account.env, HOME: home, ...env });
    try {
      const names = ["ann", "bob", "eve"];
      const create = (name: string) =>
        saidBy(provider.create("RamUser", { userName: name, displayName: name }, [], name));
      return (await Promise.all(names.map(create))).flat();
    } finally {
      await provider.stop();
    }
  }

  test.each<[string, Record<string, string>, RegExp, string]>([
    [
      "a wrong key",
      { ALIBABA_CLOUD_ACCESS_KEY_SECRET: "wrong" },
      /^RAM refused CreateUser \(SignatureDoesNotMatch.+\)\. Check the access key secret/,
      "RAM refused CreateUser (SignatureDoesNotMatch)",
    ],
    [
      "an endpoint that is not reached",
      { ALICLOUD_USERS_ENDPOINT: "http://127.0.0.1:1" },
      /^RAM could not be reached \(ECONNREFUSED\) for CreateUser at http:\/\/127\.0\.0\.1:1\. .+Tried 4 times/,
      "RAM could not be reached (ECONNREFUSED) for CreateUser",
    ],
    [
      "no credentials",
      { ...noKey, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" },
      /^There are no Alibaba Cloud credentials\. Set /,
      "there are no credentials to sign with",
    ],
  ])("%s", async (_what, env, whole, short) => {
    const messages = await said(env);
    const explained = messages.filter((message) => whole.test(message));
    expect(explained).toHaveLength(1);
    const first = ["ann", "bob", "eve"][messages.indexOf(explained[0]!)]!;
    const others = messages.filter((message) => message !== explained[0]);
    expect(others).toEqual(Array(2).fill(`The same as for "${first}": ${short}. See there.`));
  });
});

test.each(processes)(
  "%s explains once that the account is another one, in each request",
  async (_name, start) => {
    const theirs = "9".repeat(16);
    const provider = await start({ ...account.env, HOME: home, ALICLOUD_USERS_ACCOUNT_ID: theirs });
    const held = (name: string): Held => {
      const outputs = { userName: name, userId: "1" };
      return { kind: "RamUser", id: "1", inputs: dynamicInputs("RamUser", outputs, name), outputs };
    };
    try {
      const [first, ...others] = [
        ...(await saidBy(provider.check("RamUser", { userName: "ann" }, [], "ann"))),
        ...(await saidBy(provider.create("RamUser", { userName: "bob" }, [], "bob"))),
        ...(await saidBy(provider.compare(held("eve"), { userName: "eve" }, { name: "eve" }))),
        ...(await saidBy(
          provider.compare(held("joe"), { userName: "joe" }, { name: "joe", isRefresh: true }),
        )),
      ];
      expect(first).toContain(`names ${theirs}. Nothing was compared or changed.`);
      expect(others).toEqual(
        Array(3).fill(
          'The same as for "ann": the credentials are for another account than accountId names. See there.',
        ),
      );
    } finally {
      await provider.stop();
    }
  },
);

test.each(processes)("%s explains each refusal that another user need not share", async (_name, start) => {
  const provider = await start({ ...account.env, HOME: home });
  try {
    await account.emulator.control.fault({
      action: "CreateUser",
      kind: "error",
      status: 403,
      code: "NoPermission",
      times: 2,
    });
    const create = (name: string) =>
      saidBy(provider.create("RamUser", { userName: name, displayName: name }, [], name));
    const messages = (await Promise.all([create("ann"), create("bob")])).flat();
    for (const message of messages) expect(message).toContain("Grant the caller's RAM policy this action.");
  } finally {
    await provider.stop();
  }
});
