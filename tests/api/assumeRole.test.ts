import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Clock } from "../../provider/api/clock";
import { connect } from "../../provider/api/connect";
import { readSettings } from "../../provider/api/settings";
import { services } from "../../provider/resources/services";
import { useAccount } from "./account";
import { useGateway } from "./gateway";
import { passingClock } from "./passingClock";
import { schemaOf } from "./schemaOf";

const account = useAccount();
const gateway = useGateway();

const roleArn = "acs:ram::1000000000000001:role/demo";
const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: "testid", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret" };
const oidcToken = ["{}", '{"exp":4102444800}', "signature"]
  .map((part) => Buffer.from(part).toString("base64url"))
  .join(".");

let folder: string;
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), "alicloud-users-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const settings = (config: Record<string, unknown>, environment: Record<string, string> = keys) =>
  readSettings(
    {
      config: (key) => {
        const value = config[key];
        return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
      },
      environment: { ALICLOUD_USERS_ENDPOINT: account.emulator.url, HOME: folder, ...environment },
    },
    services,
  );

const listUsers = (config: Record<string, unknown>, environment?: Record<string, string>, clock?: Clock) => {
  const directory = connect(settings(config, environment), { ...(clock && { clock }) }).directory(
    schemaOf("Ram"),
    {},
    undefined,
  );
  return () => directory.call({ action: "ListUsers", params: {} });
};

/** The role that signed the last call. */
const lastSigner = async () => (await account.emulator.control.calls()).calls.at(-1)?.role;

/** The path of a file of profiles. */
function profiles(name: string, ...written: object[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify({ current: "", profiles: written }));
  return file;
}

describe("calls are signed with the role", () => {
  test("of alicloud:assumeRole, which the access key assumes", async () => {
    await listUsers({
      "alicloud:assumeRole": { roleArn, sessionName: "ci", policy: "{}", sessionExpiration: 900 },
    })();
    expect(await lastSigner()).toBe("demo/ci");
    const { sessions } = (await account.emulator.control.snapshot()).sts;
    expect(sessions).toMatchObject([{ policy: "{}" }]);
    const lifeMs = Date.parse(sessions[0]!.expiration) - Date.now();
    expect(Math.abs(lifeMs - 900_000)).toBeLessThan(60_000);
  });

  test("that is assumed with its external id", async () => {
    const snapshot = await account.emulator.control.snapshot();
    snapshot.sts.roles[0]!.externalId = "partner-7";
    await account.emulator.control.restore(snapshot);
    await listUsers({ "alicloud:assumeRole": { roleArn, externalId: "partner-7" } })();
    expect(await lastSigner()).toBe("demo/pulumi-alicloud-users");
    await expect(listUsers({ "alicloud:assumeRole": { roleArn } })()).rejects.toThrow(
      `The role ${roleArn} cannot be assumed. STS refused AssumeRole (NoPermission`,
    );
  });

  test("of alicloud:assumeRoleWithOidc, which a token in a file opens", async () => {
    const file = path.join(folder, "token");
    writeFileSync(file, `${oidcToken}\n`);
    const oidcProviderArn = "acs:ram::1000000000000001:oidc-provider/demo";
    const oidc = { roleArn, oidcProviderArn, oidcTokenFile: file, roleSessionName: "pod" };
    await listUsers({ "alicloud:assumeRoleWithOidc": oidc }, {})();
    expect(await lastSigner()).toBe("demo/pod");
    await listUsers(
      { "alicloud:assumeRoleWithOidc": { ...oidc, oidcTokenFile: undefined, oidcToken } },
      {},
    )();
    expect(await lastSigner()).toBe("demo/pod");
  });

  test("of a profile, and with one that was assumed before", async () => {
    const own = { access_key_id: "testid", access_key_secret: "testsecret" };
    const role = { ram_role_arn: roleArn, ram_session_name: "laptop" };
    const file = profiles(
      "profiles.json",
      { name: "role", mode: "RamRoleArn", ...own, ...role },
      {
        name: "chain",
        mode: "ChainableRamRoleArn",
        source_profile: "role",
        ...role,
        ram_session_name: "second",
      },
      { name: "keys", mode: "AK", ...own },
    );
    const shared = (profile: string) => ({
      "alicloud:profile": profile,
      "alicloud:sharedCredentialsFile": file,
    });
    await listUsers(shared("role"), {})();
    expect(await lastSigner()).toBe("demo/laptop");
    await listUsers(shared("chain"), {})();
    expect(await lastSigner()).toBe("demo/second");
    await listUsers({ ...shared("keys"), "alicloud:assumeRole": { roleArn } }, {})();
    expect(await lastSigner()).toBe("demo/pulumi-alicloud-users");
  });
});

test("a role that there is not is named, and no user is taken for gone", async () => {
  const arn = "acs:ram::1000000000000001:role/other";
  const failure = await listUsers({ "alicloud:assumeRole": { roleArn: arn } })().catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({
    message: expect.stringContaining(`The role ${arn} cannot be assumed.`) as string,
  });
  expect(failure).not.toHaveProperty("kind");
});

test("a session is shared by calls, and a new one is opened five minutes before it ends", async () => {
  const clock = passingClock();
  const list = listUsers({ "alicloud:assumeRole": { roleArn, sessionExpiration: 900 } }, keys, clock);
  const opened = async () => (await account.emulator.control.calls()).byAction["Sts.AssumeRole"];
  await Promise.all([list(), list(), list()]);
  expect(await opened()).toBe(1);
  await clock.sleep(599_000);
  await list();
  expect(await opened()).toBe(1);
  await clock.sleep(2000);
  await list();
  expect(await opened()).toBe(2);
});

test("an answer of STS without a token is refused by what it lacks", async () => {
  gateway.answers(200, '{"RequestId":"1","Credentials":{"AccessKeyId":"a","AccessKeySecret":"b"}}');
  const endpoints = { "alicloud:endpoints": { sts: gateway.url } };
  const list = listUsers({ ...endpoints, "alicloud:assumeRole": { roleArn } }, keys, passingClock());
  await expect(list()).rejects.toThrow("Credentials.SecurityToken is missing");
});

describe("a credentials URI", () => {
  let server: Server;
  let answer: object;
  beforeAll(async () => {
    server = createServer((_request, response) => response.end(JSON.stringify(answer)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => void server.close());
  const uri = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const visit = { AccessKeyId: "STS.testid", AccessKeySecret: "testsecret", SecurityToken: "testtoken" };

  test("gives the credentials that sign", async () => {
    answer = { ...visit, Expiration: "2100-01-01T00:00:00Z" };
    await expect(listUsers({ "alicloud:credentialsUri": uri() }, {})()).resolves.toHaveProperty("Users");
  });

  test("that answers in another form is named, and its answer is not repeated", async () => {
    answer = { AccessKeyId: "id", AccessKeySecret: "s3cret-answer" };
    const list = listUsers({}, { ALIBABA_CLOUD_CREDENTIALS_URI: uri() });
    const { message } = (await list().catch((error: unknown) => error)) as Error;
    expect(message).toMatch(/^The URI of ALIBABA_CLOUD_CREDENTIALS_URI gives no credentials \(.+\)\./);
    expect(message).not.toContain("s3cret");
  });
});

describe("a profile", () => {
  const shared = (file: string, profile = "work") => ({
    "alicloud:profile": profile,
    "alicloud:sharedCredentialsFile": file,
  });

  test("names the region before the default, and after the settings", () => {
    const file = profiles("regions.json", { name: "work", mode: "AK", region_id: "cn-beijing" });
    expect(settings(shared(file), {})).toMatchObject({
      region: "cn-beijing",
      regionNamedBy: 'the profile "work"',
    });
    expect(settings({ ...shared(file), "alicloud:region": "cn-shanghai" }, {}).region).toBe("cn-shanghai");
  });

  test.each([
    ["that is not there", { name: "other", mode: "AK" }, 'has no profile "work"'],
    ["without a key", { name: "work", mode: "AK" }, "it has no access key"],
    [
      "of a mode that needs the CLI's own file",
      { name: "work", mode: "CloudSSO" },
      "its mode CloudSSO works in",
    ],
    [
      "whose sources lead in a circle",
      { name: "work", mode: "ChainableRamRoleArn", source_profile: "work" },
      "lead back",
    ],
  ])("%s is refused with the reason", async (_what, profile, reason) => {
    const list = listUsers(shared(profiles("wrong.json", profile)), {});
    await expect(list()).rejects.toThrow(
      /^The profile "work" of the Alibaba Cloud CLI gives no credentials \(/,
    );
    await expect(list()).rejects.toThrow(reason);
  });

  test("in a file that cannot be read shows nothing of it", async () => {
    const file = path.join(folder, "broken.json");
    writeFileSync(file, '{"profiles":[{"access_key_secret":"s3cret"');
    const { message } = (await listUsers(shared(file), {})().catch((error: unknown) => error)) as Error;
    expect(message).toContain(`${file} does not hold profiles as the CLI writes them`);
    expect(message).not.toContain("s3cret");
  });
});

test("the role of an ECS instance is named where there is no instance", async () => {
  const before = process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED;
  process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED = "true";
  try {
    await expect(listUsers({ "alicloud:ecsRoleName": "admin" }, {})()).rejects.toThrow(
      'The role "admin" of alicloud:ecsRoleName gives no credentials (IMDS credentials is disabled).',
    );
  } finally {
    if (before === undefined) delete process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED;
    else process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED = before;
  }
});
