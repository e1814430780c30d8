import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentialsOf } from "../../provider/api/credentials";

const profiles = {
  current: "work",
  profiles: [
    { name: "work", mode: "AK", access_key_id: "work-id", access_key_secret: "work-secret" },
    {
      ...{ name: "visit", mode: "StsToken", access_key_id: "visit-id", access_key_secret: "visit-secret" },
      sts_token: "visit-token",
    },
  ],
};

const usual = { ...process.env };
let home = "";

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "alicloud-users-"));
  mkdirSync(join(home, ".aliyun"));
  for (const name of Object.keys(process.env))
    if (/^(ALIBABA_CLOUD|ALICLOUD)_/.test(name)) delete process.env[name];
  // No request may leave this machine, not even one for an ECS RAM role.
  Object.assign(process.env, { HOME: home, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" });
});

afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in usual)) delete process.env[name];
  Object.assign(process.env, usual);
  rmSync(home, { recursive: true });
});

const writeProfiles = () => writeFileSync(join(home, ".aliyun", "config.json"), JSON.stringify(profiles));

describe("credentials", () => {
  test("are the keys that were given", async () => {
    const keys = { accessKeyId: "a", accessKeySecret: "b", securityToken: "c" };
    expect(await credentialsOf({ from: "keys", ...keys })()).toEqual(keys);
  });

  test("are those of a profile of the Alibaba Cloud CLI", async () => {
    writeProfiles();
    expect(await credentialsOf({ from: "profile", profile: "work" })()).toMatchObject({
      accessKeyId: "work-id",
      accessKeySecret: "work-secret",
    });
  });

  test("are those of a profile with its token", async () => {
    writeProfiles();
    expect(await credentialsOf({ from: "profile", profile: "visit" })()).toEqual({
      accessKeyId: "visit-id",
      accessKeySecret: "visit-secret",
      securityToken: "visit-token",
    });
  });

  test("are those of the CLI's current profile where nothing is configured", async () => {
    writeProfiles();
    expect(await credentialsOf({ from: "machine" })()).toMatchObject({ accessKeyId: "work-id" });
  });
});

describe("without credentials, the error", () => {
  test("names the profile that there is not and how to make it", async () => {
    writeProfiles();
    await expect(credentialsOf({ from: "profile", profile: "home" })()).rejects.toThrow(
      /^The profile "home" of the Alibaba Cloud CLI gives no credentials \(.+\)\. Run "aliyun configure --profile home", or set alicloud:profile to another one\.$/,
    );
  });

  test("names the profile when there is no file of profiles", async () => {
    await expect(credentialsOf({ from: "profile", profile: "home" })()).rejects.toThrow(
      /^The profile "home"/,
    );
  });

  test("names every way to give them", async () => {
    const error: unknown = await credentialsOf({ from: "machine" })().catch((thrown: unknown) => thrown);
    const { message } = error as Error;
    expect(message).toMatch(/^There are no Alibaba Cloud credentials\. Set ALIBABA_CLOUD_ACCESS_KEY_ID and /);
    expect(message).toContain('"pulumi config set --secret alicloud:accessKey"');
    expect(message).toContain("alicloud:profile");
  });

  test("is not kept: the next call finds what has been set up meanwhile", async () => {
    const credentials = credentialsOf({ from: "profile", profile: "work" });
    await expect(credentials()).rejects.toThrow();
    writeProfiles();
    expect(await credentials()).toMatchObject({ accessKeyId: "work-id" });
  });
});
