import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { readSettings } from "../../provider/api/settings";
import { services } from "../../provider/resources/services";
import { checkEndpoints } from "../../cli/doctor/checkSignIn";
import type { Finding } from "../../cli/doctor/findings";
import { policyOf } from "../../cli/doctor/permissions";
import { createStack, type Outcome, type Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { succeeded } from "../e2e/outcome";
import { programOf } from "../e2e/program";
import { startProxy } from "../support/startProxy";
import { commandLine } from "./commandLine";

jest.setTimeout(120_000);

let account: Account;
beforeAll(async () => void (account = await openAccount()));
beforeEach(() => account.emulator.control.reset());
afterAll(() => account.close());

const everything = ["--ram", "--bastionhost", bastionHost, "--eiam", idaas];

const doctor = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  commandLine({ dir: __dirname, env: { PATH: process.env.PATH, ...account.env, ...env } }, "doctor", ...args);

const findingsOf = ({ stdout }: Outcome) => (JSON.parse(stdout) as { findings: Finding[] }).findings;
const problemsOf = (outcome: Outcome) =>
  findingsOf(outcome)
    .filter(({ verdict }) => verdict === "problem")
    .map(({ area, subject, detail }) => `${area} ${subject}: ${detail}`);

describe("doctor", () => {
  test("finds no problem in an account that answers as the API's pages say, and writes nothing", async () => {
    await account.admin.ram("CreateUser", { UserName: "alice", Email: "alice@example.com" });
    await account.admin.eiam("CreateUser", {
      Username: "carol",
      PrimaryOrganizationalUnitId: "ou_root_demo0001",
    });
    await account.emulator.control.forgetCalls();
    const { exitCode, stdout } = await doctor({}, ...everything);
    expect(stdout).toContain("No problem was found.");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /account +1000000000000001\n +-> To let a stack .+: pulumi config set alicloud-users:accountId 1000000000000001\n/,
    );
    expect(stdout).toMatch(/ListUsers +1 user; a page of 1000 held 1/);
    expect(stdout).not.toMatch(/testsecret|alice/);
    // The request that measures an endpoint has no action.
    expect((await account.writes()).filter(([action]) => action !== "")).toEqual([]);
  });

  test("says whether the account is the one that the settings name", async () => {
    const found = async (ALICLOUD_USERS_ACCOUNT_ID: string) =>
      findingsOf(await doctor({ ALICLOUD_USERS_ACCOUNT_ID }, "--ram", "--json")).find(
        ({ subject }) => subject === "account",
      );
    expect(await found("1000000000000001")).toMatchObject({
      detail: "1000000000000001, as alicloud-users:accountId names it",
    });
    expect((await found("9".repeat(16)))?.detail).toMatch(
      /^The credentials of ALIBABA_CLOUD_ACCESS_KEY_ID are for/,
    );
  });

  test("says which credentials sign, as which role, and where the region is named", async () => {
    const role = "acs:ram::1000000000000001:role/demo";
    const stack = await createStack({ source: "", env: account.env });
    try {
      const key = "alicloud:assumeRole.roleArn";
      succeeded(await stack.run(["config", "set", "--path", key, role]));
      succeeded(await stack.run(["config", "set", "alicloud:region", "cn-beijing"]));
      const details = findingsOf(await doctor(stack.env, "--cwd", stack.dir, "--json")).map(
        ({ detail }) => detail,
      );
      expect(details).toContain(`an access key, named by ALIBABA_CLOUD_ACCESS_KEY_ID, which assumes ${role}`);
      expect(details).toContain("cn-beijing (alicloud:region)");
      expect(details.join()).toContain("assumed-role/demo/pulumi-alicloud-users, access key STS.");
    } finally {
      await stack.remove();
    }
  });

  test.each([
    [
      "a wrong secret",
      { ALIBABA_CLOUD_ACCESS_KEY_SECRET: "wrong" },
      "sign-in caller: STS refused GetCallerIdentity",
    ],
    [
      "an endpoint that is not there",
      { ALICLOUD_USERS_ENDPOINT: "http://127.0.0.1:1" },
      "sign-in caller: STS could not be reached (ECONNREFUSED) for GetCallerIdentity at http://127.0.0.1:1.",
    ],
    [
      "a host that there is not",
      { HOST: "nope" },
      "Bastionhost nope ListUsers: Bastionhost refused ListUsers",
    ],
  ])(
    "names %s, and fails",
    async (_what, { HOST = bastionHost, ...env }: Record<string, string>, sentence) => {
      const brief = { ALICLOUD_MAX_RETRY_TIMEOUT: "1" };
      const outcome = await doctor({ ...brief, ...env }, "--bastionhost", HOST, "--json");
      expect(outcome.exitCode).toBe(1);
      expect(problemsOf(outcome).join("\n")).toContain(sentence);
      expect(outcome.stdout).not.toContain("testsecret");
    },
  );

  test.each([
    ["a wrong key", { ALIBABA_CLOUD_ACCESS_KEY_SECRET: "wrong" }, []],
    [
      "an endpoint that is not there",
      { ALICLOUD_USERS_ENDPOINT: "http://127.0.0.1:1" },
      ["endpoints STS", "endpoints RAM"],
    ],
  ])("names %s once, with all that fails by it", async (_what, env: Record<string, string>, endpoints) => {
    const outcome = await doctor(env, "--ram", "--json");
    const [problem, ...others] = findingsOf(outcome).filter(({ verdict }) => verdict === "problem");
    expect(problem).toMatchObject({ area: "sign-in", subject: "caller" });
    expect(problem!.also).toEqual(
      expect.arrayContaining([...endpoints, "RAM ListUsers", "RAM GetUser", "RAM GetLoginProfile"]),
    );
    expect(others).toEqual([]);
    expect(outcome.exitCode).toBe(1);
    const { stdout } = await doctor(env, "--ram");
    expect(stdout).toMatch(/-> the same for: .*RAM ListUsers, RAM GetUser/);
    expect(stdout).toContain("Problems: 1.");
  });

  test("names each read that the caller may not send, and how to be allowed to", async () => {
    for (const action of ["ListUsers", "GetLoginProfile"])
      await account.emulator.control.fault({ kind: "denied", product: "Ram", action });
    const outcome = await doctor({}, "--ram", "--json");
    expect(problemsOf(outcome)).toEqual([
      expect.stringMatching(
        /^RAM ListUsers: .*NoPermission.*Grant the caller's RAM policy this action/,
      ) as string,
      expect.stringMatching(/^RAM GetLoginProfile: .*NoPermission/) as string,
    ]);
  });

  test.each([
    ["lacks", { omit: ["CreateDate"] }, "of a user, CreateDate is missing"],
    [
      "answers in another type",
      { asText: ["EffectiveStartTime"] },
      "of a user, EffectiveStartTime has another type (string)",
    ],
  ])("names a field that the account %s", async (_what, deviations, sentence) => {
    await account.admin.ram("CreateUser", { UserName: "alice" });
    const bob = {
      UserName: "bob",
      Source: "Local",
      Password: "Correct-Horse-7",
      EffectiveStartTime: "1790000000",
    };
    await account.admin.bastionhost("CreateUser", bob);
    await account.emulator.control.settings({ deviations });
    const outcome = await doctor({}, "--ram", "--bastionhost", bastionHost, "--json");
    expect(problemsOf(outcome).join("\n")).toContain(sentence);
    expect(outcome.exitCode).toBe(1);
  });

  test("tells a clock that the APIs would refuse", async () => {
    const date = new Date(Date.now() - 20 * 60_000).toUTCString();
    const server = createServer((_request, response) => response.writeHead(200, { date }).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const settings = readSettings(
      { config: () => undefined, environment: { ALICLOUD_USERS_ENDPOINT: url } },
      services,
    );
    const findings = await checkEndpoints(settings, [{ product: "Ram", region: undefined }]);
    server.close();
    expect(findings[1]).toMatchObject({ subject: "clock", verdict: "problem" });
    expect(findings[1]!.detail).toMatch(/^this machine is 1(19|20)\d s ahead$/);
  });
});

test("an endpoint is measured through the proxy, which is named without its password", async () => {
  const proxy = await startProxy(account.emulator.url);
  process.env.HTTP_PROXY = proxy.url.replace("//", "//ann:s3cret@");
  try {
    const environment = { ALICLOUD_USERS_ENDPOINT: "http://ram.test:8080" };
    const settings = readSettings({ config: () => undefined, environment }, services);
    const [finding] = await checkEndpoints(settings, [{ product: "Ram", region: undefined }]);
    expect(finding).toMatchObject({ subject: "RAM", verdict: "ok" });
    expect(finding!.detail).toMatch(/ through the proxy 127\.0\.0\.1:\d+$/);
    expect(proxy.asked).toEqual(["ram.test:8080"]);
  } finally {
    delete process.env.HTTP_PROXY;
    proxy.close();
  }
});

describe("doctor of a stack", () => {
  let stack: Stack;
  beforeAll(async () => {
    const bob = { instanceId: bastionHost, source: "Local", userName: "bob", password: "Correct-Horse-7" };
    const source = programOf(["RamUser", "alice", { userName: "alice" }], ["BastionhostUser", "bob", bob]);
    stack = await createStack({ source, env: account.env });
  });
  afterAll(() => stack.remove());

  test("looks at the directories of its users", async () => {
    succeeded(await stack.up());
    const outcome = await doctor(stack.env, "--cwd", stack.dir, "--json");
    expect(problemsOf(outcome)).toEqual([]);
    const areas = new Set(findingsOf(outcome).map(({ area }) => area));
    expect([...areas]).toEqual(["sign-in", "endpoints", "RAM", `Bastionhost ${bastionHost}`]);
  });
});

describe("doctor --policy", () => {
  const page = readFileSync(path.join(__dirname, "../../docs/getting-started.md"), "utf8");

  test("prints the least policy of the docs for all products and jobs", async () => {
    const [, policy = ""] = /```json\n(.*?)```/s.exec(page) ?? [];
    const sorted = (text: string) => {
      const { Statement } = JSON.parse(text) as { Statement: { Action: string[] }[] };
      return Statement.flatMap(({ Action }) => Action).sort();
    };
    expect(sorted((await doctor({}, "--policy")).stdout)).toEqual(sorted(policy));
  });

  test("leaves out what the chosen jobs do not call", () => {
    expect(policyOf(["Eiam"], ["drift"])).toMatchObject({
      Statement: [{ Action: ["eiam:GetUser", "eiam:ListUsers"] }],
    });
  });
});
