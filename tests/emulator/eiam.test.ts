import { callerOf, type Reply, useEmulator } from "./emulatorCalls";

const emulator = useEmulator();
const InstanceId = "idaas_demo0001";
const root = "ou_root_demo0001";
const sales = "ou_sales_demo0001";
const support = "ou_support_demo0001";
const eiam = callerOf(emulator, "Eiam", { InstanceId });
const carol = { Username: "carol", PrimaryOrganizationalUnitId: root };

type Params = Record<string, string>;

function refused(reply: Reply): [number, string] {
  return [reply.status, (reply.body as { Code: string }).Code];
}

async function create(params: Params = {}): Promise<string> {
  return ((await eiam("CreateUser", { ...carol, ...params })).body as { UserId: string }).UserId;
}

async function read(UserId: string): Promise<Record<string, unknown>> {
  return ((await eiam("GetUser", { UserId })).body as { User: Record<string, unknown> }).User;
}

async function seed(
  change: (instance: Awaited<ReturnType<typeof stored>>["instance"]) => void,
): Promise<void> {
  const { snapshot, instance } = await stored();
  change(instance);
  await emulator.control.restore(snapshot);
}

async function stored() {
  const snapshot = await emulator.control.snapshot();
  return { snapshot, instance: snapshot.eiam.instances[0]! };
}

function flat(fields: [string, string, string?][]): Params {
  const entries = fields.flatMap(([name, value, operation], at) => [
    [`CustomFields.${at + 1}.FieldName`, name],
    [`CustomFields.${at + 1}.FieldValue`, value],
    ...(operation ? [[`CustomFields.${at + 1}.Operation`, operation]] : []),
  ]);
  return Object.fromEntries(entries) as Params;
}

const phone = { PhoneRegion: "86", PhoneNumber: "15600000000", PhoneNumberVerified: "true" };
const email = { Email: "carol@example.com", EmailVerified: "false" };
const time = expect.any(Number);

describe("CreateUser", () => {
  test("answers with the id alone, and GetUser with the whole user", async () => {
    const UserId = await create({
      ...phone,
      ...email,
      ...flat([["nick_name", "Caz"]]),
      DisplayName: "Carol",
      Description: "hello",
      "OrganizationalUnitIds.1": sales,
    });
    expect(UserId).toMatch(/^user_[a-z2-7]{26}$/);
    expect(await read(UserId)).toEqual({
      InstanceId,
      UserId,
      Username: "carol",
      DisplayName: "Carol",
      Description: "hello",
      PasswordSet: false,
      PasswordExpireTime: -1,
      PhoneRegion: "86",
      PhoneNumber: "15600000000",
      PhoneNumberVerified: true,
      Email: "carol@example.com",
      EmailVerified: false,
      UserExternalId: UserId,
      UserSourceType: "build_in",
      UserSourceId: InstanceId,
      Status: "enabled",
      RegisterTime: time,
      CreateTime: time,
      UpdateTime: time,
      PrimaryOrganizationalUnitId: root,
      OrganizationalUnits: [
        { OrganizationalUnitId: root, OrganizationalUnitName: "root", Primary: true },
        { OrganizationalUnitId: sales, OrganizationalUnitName: "sales", Primary: false },
      ],
      CustomFields: [{ FieldName: "nick_name", FieldValue: "Caz" }],
      Groups: [],
    });
  });

  test("gives times in milliseconds", async () => {
    const before = Date.now();
    const { CreateTime } = await read(await create());
    expect(CreateTime).toBeGreaterThanOrEqual(before);
    expect(CreateTime).toBeLessThanOrEqual(Date.now());
  });

  test.each([
    [403, "ResourceDuplicated.Username", { UserExternalId: "other" }],
    [403, "ResourceDuplicated.UserExternalId", { Username: "other", UserExternalId: "ext" }],
  ])("answers %i %s for what is taken", async (status, code, params) => {
    await create({ UserExternalId: "ext" });
    expect(refused(await eiam("CreateUser", { ...carol, ...params }))).toEqual([status, code]);
  });

  test.each<[string, Params, string]>([
    ["MissingParameter.Username", {}, "Username"],
    ["MissingParameter.PrimaryOrganizationalUnitId", {}, "PrimaryOrganizationalUnitId"],
    ["MissingParameter.PhoneRegion", phone, "PhoneRegion"],
    ["MissingParameter.PhoneNumber", phone, "PhoneNumber"],
    ["MissingParameter.PhoneNumberVerified", phone, "PhoneNumberVerified"],
    ["MissingParameter.Email", email, "Email"],
    ["MissingParameter.EmailVerified", email, "EmailVerified"],
  ])("answers %s", async (code, params, absent) => {
    const whole = Object.entries({ ...carol, ...params });
    const sent = Object.fromEntries(whole.filter(([name]) => name !== absent));
    expect(refused(await eiam("CreateUser", sent))).toEqual([400, code]);
  });

  test.each<[string, Params]>([
    ["InvalidParameter.Username", { Username: "car ol" }],
    ["InvalidParameter.Username", { Username: "c".repeat(257) }],
    ["InvalidParameter.DisplayName", { DisplayName: "d".repeat(129) }],
    ["InvalidParameter.DisplayName", { DisplayName: "" }],
    ["InvalidParameter.Description", { Description: "d".repeat(257) }],
    ["InvalidParameter.PhoneRegion", { ...phone, PhoneRegion: "+86" }],
    ["InvalidParameter.PhoneRegion", { ...phone, PhoneRegion: "0086" }],
    ["InvalidParameter.PhoneNumber", { ...phone, PhoneNumber: "12345" }],
    ["InvalidParameter.Email", { ...email, Email: "ca rol@example.com" }],
    ["InvalidParameter.EmailVerified", { ...email, EmailVerified: "1" }],
    ["InvalidParameter.Password", { Password: "short1" }],
    ["InvalidParameter.Password", { Password: "lettersonly" }],
    ["InvalidParameter.UserExternalId", { UserExternalId: "e".repeat(129) }],
    ["InvalidParameter.ClientToken", { ClientToken: "t".repeat(65) }],
    ["InvalidParameter.CustomField.shoe_size", flat([["shoe_size", "40"]])],
    ["InvalidParameter.CustomField.age", flat([["age", "old"]])],
    ["InvalidParameter.CustomFields", { "CustomFields.1.FieldName": "age" }],
    [
      "InvalidParameter.PasswordInitializationConfig",
      { "PasswordInitializationConfig.PasswordInitializationType": "x" },
    ],
  ])("answers %s for %j", async (code, params) => {
    expect(refused(await eiam("CreateUser", { ...carol, ...params }))).toEqual([400, code]);
  });

  test("has no Operation for custom fields", async () => {
    const reply = await eiam("CreateUser", { ...carol, ...flat([["age", "10", "add"]]) });
    expect(refused(reply)).toEqual([400, "UnsupportedParameter"]);
  });

  test("refuses an organizational unit that does not exist", async () => {
    const reply = await eiam("CreateUser", { ...carol, "OrganizationalUnitIds.1": "ou_none" });
    expect(refused(reply)).toEqual([404, "ResourceNotFound.OrganizationalUnit"]);
  });

  test("makes one user for one ClientToken, however often it is sent", async () => {
    const params = { ...email, ClientToken: "token-1" };
    const ids = [await create(params), await create(params), await create(params)];
    expect(new Set(ids).size).toBe(1);
    expect((await eiam("ListUsers")).body).toMatchObject({ TotalCount: 1 });
    const other = await eiam("CreateUser", { ...carol, ...params, Email: "other@example.com" });
    expect(refused(other)).toEqual([400, "IdempotentParameterMismatch"]);
  });

  test("knows a ClientToken again after a snapshot was restored", async () => {
    const UserId = await create({ ClientToken: "token-1" });
    await emulator.control.restore(await emulator.control.snapshot());
    expect(await create({ ClientToken: "token-1" })).toBe(UserId);
  });

  test("does not remember the token of a call that failed", async () => {
    await create();
    const ClientToken = "token-1";
    expect((await eiam("CreateUser", { ...carol, ClientToken })).status).toBe(403);
    expect((await eiam("CreateUser", { ...carol, Username: "dave", ClientToken })).status).toBe(200);
  });

  test.each<[boolean, Params]>([
    [true, { Password: "Secret12345" }],
    [true, { Priority: "custom" }],
    [false, { Priority: "global" }],
    [false, {}],
  ])("has PasswordSet %s after %j", async (isSet, { Password, Priority }) => {
    const config = "PasswordInitializationConfig";
    const made: Params = {
      [`${config}.PasswordInitializationType`]: "random",
      [`${config}.PasswordForcedUpdateStatus`]: "enabled",
      [`${config}.UserNotificationChannels.1`]: "email",
      ...(Priority ? { [`${config}.PasswordInitializationPolicyPriority`]: Priority } : {}),
    };
    const UserId = await create(Password ? { Password } : made);
    expect(await read(UserId)).toMatchObject({ PasswordSet: isSet });
  });

  test("refuses one user more than the quota", async () => {
    await emulator.control.settings({ userQuota: { Eiam: 0 } });
    expect(refused(await eiam("CreateUser", carol))).toEqual([403, "LimitExceeded.User"]);
  });
});

describe("UpdateUser", () => {
  test("leaves alone what is absent", async () => {
    const UserId = await create({ ...phone, ...email, DisplayName: "Carol", ...flat([["age", "10"]]) });
    const before = await read(UserId);
    expect((await eiam("UpdateUser", { UserId })).body).toEqual({ RequestId: expect.any(String) });
    expect(await read(UserId)).toEqual({ ...before, UpdateTime: time });
  });

  test("changes profile and name, and keeps the id", async () => {
    const UserId = await create();
    await eiam("UpdateUser", { UserId, ...phone, ...email, Username: "caroline", DisplayName: "C" });
    expect(await read(UserId)).toMatchObject({
      UserId,
      Username: "caroline",
      DisplayName: "C",
      PhoneNumber: "15600000000",
    });
    expect(await create()).not.toBe(UserId);
  });

  test("refuses the name of another user, but not its own", async () => {
    const UserId = await create();
    await create({ Username: "dave" });
    expect(refused(await eiam("UpdateUser", { UserId, Username: "dave" }))).toEqual([
      403,
      "ResourceDuplicated.Username",
    ]);
    expect((await eiam("UpdateUser", { UserId, Username: "carol" })).status).toBe(200);
  });

  test.each<[string, Params]>([
    ["MissingParameter.PhoneRegion", { PhoneNumber: "15600000000", PhoneNumberVerified: "true" }],
    ["MissingParameter.PhoneNumberVerified", { PhoneNumber: "15600000000", PhoneRegion: "86" }],
    ["MissingParameter.PhoneNumber", { PhoneNumberVerified: "true" }],
    ["MissingParameter.Email", { EmailVerified: "true" }],
    ["MissingParameter.EmailVerified", { Email: "carol@example.com" }],
    ["InvalidParameter.DisplayName", { DisplayName: "" }],
    ["InvalidParameter.PhoneNumber", { ...phone, PhoneNumber: "" }],
    ["InvalidParameter.Email", { ...email, Email: "" }],
    ["UnsupportedParameter", { Description: "hello" }],
    ["UnsupportedParameter", { Password: "Secret12345" }],
    ["UnsupportedParameter", { UserExternalId: "x" }],
    ["UnsupportedParameter", { PrimaryOrganizationalUnitId: root }],
  ])("answers %s for %j", async (code, params) => {
    const UserId = await create();
    expect(refused(await eiam("UpdateUser", { UserId, ...params }))).toEqual([400, code]);
  });
});

test("a display name has up to 256 characters in an update, and 128 in a create", async () => {
  const UserId = await create({ DisplayName: "d".repeat(128) });
  const update = (length: number) => eiam("UpdateUser", { UserId, DisplayName: "d".repeat(length) });
  expect((await update(256)).status).toBe(200);
  expect(refused(await update(257))).toEqual([400, "InvalidParameter.DisplayName"]);
});

describe("custom fields", () => {
  const fieldsOf = async (UserId: string) => (await read(UserId)).CustomFields;
  const update = (UserId: string, ...fields: [string, string, string?][]) =>
    eiam("UpdateUser", { UserId, ...flat(fields) });

  test("are added, replaced and removed one by one", async () => {
    const UserId = await create();
    await update(UserId, ["nick_name", "a b+c", "add"], ["age", "10", "replace"]);
    expect(await fieldsOf(UserId)).toEqual([
      { FieldName: "nick_name", FieldValue: "a b+c" },
      { FieldName: "age", FieldValue: "10" },
    ]);
    await update(UserId, ["nick_name", "Caz", "replace"], ["age", "10", "remove"]);
    expect(await fieldsOf(UserId)).toEqual([{ FieldName: "nick_name", FieldValue: "Caz" }]);
  });

  test("take ten and more in the order of their numbers", async () => {
    const names = Array.from({ length: 12 }, (_none, at) => `field_${at}`);
    await seed((instance) => (instance.customFields = names.map((fieldName) => ({ fieldName }))));
    const UserId = await create(flat(names.map((name) => [name, "x"])));
    expect(await fieldsOf(UserId)).toEqual(names.map((FieldName) => ({ FieldName, FieldValue: "x" })));
  });

  test.each(["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"])(
    "may have a name that is a word of JavaScript: %s",
    async (fieldName) => {
      await seed((instance) => (instance.customFields = [{ fieldName }, { fieldName: "age" }]));
      const UserId = await create(flat([["age", "1"]]));
      expect(await fieldsOf(UserId)).toEqual([{ FieldName: "age", FieldValue: "1" }]);
      expect((await update(UserId, [fieldName, "x", "add"])).status).toBe(200);
      expect((await update(UserId, [fieldName, "y", "replace"])).status).toBe(200);
      await emulator.control.restore(await emulator.control.snapshot());
      expect(await fieldsOf(UserId)).toContainEqual({ FieldName: fieldName, FieldValue: "y" });
      await update(UserId, [fieldName, "", "remove"]);
      expect(await fieldsOf(UserId)).toEqual([{ FieldName: "age", FieldValue: "1" }]);
    },
  );

  test("may be removed without a value, and when there is none", async () => {
    const UserId = await create();
    const removal = { "CustomFields.1.FieldName": "age", "CustomFields.1.Operation": "remove" };
    expect((await eiam("UpdateUser", { UserId, ...removal })).status).toBe(200);
  });

  test.each<[string, string, [string, string, string?][]]>([
    ["a field that the instance lacks", "CustomField.shoe_size", [["shoe_size", "40", "add"]]],
    ["add on a field that has a value", "CustomField.nick_name", [["nick_name", "x", "add"]]],
    ["an empty value", "CustomField.nick_name", [["nick_name", "", "replace"]]],
    ["a value that does not fit the field", "CustomField.age", [["age", "ten", "replace"]]],
    ["an unknown operation", "CustomFields", [["nick_name", "x", "set"]]],
    [
      "a field twice",
      "CustomField.age",
      [
        ["age", "1", "replace"],
        ["age", "2", "replace"],
      ],
    ],
  ])("refuse %s as InvalidParameter.%s, and change nothing then", async (_name, parameter, fields) => {
    const UserId = await create(flat([["nick_name", "Caz"]]));
    expect(refused(await update(UserId, ...fields))).toEqual([400, `InvalidParameter.${parameter}`]);
    expect(await fieldsOf(UserId)).toEqual([{ FieldName: "nick_name", FieldValue: "Caz" }]);
  });

  test("that are required cannot be left out of a create or removed", async () => {
    await seed((instance) => (instance.customFields = [{ fieldName: "team", required: true }]));
    const missing = [400, "MissingParameter.CustomField.team"];
    expect(refused(await eiam("CreateUser", carol))).toEqual(missing);
    const UserId = await create(flat([["team", "sales"]]));
    expect(refused(await update(UserId, ["team", "", "remove"]))).toEqual(missing);
    expect((await update(UserId, ["team", "support", "replace"])).status).toBe(200);
  });

  test("that are unique take no value that another user has", async () => {
    await seed((instance) => (instance.customFields = [{ fieldName: "badge", unique: true }]));
    const duplicate = [403, "ResourceDuplicated.CustomField.badge"];
    const carolId = await create(flat([["badge", "1"]]));
    const dave = { ...carol, Username: "dave" };
    expect(refused(await eiam("CreateUser", { ...dave, ...flat([["badge", "1"]]) }))).toEqual(duplicate);
    const daveId = await create({ Username: "dave" });
    expect(refused(await update(daveId, ["badge", "1", "add"]))).toEqual(duplicate);
    expect((await update(carolId, ["badge", "1", "replace"])).status).toBe(200);
    expect((await update(daveId, ["badge", "2", "add"])).status).toBe(200);
  });
});

describe("status, password and description", () => {
  test("a user is disabled and enabled, and once more without complaint", async () => {
    const UserId = await create();
    for (const [action, Status] of [
      ["DisableUser", "disabled"],
      ["EnableUser", "enabled"],
    ] as const) {
      for (let n = 1; n <= 2; n += 1) expect((await eiam(action, { UserId })).status).toBe(200);
      expect(await read(UserId)).toMatchObject({ Status });
    }
  });

  test("a lock, which only a snapshot can set, is lifted", async () => {
    const UserId = await create();
    await seed((instance) => (instance.users[0]!.lockExpireTime = 1900000000000));
    expect(await read(UserId)).toMatchObject({ LockExpireTime: 1900000000000 });
    await eiam("UnlockUser", { UserId });
    expect(await read(UserId)).not.toHaveProperty("LockExpireTime");
  });

  test("a password is set and kept only as a digest", async () => {
    const UserId = await create();
    const params = {
      UserId,
      Password: "Secret12345",
      PasswordForcedUpdateStatus: "enabled",
      "UserNotificationChannels.1": "sms",
    };
    expect((await eiam("UpdateUserPassword", params)).status).toBe(200);
    expect(await read(UserId)).toMatchObject({ PasswordSet: true });
    expect((await stored()).instance.users[0]?.passwordDigest).toMatch(/^[0-9a-f]{64}$/);
    const weak = { UserId, Password: "weak" };
    expect(refused(await eiam("UpdateUserPassword", weak))).toEqual([400, "InvalidParameter.Password"]);
  });

  test.each<Params>([{}, { Description: "" }])("a description is set, and cleared by %j", async (params) => {
    const UserId = await create();
    await eiam("UpdateUserDescription", { UserId, Description: "hello" });
    expect(await read(UserId)).toMatchObject({ Description: "hello" });
    await eiam("UpdateUserDescription", { UserId, ...params });
    expect(await read(UserId)).not.toHaveProperty("Description");
  });
});

describe("organizational units", () => {
  const unitsOf = async (UserId: string) => {
    const units = (await read(UserId)).OrganizationalUnits as {
      OrganizationalUnitId: string;
      Primary: boolean;
    }[];
    return units.map((unit) => `${unit.OrganizationalUnitId}${unit.Primary ? " (primary)" : ""}`);
  };

  test("the root can be asked for", async () => {
    expect((await eiam("GetRootOrganizationalUnit")).body).toMatchObject({
      OrganizationalUnit: {
        InstanceId,
        OrganizationalUnitId: root,
        OrganizationalUnitName: "root",
        CreateTime: time,
      },
    });
  });

  test("a new primary takes the user out of the old one", async () => {
    const UserId = await create({ "OrganizationalUnitIds.1": support });
    await eiam("SetUserPrimaryOrganizationalUnit", { UserId, OrganizationalUnitId: sales });
    expect(await unitsOf(UserId)).toEqual([`${sales} (primary)`, support]);
    await eiam("SetUserPrimaryOrganizationalUnit", { UserId, OrganizationalUnitId: support });
    expect(await unitsOf(UserId)).toEqual([`${support} (primary)`]);
  });

  test("a user joins and leaves, and does either twice without complaint", async () => {
    const UserId = await create();
    const both = { UserId, "OrganizationalUnitIds.1": sales, "OrganizationalUnitIds.2": support };
    for (let n = 1; n <= 2; n += 1)
      expect((await eiam("AddUserToOrganizationalUnits", both)).status).toBe(200);
    expect(await unitsOf(UserId)).toEqual([`${root} (primary)`, sales, support]);
    const one = { UserId, "OrganizationalUnitIds.1": sales };
    for (let n = 1; n <= 2; n += 1)
      expect((await eiam("RemoveUserFromOrganizationalUnits", one)).status).toBe(200);
    expect(await unitsOf(UserId)).toEqual([`${root} (primary)`, support]);
  });

  test("the primary cannot be left", async () => {
    const UserId = await create();
    const reply = await eiam("RemoveUserFromOrganizationalUnits", {
      UserId,
      "OrganizationalUnitIds.1": root,
    });
    expect(refused(reply)).toEqual([403, "OperationDenied.PrimaryOrganizationalUnit"]);
  });

  test.each(["AddUserToOrganizationalUnits", "RemoveUserFromOrganizationalUnits"])(
    "%s needs units that exist",
    async (action) => {
      const UserId = await create();
      expect(refused(await eiam(action, { UserId }))).toEqual([
        400,
        "MissingParameter.OrganizationalUnitIds",
      ]);
      const reply = await eiam(action, { UserId, "OrganizationalUnitIds.1": "ou_none" });
      expect(refused(reply)).toEqual([404, "ResourceNotFound.OrganizationalUnit"]);
    },
  );
});

describe("ListUsers", () => {
  interface ListBody {
    TotalCount: number;
    MaxResults: number;
    NextToken: string;
    Users: { Username: string }[];
  }
  const list = async (params: Params = {}) => (await eiam("ListUsers", params)).body as ListBody;
  const names = async (params: Params = {}) => (await list(params)).Users.map((user) => user.Username);

  test("shows a user as GetUser does, but for fields, units, groups and language", async () => {
    const UserId = await create({ ...phone, ...email, ...flat([["age", "10"]]) });
    const lock = { preferredLanguage: "en-US", lockExpireTime: 1900000000000 };
    await seed((instance) => Object.assign(instance.users[0]!, lock));
    const whole = await read(UserId);
    const lacking = [
      "CustomFields",
      "OrganizationalUnits",
      "PrimaryOrganizationalUnitId",
      "Groups",
      "PreferredLanguage",
    ];
    const expected = Object.fromEntries(Object.entries(whole).filter(([name]) => !lacking.includes(name)));
    expect(Object.keys(whole)).toEqual(expect.arrayContaining(lacking));
    expect((await list()).Users).toEqual([expected]);
    expect(expected).toHaveProperty("LockExpireTime", 1900000000000);
  });

  test("pages by number, and by token", async () => {
    for (let n = 1; n <= 25; n += 1) await create({ Username: `user${n}` });
    expect(await list()).toMatchObject({ TotalCount: 25, MaxResults: 20, NextToken: "" });
    expect(await names({ PageNumber: "2" })).toEqual(["user21", "user22", "user23", "user24", "user25"]);
    expect(await names({ PageNumber: "3", PageSize: "10" })).toHaveLength(5);
    const seen: string[] = [];
    for (let token = ""; seen.length === 0 || token !== "";) {
      const page = await list({ MaxResults: "10", NextToken: token });
      expect(page.TotalCount).toBe(25);
      seen.push(...page.Users.map((user) => user.Username));
      token = page.NextToken;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_none, at) => `user${at + 1}`));
  });

  test("filters", async () => {
    const carolId = await create({ ...phone, DisplayName: "Carol", UserExternalId: "ext" });
    const daveId = await create({
      ...email,
      Username: "dave",
      DisplayName: "Dave",
      "OrganizationalUnitIds.1": sales,
    });
    await eiam("DisableUser", { UserId: daveId });
    const cases: [Params, string[]][] = [
      [{ "UserIds.1": daveId, "UserIds.2": carolId }, ["carol", "dave"]],
      [{ "UserIds.1": daveId }, ["dave"]],
      [{ UsernameStartsWith: "ca" }, ["carol"]],
      [{ UsernameStartsWith: "arol" }, []],
      [{ DisplayNameStartsWith: "Da" }, ["dave"]],
      [{ PhoneRegion: "86", PhoneNumber: "15600000000" }, ["carol"]],
      [{ Email: "carol@example.com" }, ["dave"]],
      [{ UserExternalId: "ext" }, ["carol"]],
      [{ UserSourceId: InstanceId }, ["carol", "dave"]],
      [{ UserSourceType: "ldap" }, []],
      [{ Status: "disabled" }, ["dave"]],
      [{ OrganizationalUnitId: sales }, ["dave"]],
      [{ Status: "enabled", OrganizationalUnitId: sales }, []],
    ];
    for (const [params, expected] of cases) expect(await names(params)).toEqual(expected);
  });

  test.each<[string, Params]>([
    ["PageSize", { PageSize: "101" }],
    ["PageNumber", { PageNumber: "0" }],
    ["MaxResults", { MaxResults: "101" }],
    ["NextToken", { NextToken: "of my own" }],
    ["NextToken", { MaxResults: "10", PageNumber: "1" }],
    ["Status", { Status: "frozen" }],
  ])("answers InvalidParameter.%s for %j", async (name, params) => {
    expect(refused(await eiam("ListUsers", params))).toEqual([400, `InvalidParameter.${name}`]);
  });
});

const ofOneUser =
  "GetUser UpdateUser DeleteUser EnableUser DisableUser UnlockUser UpdateUserDescription".split(" ");

test.each(ofOneUser)("%s answers 404 for an unknown user or instance", async (action) => {
  const reply = await eiam(action, { UserId: "user_none" });
  expect(refused(reply)).toEqual([404, "ResourceNotFound.User"]);
  expect(reply.body).toMatchObject({ Message: "The specified User resource: user_none not found." });
  const elsewhere = await eiam(action, { InstanceId: "idaas_none", UserId: "user_none" });
  expect(refused(elsewhere)).toEqual([404, "ResourceNotFound.Instance"]);
  expect(refused(await eiam(action))).toEqual([400, "MissingParameter.UserId"]);
});

test("DeleteUser erases the user and frees the name", async () => {
  const UserId = await create();
  expect((await eiam("DeleteUser", { UserId })).body).toEqual({ RequestId: expect.any(String) });
  expect(refused(await eiam("GetUser", { UserId }))).toEqual([404, "ResourceNotFound.User"]);
  expect(await create()).not.toBe(UserId);
});

test.each(
  "CreateUser UpdateUser DeleteUser EnableUser DisableUser UnlockUser UpdateUserDescription UpdateUserPassword SetUserPrimaryOrganizationalUnit AddUserToOrganizationalUnits RemoveUserFromOrganizationalUnits".split(
    " ",
  ),
)("%s is taken by POST alone", async (action) => {
  expect(refused(await eiam(action, {}, { method: "GET" }))).toEqual([403, "UnsupportedHTTPMethod"]);
});

test.each(["GetUser", "ListUsers", "GetRootOrganizationalUnit"])(
  "%s is taken by GET as well",
  async (action) => {
    const UserId = await create();
    const params: Params = action === "GetUser" ? { UserId } : {};
    expect((await eiam(action, params, { method: "GET" })).status).toBe(200);
  },
);
