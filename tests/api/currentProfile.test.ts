import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect } from "../../provider/api/connect";
import { readSettings } from "../../provider/api/settings";
import { services } from "../../provider/resources/services";
import { useAccount } from "./account";
import { schemaOf } from "./schemaOf";

const account = useAccount();
const key = { access_key_id: "testid", access_key_secret: "testsecret" };
const role = { ram_role_arn: "acs:ram::1000000000000001:role/demo", ram_session_name: "laptop" };

let home: string;
const metadata = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
const before = process.env[metadata];
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "alicloud-users-"));
  mkdirSync(path.join(home, ".aliyun"));
  // No request may leave this machine, not even one for an ECS RAM role.
  process.env[metadata] = "true";
});
afterEach(() => {
  rmSync(home, { recursive: true });
  if (before === undefined) delete process.env[metadata];
  else process.env[metadata] = before;
});

const write = (text: string): void => writeFileSync(path.join(home, ".aliyun", "config.json"), text);
const writeProfiles = (current: string, ...profiles: object[]): void =>
  write(JSON.stringify({ current, profiles }));

/** Lists the users of RAM where neither configuration nor environment names an identity. */
async function listUsers(environment: Record<string, string> = {}): Promise<void> {
  const settings = readSettings(
    {
      config: () => undefined,
      environment: { ALICLOUD_USERS_ENDPOINT: account.emulator.url, HOME: home, ...environment },
    },
    services,
  );
  const directory = connect(settings).directory(schemaOf("Ram"), {}, undefined);
  await directory.call({ action: "ListUsers", params: {} });
}

const lastSigner = async () => (await account.emulator.control.calls()).calls.at(-1)?.role;

describe("the current profile of the CLI signs where nothing else is named", () => {
  test.each([
    ["with its key", [{ name: "work", mode: "AK", ...key }], undefined],
    ["with its role", [{ name: "work", mode: "RamRoleArn", ...key, ...role }], "demo/laptop"],
    [
      "with the role that it is chained to",
      [
        { name: "work", mode: "ChainableRamRoleArn", source_profile: "base", ...role },
        { name: "base", mode: "AK", ...key },
      ],
      "demo/laptop",
    ],
  ])("%s", async (_how, profiles, signer) => {
    writeProfiles("work", ...profiles);
    await listUsers();
    expect(await lastSigner()).toBe(signer);
  });

  test("after the keys of the environment", async () => {
    write("{");
    await listUsers({ ALIBABA_CLOUD_ACCESS_KEY_ID: "testid", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret" });
  });
});

describe("a current profile that cannot sign is refused with the reason", () => {
  const s3cret = { access_key_id: "testid", access_key_secret: "s3cret" };
  test.each<[string, string | [string, ...object[]], RegExp]>([
    [
      "where the file is damaged",
      '{"current": "work", "profiles": [{"access_key_secret": "s3cret"',
      /^The current profile of the Alibaba Cloud CLI gives no credentials \(.+config\.json does not hold profiles/,
    ],
    [
      "where the file does not have it",
      ["work", { name: "home", mode: "AK", ...s3cret }],
      /^The current profile of the Alibaba Cloud CLI gives no credentials \(.+config\.json has no profile "work"\)/,
    ],
    [
      "where half of its key is there",
      ["work", { name: "work", mode: "AK", access_key_secret: "s3cret" }],
      /^The profile "work" of the Alibaba Cloud CLI gives no credentials \(it has no access key\)/,
    ],
    [
      "where its secret ends with a line break",
      ["work", { name: "work", mode: "AK", ...s3cret, access_key_secret: "s3cret\n" }],
      /^The profile "work" .+ \(its access_key_secret begins or ends with white space\)/,
    ],
    [
      "where nobody lets it assume its role",
      [
        "work",
        { name: "work", mode: "RamRoleArn", ...key, ram_role_arn: "acs:ram::1000000000000001:role/other" },
      ],
      /^The role acs:ram::1000000000000001:role\/other cannot be assumed\. /,
    ],
    [
      "where its mode is the CLI's own",
      ["work", { name: "work", mode: "CloudSSO", cloud_sso_access_token: "s3cret" }],
      /^The profile "work" of the Alibaba Cloud CLI gives no credentials \(/,
    ],
  ])("%s", async (_what, file, message) => {
    if (typeof file === "string") write(file);
    else writeProfiles(...file);
    const error = (await listUsers().catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("s3cret");
    expect(await account.actions()).not.toContain("ListUsers");
  });
});

describe("the vendor's chain is asked", () => {
  const none = /^There are no Alibaba Cloud credentials\./;

  test.each([
    ["where the CLI was never set up", undefined],
    [
      "where the CLI has a profile without any key",
      { name: "default", mode: "AK", access_key_id: "", access_key_secret: "" },
    ],
  ])("%s", async (_when, profile) => {
    if (profile) writeProfiles("default", profile);
    await expect(listUsers()).rejects.toThrow(none);
  });

  test("where the CLI's profiles are switched off", async () => {
    writeProfiles("work", { name: "work", mode: "AK", ...key });
    const off = { ALIBABA_CLOUD_CLI_PROFILE_DISABLED: "true" };
    // The vendor's chain reads the variables of the process.
    Object.assign(process.env, off);
    try {
      await expect(listUsers(off)).rejects.toThrow(none);
    } finally {
      delete process.env.ALIBABA_CLOUD_CLI_PROFILE_DISABLED;
    }
  });
});
