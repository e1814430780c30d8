import { callerOf, type Reply, useEmulator } from "./emulatorCalls";

const emulator = useEmulator();
const InstanceId = "bastionhost-cn-demo0001";
const bastionhost = callerOf(emulator, "Bastionhost", { InstanceId });
const bob = { UserName: "bob_ops", Source: "Local", Password: "Secret-123" };

type Params = Record<string, string>;

function refused(reply: Reply): [number, string] {
  return [reply.status, (reply.body as { Code: string }).Code];
}

async function create(params: Params = {}): Promise<string> {
  return ((await bastionhost("CreateUser", { ...bob, ...params })).body as { UserId: string }).UserId;
}

async function read(UserId: string): Promise<Record<string, unknown>> {
  return ((await bastionhost("GetUser", { UserId })).body as { User: Record<string, unknown> }).User;
}

/** Changes the stored bastion host, as no call can. */
async function seed(change: (host: Awaited<ReturnType<typeof hostOf>>["host"]) => void): Promise<void> {
  const { snapshot, host } = await hostOf();
  change(host);
  await emulator.control.restore(snapshot);
}

async function hostOf() {
  const snapshot = await emulator.control.snapshot();
  return { snapshot, host: snapshot.bastionhost.instances[0]! };
}

const invalid = [400, "InvalidParameter"];

describe("CreateUser", () => {
  test("fills in what was not given", async () => {
    expect(await read(await create())).toEqual({
      UserId: "1",
      UserName: "bob_ops",
      DisplayName: "bob_ops",
      Source: "Local",
      SourceUserId: "",
      Comment: "",
      Email: "",
      Mobile: "",
      MobileCountryCode: "CN",
      NeedResetPassword: false,
      TwoFactorStatus: "Global",
      TwoFactorMethods: [],
      LanguageStatus: "Global",
      Language: "",
      UserState: ["Normal"],
    });
  });

  test("keeps what was given, with numbers, booleans and lists as such", async () => {
    const UserId = await create({
      RegionId: "cn-hangzhou",
      DisplayName: "Bob",
      Comment: "night shift",
      Email: "bob@example.com",
      Mobile: "13500000000",
      MobileCountryCode: "SA",
      EffectiveStartTime: "1790000000",
      EffectiveEndTime: "1800000000",
      NeedResetPassword: "true",
      TwoFactorStatus: "Enable",
      TwoFactorMethods: '["sms"]',
      LanguageStatus: "Custom",
      Language: "zh-cn",
    });
    expect(await read(UserId)).toMatchObject({
      DisplayName: "Bob",
      Comment: "night shift",
      Email: "bob@example.com",
      Mobile: "13500000000",
      MobileCountryCode: "SA",
      EffectiveStartTime: 1790000000,
      EffectiveEndTime: 1800000000,
      NeedResetPassword: true,
      TwoFactorStatus: "Enable",
      TwoFactorMethods: ["sms"],
      LanguageStatus: "Custom",
      Language: "zh-cn",
    });
  });

  test("counts ids up in each instance apart", async () => {
    await emulator.control.addInstance({ product: "Bastionhost", instanceId: "bastionhost-cn-other" });
    expect([await create(), await create({ UserName: "b" })]).toEqual(["1", "2"]);
    expect(await create({ InstanceId: "bastionhost-cn-other" })).toBe("1");
    await bastionhost("DeleteUser", { UserId: "2" });
    expect(await create({ UserName: "c" })).toBe("3");
  });

  test("answers 400, not 409, for a name that is taken", async () => {
    await create();
    expect(refused(await bastionhost("CreateUser", bob))).toEqual([400, "UserAlreadyExists"]);
  });

  test("takes a user of another source by its id there, without a password", async () => {
    const ram = { UserName: "al", Source: "Ram", SourceUserId: "200000000000000001" };
    const { body } = await bastionhost("CreateUser", ram);
    expect(await read((body as { UserId: string }).UserId)).toMatchObject(ram);
  });

  test("gives a user of RAM the new name of its RAM user, unless it had another name or somebody has that one", async () => {
    const ram = callerOf(emulator, "Ram");
    const { UserId } = ((await ram("CreateUser", { UserName: "al" })).body as { User: { UserId: string } })
      .User;
    const { body } = await bastionhost("CreateUser", { UserName: "al", Source: "Ram", SourceUserId: UserId });
    const nameOf = async () => (await read((body as { UserId: string }).UserId)).UserName;
    await ram("UpdateUser", { UserName: "al", NewUserName: "al.b" });
    expect(await nameOf()).toBe("al.b");
    await bastionhost("CreateUser", { ...bob, UserName: "al.c" });
    await ram("UpdateUser", { UserName: "al.b", NewUserName: "al.c" });
    expect(await nameOf()).toBe("al.b");
    await ram("UpdateUser", { UserName: "al.c", NewUserName: "al.d" });
    expect(await nameOf()).toBe("al.b");
  });

  test("refuses one user more than the quota", async () => {
    await emulator.control.settings({ userQuota: { Bastionhost: 0 } });
    expect(refused(await bastionhost("CreateUser", bob))).toEqual([400, "LicenseOutOfLimit"]);
  });

  test.each([
    ["no Source", { Source: "" }],
    ["a Source in another case", { Source: "Ldap" }],
    ["no UserName", { UserName: "" }],
    ["a long UserName", { UserName: "u".repeat(129) }],
    ["no Password for a Local user", { Password: "" }],
    ["no SourceUserId for a Ram user", { Source: "Ram" }],
    ["a short password", { Password: "Ab1!" }],
    ["a password without an upper-case letter", { Password: "secret-123" }],
    ["a password without a lower-case letter", { Password: "SECRET-123" }],
    ["a password without a digit", { Password: "Secret-abc" }],
    ["a password without a special character", { Password: "Secret1234" }],
    ["a long DisplayName", { DisplayName: "d".repeat(129) }],
    ["a long Comment", { Comment: "c".repeat(501) }],
    ["an unknown country", { MobileCountryCode: "XX" }],
    ["a time that is no number", { EffectiveStartTime: "tomorrow" }],
    ["an end before the start", { EffectiveStartTime: "20", EffectiveEndTime: "10" }],
    ["a boolean that is none", { NeedResetPassword: "yes" }],
    ["Enable without a method", { TwoFactorStatus: "Enable" }],
    ["Enable with an empty list", { TwoFactorStatus: "Enable", TwoFactorMethods: "[]" }],
    ["the misprint of the English pages", { TwoFactorMethods: '["totp OTP"]' }],
    ["methods that are no JSON", { TwoFactorMethods: "sms" }],
    ["two methods", { TwoFactorMethods: '["sms","email"]' }],
    ["sms without a Mobile", { TwoFactorStatus: "Enable", TwoFactorMethods: '["sms"]' }],
    ["dingtalk without a Mobile", { TwoFactorStatus: "Enable", TwoFactorMethods: '["dingtalk"]' }],
    ["email without an Email", { TwoFactorStatus: "Enable", TwoFactorMethods: '["email"]' }],
    ["Custom without a Language", { LanguageStatus: "Custom" }],
    ["an unknown Language", { LanguageStatus: "Custom", Language: "fr" }],
  ])("refuses %s", async (_name, params) => {
    expect(refused(await bastionhost("CreateUser", { ...bob, ...params } as Params))).toEqual(invalid);
    expect((await bastionhost("ListUsers")).body).toMatchObject({ TotalCount: 0 });
  });

  test.each(["totp", "gmusbkey"])("takes %s, which needs neither phone nor email", async (method) => {
    const UserId = await create({ TwoFactorStatus: "Enable", TwoFactorMethods: `[ "${method}" ]` });
    expect(await read(UserId)).toMatchObject({ TwoFactorMethods: [method] });
  });

  test("judges a Global user by the two-factor settings of the instance", async () => {
    await seed(
      (host) => (host.twoFactor = { enableTwoFactor: true, skipTwoFactorTime: 1, twoFactorMethods: ["sms"] }),
    );
    expect(refused(await bastionhost("CreateUser", bob))).toEqual(invalid);
    expect((await bastionhost("CreateUser", { ...bob, Mobile: "135" })).status).toBe(200);
    const free = { ...bob, UserName: "free", TwoFactorStatus: "Disable" };
    expect((await bastionhost("CreateUser", free)).status).toBe(200);
  });
});

test("a user of RAM needs no phone and no email under the two-factor settings of the instance", async () => {
  await seed(
    (host) => (host.twoFactor = { enableTwoFactor: true, skipTwoFactorTime: 0, twoFactorMethods: ["sms"] }),
  );
  const source = { UserName: "al", Password: "", SourceUserId: "200000000000000001" };
  const UserId = await create({ ...source, Source: "Ram" });
  expect((await bastionhost("ModifyUser", { UserId, Comment: "c" })).status).toBe(200);
  expect(refused(await bastionhost("CreateUser", { ...source, Source: "AD" }))).toEqual([
    400,
    "InvalidParameter",
  ]);
});

describe("ModifyUser", () => {
  test("leaves alone what is absent and what is empty", async () => {
    const given = {
      Comment: "c",
      Email: "e@example.com",
      Mobile: "135",
      EffectiveStartTime: "10",
      EffectiveEndTime: "20",
    };
    const UserId = await create(given);
    const before = await read(UserId);
    const names =
      "Password DisplayName Comment Email Mobile MobileCountryCode EffectiveStartTime EffectiveEndTime";
    const more = "NeedResetPassword TwoFactorStatus TwoFactorMethods LanguageStatus Language RegionId";
    const empty = Object.fromEntries(`${names} ${more}`.split(" ").map((name) => [name, ""]));
    expect((await bastionhost("ModifyUser", { UserId, ...empty })).body).toEqual({
      RequestId: expect.any(String),
    });
    expect(await read(UserId)).toEqual(before);
  });

  test("changes what is sent", async () => {
    const UserId = await create();
    await bastionhost("ModifyUser", { UserId, DisplayName: "Robert", EffectiveEndTime: "1800000000" });
    expect(await read(UserId)).toMatchObject({
      DisplayName: "Robert",
      EffectiveEndTime: 1800000000,
      Comment: "",
    });
  });

  test("judges the user as it would be, with what is stored already", async () => {
    const UserId = await create({ EffectiveEndTime: "20" });
    expect(refused(await bastionhost("ModifyUser", { UserId, EffectiveStartTime: "20" }))).toEqual(invalid);
    const sms = { UserId, TwoFactorStatus: "Enable", TwoFactorMethods: '["sms"]' };
    expect(refused(await bastionhost("ModifyUser", sms))).toEqual(invalid);
    await bastionhost("ModifyUser", { UserId, Mobile: "135" });
    expect((await bastionhost("ModifyUser", sms)).status).toBe(200);
  });

  test("needs the method in the same call that enables two-factor", async () => {
    const UserId = await create({ Mobile: "135", TwoFactorStatus: "Enable", TwoFactorMethods: '["sms"]' });
    await bastionhost("ModifyUser", { UserId, TwoFactorStatus: "Global" });
    expect(refused(await bastionhost("ModifyUser", { UserId, TwoFactorStatus: "Enable" }))).toEqual(invalid);
  });

  test("changes a password only for a Local user, and never shows one", async () => {
    const local = await create();
    const { body } = await bastionhost("CreateUser", { UserName: "l", Source: "LDAP", SourceUserId: "cn=l" });
    const ldap = (body as { UserId: string }).UserId;
    const before = (await hostOf()).host.users.map((user) => user.passwordDigest);
    for (const UserId of [local, ldap]) await bastionhost("ModifyUser", { UserId, Password: "Another-456" });
    const after = (await hostOf()).host.users.map((user) => user.passwordDigest);
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBeUndefined();
    expect(JSON.stringify(await read(local))).not.toMatch(/"password"|digest/i);
  });

  test.each([
    ["UserName", "other"],
    ["Source", "Ram"],
    ["SourceUserId", "1"],
  ])("has no %s, which cannot be changed", async (name, value) => {
    const UserId = await create();
    expect(refused(await bastionhost("ModifyUser", { UserId, [name]: value }))).toEqual([
      400,
      "UnsupportedParameter",
    ]);
  });
});

describe("LockUsers and UnlockUsers", () => {
  const lock = (action: string, ...ids: string[]) => bastionhost(action, { UserIds: JSON.stringify(ids) });

  test("answer 200 with a verdict for each user", async () => {
    const UserId = await create();
    expect((await lock("LockUsers", UserId, "8", "x", UserId)).body).toMatchObject({
      Results: [
        { UserId: "1", Code: "OK", Message: "" },
        { UserId: "8", Code: "OBJECT_NOT_FOUND" },
        { UserId: "x", Code: "INVALID_ARGUMENT" },
        { UserId: "1", Code: "OBJECT_AlREADY_EXISTS" },
      ],
    });
    expect(await read(UserId)).toMatchObject({ UserState: ["Frozen"] });
    expect((await lock("UnlockUsers", UserId)).body).toMatchObject({ Results: [{ Code: "OK" }] });
    expect((await lock("UnlockUsers", UserId)).body).toMatchObject({
      Results: [{ Code: "OBJECT_AlREADY_EXISTS" }],
    });
    expect(await read(UserId)).toMatchObject({ UserState: ["Normal"] });
  });

  test("leave the states alone that arise by themselves", async () => {
    const UserId = await create();
    await seed((host) => (host.users[0]!.userState = ["Expired"]));
    await lock("LockUsers", UserId);
    expect(await read(UserId)).toMatchObject({ UserState: ["Expired", "Frozen"] });
    await lock("UnlockUsers", UserId);
    expect(await read(UserId)).toMatchObject({ UserState: ["Expired"] });
  });

  test.each(["1", "[1]", "[]", "", JSON.stringify(Array(101).fill("1"))])(
    "refuse UserIds=%s",
    async (UserIds) => {
      expect(refused(await bastionhost("LockUsers", { UserIds }))).toEqual(invalid);
    },
  );
});

describe("ListUsers", () => {
  async function names(params: Params = {}): Promise<string[]> {
    const body = (await bastionhost("ListUsers", params)).body as { Users: { UserName: string }[] };
    return body.Users.map((user) => user.UserName);
  }

  test("pages by number, 20 at a time unless told, and counts all", async () => {
    for (let n = 1; n <= 25; n += 1) await create({ UserName: `user${n}` });
    expect((await bastionhost("ListUsers")).body).toMatchObject({ TotalCount: 25 });
    expect(await names()).toHaveLength(20);
    expect(await names({ PageNumber: "2" })).toEqual(["user21", "user22", "user23", "user24", "user25"]);
    expect(await names({ PageNumber: "3", PageSize: "10" })).toHaveLength(5);
    expect(await names({ PageNumber: "4", PageSize: "10" })).toEqual([]);
  });

  test("shows users as GetUser does", async () => {
    const UserId = await create();
    expect((await bastionhost("ListUsers")).body).toMatchObject({ Users: [await read(UserId)] });
  });

  test("filters by the exact value", async () => {
    await create({ DisplayName: "Bob", Mobile: "135" });
    await bastionhost("CreateUser", {
      UserName: "bob",
      Source: "Ram",
      SourceUserId: "2",
      DisplayName: "Bobby",
    });
    await bastionhost("LockUsers", { UserIds: '["2"]' });
    await seed((host) => (host.users[0]!.userGroupIds = ["7"]));
    const cases: [Params, string[]][] = [
      [{ UserName: "bob" }, ["bob"]],
      [{ DisplayName: "Bob" }, ["bob_ops"]],
      [{ Mobile: "135" }, ["bob_ops"]],
      [{ SourceUserId: "2" }, ["bob"]],
      [{ Source: "Local" }, ["bob_ops"]],
      [{ UserState: "Frozen" }, ["bob"]],
      [{ UserGroupId: "7" }, ["bob_ops"]],
      [{ UserName: "bob", Source: "Local" }, []],
      [{ UserName: "" }, ["bob_ops", "bob"]],
    ];
    for (const [params, expected] of cases) expect(await names(params)).toEqual(expected);
  });

  test.each<Params>([
    { PageSize: "101" },
    { PageSize: "" },
    { PageNumber: "0" },
    { PageNumber: "" },
    { UserState: "Locked" },
  ])("refuses %j", async (params) => {
    expect(refused(await bastionhost("ListUsers", params))).toEqual(invalid);
  });
});

describe("an instance", () => {
  test("shows its two-factor settings", async () => {
    await seed(
      (host) => (host.twoFactor = { enableTwoFactor: true, skipTwoFactorTime: 1, twoFactorMethods: ["sms"] }),
    );
    expect((await bastionhost("GetInstanceTwoFactor")).body).toMatchObject({
      Config: { EnableTwoFactor: true, SkipTwoFactorTime: 1, TwoFactorMethods: ["sms"] },
    });
  });

  test("that is unknown answers with a 404 which is no user's", async () => {
    const reply = await bastionhost("GetUser", { InstanceId: "bastionhost-none", UserId: "1" });
    expect(refused(reply)).toEqual([404, "InstanceNotFound"]);
  });

  test("that is released says so on every call", async () => {
    const UserId = await create();
    await seed((host) => (host.released = true));
    const calls = [
      bastionhost("GetUser", { UserId }),
      bastionhost("ListUsers"),
      bastionhost("GetInstanceTwoFactor"),
    ];
    for (const reply of await Promise.all(calls))
      expect(refused(reply)).toEqual([400, "Commodity.BizError.InvalidStatus"]);
  });
});

test.each(["GetUser", "ModifyUser", "DeleteUser"])("%s answers 404 for an unknown user", async (action) => {
  expect(refused(await bastionhost(action, { UserId: "9" }))).toEqual([404, "UserNotFound"]);
  expect(refused(await bastionhost(action))).toEqual(invalid);
});
