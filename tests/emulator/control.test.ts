import { createHash } from "node:crypto";
import { type Emulator, emulatorControl, type EmulatorOptions, startEmulator } from "../../emulator";
import { createCallRecord } from "../../emulator/control/callRecord";
import { createRateLimit } from "../../emulator/control/rateLimit";
import { callerOf, callV3, useEmulator } from "./emulatorCalls";

const emulator = useEmulator();
const ram = callerOf(emulator, "Ram");
const bastionhost = callerOf(emulator, "Bastionhost", { InstanceId: "bastionhost-cn-demo0001" });
const eiam = callerOf(emulator, "Eiam", { InstanceId: "idaas_demo0001" });
const carol = { Username: "carol", PrimaryOrganizationalUnitId: "ou_root_demo0001" };
const bob = { UserName: "bob", Source: "Local", Password: "Secret-123" };

async function control(method: string, path: string, body?: string) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${emulator.url}/_emulator${path}`, { method, headers, body: body ?? null });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("the record of calls", () => {
  test("counts by action and keeps what was sent, in order", async () => {
    await ram("CreateUser", { UserName: "alice" });
    await ram("GetUser", { UserName: "nobody" });
    await callV3(emulator.url, "Ram", "GetUser", { UserName: "alice" });
    await bastionhost("ListUsers", { PageSize: "5" });
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(await emulator.control.calls()).toEqual({
      total: 4,
      byAction: { "Ram.CreateUser": 1, "Ram.GetUser": 2, "Bastionhost.ListUsers": 1 },
      calls: [
        { at, product: "Ram", action: "CreateUser", params: { UserName: "alice" }, status: 200 },
        {
          at,
          product: "Ram",
          action: "GetUser",
          params: { UserName: "nobody" },
          status: 404,
          code: "EntityNotExist.User",
        },
        { at, product: "Ram", action: "GetUser", params: { UserName: "alice" }, status: 200 },
        {
          at,
          product: "Bastionhost",
          action: "ListUsers",
          params: { InstanceId: "bastionhost-cn-demo0001", PageSize: "5" },
          status: 200,
        },
      ],
    });
  });

  test("holds no secret and no common parameter", async () => {
    const sts = { common: { AccessKeyId: "STS.testid", SecurityToken: "testtoken" } };
    await bastionhost("CreateUser", bob, sts);
    await eiam("CreateUser", { ...carol, Password: "Secret12345", NewPassword: "Misnamed-1" }, sts);
    await ram(
      "CreateLoginProfile",
      { UserName: "a", Password: "Secret-456", PasswordResetRequired: "true" },
      sts,
    );
    const log = await emulator.control.calls();
    expect(JSON.stringify(log)).not.toMatch(
      /Secret-|Secret1|Misnamed|testtoken|testid|Signature|AccessKeyId|Timestamp/,
    );
    expect(log.calls.map((call) => call.params)).toMatchObject([
      { Password: "***", UserName: "bob" },
      { Password: "***", NewPassword: "***" },
      { Password: "***", PasswordResetRequired: "true" },
    ]);
  });

  test("has refused calls too, and those of an unknown version", async () => {
    await ram("ListUsers", {}, { secret: "wrong" });
    await ram("ListUsers", {}, { common: { Version: "2020-02-02" } });
    expect((await emulator.control.calls()).calls).toMatchObject([
      { product: "Ram", action: "ListUsers", status: 400, code: "SignatureDoesNotMatch" },
      { product: "Unknown", action: "ListUsers", status: 400, code: "InvalidVersion" },
    ]);
  });

  test("is forgotten on demand", async () => {
    await ram("ListUsers");
    await emulator.control.forgetCalls();
    expect(await emulator.control.calls()).toEqual({ total: 0, byAction: {}, calls: [] });
  });

  test("keeps the newest calls only, and counts all", () => {
    const record = createCallRecord(3);
    const call = { at: "", product: "Ram", action: "ListUsers", params: {}, status: 200 };
    for (let n = 1; n <= 10; n += 1) record.record({ ...call, at: String(n) });
    expect(record.log().calls.map(({ at }) => at)).toEqual(["8", "9", "10"]);
    expect(record.log()).toMatchObject({ total: 10, byAction: { "Ram.ListUsers": 10 } });
  });
});

describe("settings", () => {
  test("bound the calls of each second, for each product apart", async () => {
    await emulator.control.settings({ callsPerSecond: { Bastionhost: 2 } });
    const replies = await Promise.all(Array.from({ length: 12 }, () => bastionhost("ListUsers")));
    const refused = replies.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThanOrEqual(8);
    for (const reply of refused)
      expect(reply).toMatchObject({ status: 400, body: { Code: "Throttling.User" } });
    expect((await ram("ListUsers")).status).toBe(200);
    await emulator.control.settings({ callsPerSecond: {} });
    expect((await bastionhost("ListUsers")).status).toBe(200);
  });

  test("grant the whole allowance again after a change or a reset", async () => {
    const scarce = { callsPerSecond: { Ram: 0.001 } };
    await emulator.control.settings(scarce);
    expect([(await ram("ListUsers")).status, (await ram("ListUsers")).status]).toEqual([200, 400]);
    await emulator.control.settings(scarce);
    expect([(await ram("ListUsers")).status, (await ram("ListUsers")).status]).toEqual([200, 400]);
    await emulator.control.reset();
    expect([(await ram("ListUsers")).status, (await ram("ListUsers")).status]).toEqual([200, 200]);
  });

  test("fill the allowance up again as time goes by", () => {
    let now = 0;
    const { admits } = createRateLimit(() => now);
    const burst = () => Array.from({ length: 12 }, () => admits("Ram", 10)).filter(Boolean).length;
    expect(burst()).toBe(10);
    now += 300;
    expect(burst()).toBe(3);
    now += 60_000;
    expect(burst()).toBe(10);
    expect(admits("Eiam", undefined)).toBe(true);
  });

  test("hold every answer back by the latency", async () => {
    await emulator.control.settings({ latencyMs: 60 });
    const started = performance.now();
    await ram("ListUsers");
    expect(performance.now() - started).toBeGreaterThanOrEqual(55);
  });

  test("change by key and come back whole", async () => {
    await emulator.control.settings({ lagReads: { Ram: 2 } });
    const all = {
      latencyMs: 0,
      callsPerSecond: {},
      site: "china",
      userQuota: { Ram: 5000 },
      lagReads: { Ram: 2 },
      unknownParameters: "refuse",
      ids: "fixed",
      deviations: {},
    };
    expect(await emulator.control.settings()).toEqual(all);
    expect(await control("GET", "/settings")).toEqual({ status: 200, body: all });
  });

  test.each(['{"site":"mars"}', '{"latencyMs":-1}', '{"callsPerSecond":{"Ecs":1}}', "{", "[]"])(
    "refuse %s readably",
    async (body) => {
      const reply = await control("POST", "/settings", body);
      expect(reply).toEqual({ status: 400, body: { error: expect.any(String) } });
    },
  );
});

describe("the snapshot", () => {
  async function fill(): Promise<void> {
    await ram("CreateUser", { UserName: "alice", Comments: "c" });
    await ram("CreateGroup", { GroupName: "g" });
    await ram("AddUserToGroup", { UserName: "alice", GroupName: "g" });
    await ram("CreateLoginProfile", { UserName: "alice", Password: "Secret-456" });
    await bastionhost("CreateUser", bob);
    await eiam("CreateUser", { ...carol, Password: "Secret12345", ClientToken: "t" });
  }

  test("is plain JSON that makes the same account again", async () => {
    await fill();
    const snapshot = await emulator.control.snapshot();
    await emulator.control.reset();
    expect((await ram("ListUsers")).body).toMatchObject({ Users: { User: [] } });
    await emulator.control.restore(snapshot);
    expect(await emulator.control.snapshot()).toEqual(snapshot);
    expect((await ram("GetUser", { UserName: "alice" })).body).toMatchObject({ User: { Comments: "c" } });
    expect((await ram("CreateUser", { UserName: "next" })).body).toMatchObject({
      User: { UserId: "200000000000000002" },
    });
    expect((await bastionhost("CreateUser", { ...bob, UserName: "next" })).body).toMatchObject({
      UserId: "2",
    });
    const next = await eiam("CreateUser", { ...carol, Username: "next" });
    expect(next.body).not.toMatchObject({ UserId: snapshot.eiam.instances[0]?.users[0]?.userId });
  });

  test("holds passwords as SHA-256 digests and nothing else", async () => {
    await fill();
    const snapshot = await emulator.control.snapshot();
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    expect(JSON.stringify(snapshot)).not.toMatch(/Secret/);
    expect(snapshot.ram.users[0]?.loginProfile?.passwordDigest).toBe(sha256("Secret-456"));
    expect(snapshot.bastionhost.instances[0]?.users[0]?.passwordDigest).toBe(sha256("Secret-123"));
    expect(snapshot.eiam.instances[0]?.users[0]?.passwordDigest).toBe(sha256("Secret12345"));
  });

  test("may be written by hand, leaving out what has a default", async () => {
    await emulator.control.restore({
      ram: { nextUserId: "5", callerAccessKeys: [], groups: [], users: [{ userId: "7", userName: "alice" }] },
      bastionhost: {
        instances: [{ instanceId: "b", users: [{ userId: "3", userName: "bob", userState: ["Expired"] }] }],
      },
      eiam: { instances: [] },
    });
    expect((await ram("CreateUser", { UserName: "next" })).body).toMatchObject({ User: { UserId: "8" } });
    expect((await bastionhost("GetUser", { InstanceId: "b", UserId: "3" })).body).toMatchObject({
      User: { UserName: "bob", UserState: ["Expired"], TwoFactorStatus: "Global" },
    });
    expect((await bastionhost("CreateUser", { ...bob, InstanceId: "b", UserName: "n" })).body).toMatchObject({
      UserId: "4",
    });
  });

  test.each([
    ["two users of one name", "users[1].userName", [{ userId: "1" }, { userId: "2" }]],
    ["two users of one id", "users[1].userId", [{ userId: "1" }, { userId: "1", userName: "b" }]],
    ["a group that is not there", "users[0].groups", [{ userId: "1", groups: [{ groupName: "none" }] }]],
    ["a clear password", '"password"', [{ userId: "1", password: "x" }]],
  ])("is refused readably with %s", async (_name, reason, users) => {
    const snapshot = await emulator.control.snapshot();
    snapshot.ram.users = users.map((user) => ({ userName: "a", ...user })) as typeof snapshot.ram.users;
    await expect(emulator.control.restore(snapshot)).rejects.toThrow(reason);
    expect((await emulator.control.snapshot()).ram.users).toEqual([]);
  });

  test("is refused with a custom field whose pattern is no regular expression", async () => {
    const snapshot = await emulator.control.snapshot();
    snapshot.eiam.instances[0]!.customFields = [{ fieldName: "age", pattern: "(" }];
    await expect(emulator.control.restore(snapshot)).rejects.toThrow("no regular expression");
  });

  test("is refused with a user in an organizational unit that is not there", async () => {
    await eiam("CreateUser", carol);
    const snapshot = await emulator.control.snapshot();
    snapshot.eiam.instances[0]!.users[0]!.organizationalUnitIds = ["ou_none"];
    await expect(emulator.control.restore(snapshot)).rejects.toThrow("organizationalUnitIds");
  });
});

describe("instances", () => {
  test("are added with what a new one has", async () => {
    await emulator.control.addInstance({
      product: "Eiam",
      instanceId: "idaas_two",
      customFields: [{ fieldName: "team" }],
    });
    const twoFactor = { enableTwoFactor: true, twoFactorMethods: ["totp" as const] };
    await emulator.control.addInstance({
      product: "Bastionhost",
      instanceId: "bastionhost-cn-two",
      twoFactor,
    });
    const asked = await eiam("GetRootOrganizationalUnit", { InstanceId: "idaas_two" });
    expect(asked.body).toMatchObject({ OrganizationalUnit: { OrganizationalUnitId: "ou_root_two" } });
    const config = await bastionhost("GetInstanceTwoFactor", { InstanceId: "bastionhost-cn-two" });
    expect(config.body).toMatchObject({ Config: { EnableTwoFactor: true, TwoFactorMethods: ["totp"] } });
  });

  test("are refused when they exist, and for RAM, which has none", async () => {
    const existing = emulator.control.addInstance({ product: "Eiam", instanceId: "idaas_demo0001" });
    await expect(existing).rejects.toThrow("exists already");
    expect((await control("POST", "/instances", '{"product":"Ram","instanceId":"x"}')).status).toBe(400);
  });
});

describe("actions", () => {
  test("change the account without a signature, and are not in the record of calls", async () => {
    await emulator.control.fault({ kind: "error", times: 100 });
    await emulator.control.act({ product: "Ram", action: "CreateUser", params: { UserName: "alice" } });
    const params = { UserName: "alice", NewUserName: "alice", NewDisplayName: "Alice L." };
    const reply = await control(
      "POST",
      "/actions",
      JSON.stringify({ product: "Ram", action: "UpdateUser", params }),
    );
    expect(reply).toMatchObject({ status: 200, body: { User: { DisplayName: "Alice L." } } });
    expect((await emulator.control.calls()).total).toBe(0);
  });

  test.each([
    ['{"product":"Ram","action":"GetUser","params":{"UserName":"nobody"}}', /^EntityNotExist\.User: /],
    ['{"product":"Ram","action":"GetUser","params":{"Name":"alice"}}', /Name/],
    ['{"product":"Ram","action":"Mystery"}', /the product has no such action/],
    ['{"product":"Ecs","action":"GetUser"}', /product/],
  ])("are refused readably: %s", async (body, reason) => {
    const reply = await control("POST", "/actions", body);
    expect(reply).toEqual({ status: 400, body: { error: expect.stringMatching(reason) } });
  });
});

test("a reset puts users, settings, faults and calls back to the start", async () => {
  const start = await emulator.control.snapshot();
  await ram("CreateUser", { UserName: "alice" });
  await emulator.control.settings({ site: "international" });
  await emulator.control.fault({ kind: "error", times: 100 });
  expect(await control("POST", "/reset")).toEqual({ status: 200, body: { ok: true } });
  expect((await emulator.control.calls()).total).toBe(0);
  expect((await ram("ListUsers")).body).toMatchObject({ Users: { User: [] } });
  expect((await emulator.control.settings()).site).toBe("china");
  expect(Object.keys(await emulator.control.snapshot())).toEqual(Object.keys(start));
});

describe("startEmulator", () => {
  /** The ids of the first user of each product, and of a bastion host and an IDaaS instance that are added. */
  async function firstIds(settings: EmulatorOptions["settings"]): Promise<string[]> {
    const started = await startEmulator({ settings });
    const create = async (product: "Ram" | "Bastionhost" | "Eiam", params: Record<string, string>) => {
      const { body } = await callerOf(started, product)("CreateUser", params);
      const { User, UserId } = body as { User?: { UserId: string }; UserId?: string };
      return User?.UserId ?? UserId!;
    };
    try {
      const host = "bastionhost-cn-two";
      const idaas = "idaas_two";
      await started.control.addInstance({ product: "Bastionhost", instanceId: host });
      await started.control.addInstance({ product: "Eiam", instanceId: idaas });
      return [
        await create("Ram", { UserName: "alice" }),
        await create("Bastionhost", { ...bob, InstanceId: "bastionhost-cn-demo0001" }),
        await create("Bastionhost", { ...bob, InstanceId: host }),
        await create("Eiam", { ...carol, InstanceId: "idaas_demo0001" }),
        await create("Eiam", { ...carol, InstanceId: idaas, PrimaryOrganizationalUnitId: "ou_root_two" }),
      ];
    } finally {
      await started.close();
    }
  }

  const forms = [/^2\d{17}$/, /^\d{1,5}$/, /^\d{1,5}$/, /^user_[a-z2-7]{26}$/, /^user_[a-z2-7]{26}$/];

  test("gives users other ids after each start, of the same form, beyond 2^53 for RAM", async () => {
    const first = await firstIds({});
    const second = await firstIds({});
    for (const ids of [first, second])
      expect(ids).toEqual(forms.map((form) => expect.stringMatching(form) as string));
    first.forEach((id, index) => expect(second[index]).not.toBe(id));
    expect(BigInt(first[0]!)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
  });

  test("gives the same ids after each start where the setting fixes them", async () => {
    const first = await firstIds({ ids: "fixed" });
    expect(await firstIds({ ids: "fixed" })).toEqual(first);
    expect(first.slice(0, 3)).toEqual(["200000000000000001", "1", "1"]);
  });

  test("starts two that know nothing of each other", async () => {
    const other = await startEmulator();
    try {
      await callerOf(other, "Ram")("CreateUser", { UserName: "alice" });
      expect(other.port).not.toBe(emulator.port);
      expect((await emulator.control.calls()).total).toBe(0);
      expect((await emulatorControl(other.url).calls()).total).toBe(1);
    } finally {
      await other.close();
    }
  });

  test("closes at once although connections are kept alive and an answer is owed", async () => {
    const other: Emulator = await startEmulator();
    await other.control.fault({ kind: "delay", delayMs: 600_000 });
    const owed = callerOf(other, "Ram")("ListUsers").catch(() => "closed");
    while ((await other.control.calls()).total === 0);
    const started = performance.now();
    await other.close();
    expect(await owed).toBe("closed");
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("takes the port that is asked for, and says when it is taken", async () => {
    await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({
      code: "EADDRINUSE",
      message: expect.stringMatching(`^Port ${emulator.port} of 127.0.0.1 is taken, .*--port`),
    });
  });
});
