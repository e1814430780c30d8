import { connect } from "../provider/api/connect";
import { serviceOf } from "../provider/resources/services";
import { check } from "../provider/core/check";
import { diff } from "../provider/core/diff";
import { stored } from "../provider/core/state";
import { diffLive } from "../provider/lifecycle/diff";
import type { Call, Values, Wire } from "../provider/core/wire";
import type { Resource } from "../provider/core/resource";
import { bastionhostUser } from "../provider/resources/bastionhost/bastionhostUser";
import { eiamUser } from "../provider/resources/eiam/eiamUser";
import { ramDependents } from "../provider/resources/ram/dependents";
import { ramUser } from "../provider/resources/ram/ramUser";
import { instanceIds, settingsFor, units, useAccount } from "./api/account";
import { useGateway } from "./api/gateway";
import { schemaOf } from "./api/schemaOf";
import { programFor } from "./resources/program";

/** The traps of the API contract, by the numbers they have there. */
const account = useAccount();
const gateway = useGateway();

const [ram, bastionhost, eiam] = [ramUser, bastionhostUser, eiamUser] as unknown as [
  Resource,
  Resource,
  Resource,
];
const alice = { userName: "alice" };
const bob = {
  instanceId: instanceIds.Bastionhost,
  source: "Local",
  userName: "bob",
  password: "Ab1!cdefg",
};
const carol = { instanceId: instanceIds.Eiam, username: "carol" };
const people: readonly { type: string; resource: Resource; declared: Values }[] = [
  { type: ram.type, resource: ram, declared: alice },
  { type: bastionhost.type, resource: bastionhost, declared: bob },
  { type: eiam.type, resource: eiam, declared: carol },
];

const program = (resource: Resource) => programFor(resource, () => account.connection());
const directory = (resource: Resource, scope: Wire = {}) =>
  account.connection().directory(resource, scope, undefined);
const onHost = { InstanceId: instanceIds.Bastionhost };
const inIdaas = { InstanceId: instanceIds.Eiam };

/** A program whose first `up` has made the user. */
async function made(resource: Resource, declared: Values) {
  const users = program(resource);
  await users.up(declared);
  await account.emulator.control.forgetCalls();
  return users;
}

/** The parameters of every call of an action. */
async function sent(action: string): Promise<Record<string, string>[]> {
  const { calls } = await account.emulator.control.calls();
  return calls.filter((call) => call.action === action).map(({ params }) => params);
}

/** What is wrong with a declaration, one text for all. */
const reasons = (resource: Resource, declared: Values, previous?: Values): string =>
  check(resource, { previous, declared })
    .failures.map(({ reason }) => reason)
    .join(" ");

const failure = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => Promise.reject(new Error("It went well.")),
    (error: Error) => error,
  );

/** The body of the one request that a call makes. */
async function bodyOf(product: string, call: Call): Promise<URLSearchParams> {
  gateway.answers(200, '{"RequestId":"r","Users":{"User":[]},"Results":[{"Code":"OK"}]}');
  await connect(settingsFor(gateway.url)).directory(schemaOf(product), {}, undefined).call(call);
  return new URLSearchParams(gateway.received.at(-1)?.body);
}

test('1, "totp OTP" is not a value: the one-time password is "totp"', async () => {
  const enabled = { ...bob, twoFactorStatus: "Enable" };
  expect(reasons(bastionhost, { ...enabled, twoFactorMethods: ["totp OTP"] })).toContain('"totp"');
  await program(bastionhost).up({ ...enabled, twoFactorMethods: ["totp"] });
  expect(await account.users("Bastionhost")).toMatchObject([{ twoFactorMethods: ["totp"] }]);
});

test("2, lists in a text: sent as JSON, read plainly, as JSON and as the pages print it", async () => {
  const declared = { ...bob, twoFactorStatus: "Enable", twoFactorMethods: ["totp"], locked: true };
  await program(bastionhost).up(declared);
  expect(await sent("CreateUser")).toMatchObject([{ TwoFactorMethods: '["totp"]' }]);
  expect(await sent("LockUsers")).toMatchObject([{ UserIds: '["1"]' }]);
  for (const [method, state] of [
    [["totp"], ["Frozen"]],
    ['["totp"]', '["Frozen"]'],
    [['[\n "totp"\n]'], ['["Frozen"]']],
  ]) {
    const user = { TwoFactorStatus: "Enable", TwoFactorMethods: method, UserState: state };
    const desired = { twoFactorStatus: "Enable", twoFactorMethods: ["totp"], locked: true };
    expect(diff(bastionhost, { state: stored({}), inputs: desired, user, ignored: [] })).toEqual([]);
  }
});

test("3, the case of a source: AD and LDAP, but Local and Ram", async () => {
  for (const source of ["Ad", "Ldap", "local", "RAM"])
    expect(reasons(bastionhost, { ...bob, source })).toContain('one of "Local", "Ram", "AD", "LDAP"');
  await program(bastionhost).up({ ...bob, source: "AD", sourceUserId: "CN=bob", password: undefined });
  expect(await account.users("Bastionhost")).toMatchObject([{ source: "AD" }]);
});

test("4, three meanings of an empty text: RAM clears, Bastionhost cannot, EIAM clears the description alone", async () => {
  const users = await made(ram, { ...alice, comments: "on call" });
  await users.up({ ...alice, comments: "" });
  expect(await account.users("Ram")).toMatchObject([{ comments: "" }]);
  const remarked = { ...bob, comment: "night shift" };
  expect(reasons(bastionhost, { ...bob, comment: "" })).toContain('"comment" must not be empty');
  expect(reasons(bastionhost, bob, remarked)).toContain("cannot clear it");
  const named = { ...carol, displayName: "Carol" };
  expect(reasons(eiam, { ...carol, displayName: "" })).toContain('"displayName" must not be empty');
  expect(reasons(eiam, carol, named)).toContain("cannot clear it");
  const described = await made(eiam, { ...carol, description: "hello" });
  await described.up({ ...carol, description: "" });
  expect((await account.users("Eiam"))[0]).not.toHaveProperty("description");
});

test("4, an empty text at a creation: nothing is sent, since the create calls refuse one", async () => {
  await program(ram).up({ ...alice, displayName: "", comments: "", email: "" });
  await program(eiam).up({ ...carol, description: "" });
  expect(await sent("CreateUser")).toMatchObject([{ UserName: "alice" }, { Username: "carol" }]);
});

test("5, NewUserName: RAM gets it also when nothing is renamed", async () => {
  const users = await made(ram, alice);
  await users.up({ ...alice, comments: "on call" });
  expect(await sent("UpdateUser")).toEqual([
    { UserName: "alice", NewUserName: "alice", NewComments: "on call" },
  ]);
});

test("6, no GetUser by UserId: a RAM user that others renamed is not gone", async () => {
  const users = await made(ram, alice);
  const { id } = users.state!;
  await account.outside("Ram", "UpdateUser", { UserName: "alice", NewUserName: "mallory" });
  expect(await users.preview(alice)).toMatchObject([{ path: "userName", from: "mallory", to: "alice" }]);
  await users.up(alice);
  expect(users.state!.id).toBe(id);
  expect(await account.users("Ram")).toMatchObject([{ userId: id, userName: "alice" }]);
});

test("7, ids beyond 2^53: they stay exact, even where an answer holds them as numbers", async () => {
  await account.outside("Ram", "CreateUser", { UserName: "neighbour" });
  const users = await made(ram, alice);
  expect(users.state!.id).toBe("200000000000000002");
  gateway.answers(200, '{"RequestId":"r","User":{"UserId":200000000000000003,"UserName":"alice"}}');
  const connection = connect(settingsFor(gateway.url)).directory(ram, {}, undefined);
  expect(await connection.findByName("alice")).toEqual({ UserId: "200000000000000003", UserName: "alice" });
});

describe("8, a 404 that is not about the user", () => {
  const others = [
    "InvalidAccessKeyId.NotFound",
    "InvalidApi.NotFound",
    "EntityNotExist.Group",
    "EntityNotExist.Policy",
    "InstanceNotFound",
    "ResourceNotFound.Instance",
    "ResourceNotFound.OrganizationalUnit",
  ];
  test.each(people)("is a fault that leaves a $type in the state", async ({ resource, declared }) => {
    const users = await made(resource, declared);
    for (const code of others) {
      await account.emulator.control.fault({ kind: "error", status: 404, code, times: 10 });
      expect(await failure(users.preview(declared))).toMatchObject({ name: "ApiFault", code });
      expect(await failure(users.refresh())).toMatchObject({ code });
      await account.emulator.control.clearFaults();
    }
    expect(await users.preview(declared)).toEqual([]);
  });

  const codes: Readonly<Record<string, readonly string[]>> = {
    RamUser: ["EntityNotExist.User"],
    BastionhostUser: ["UserNotFound", "OBJECT_NOT_FOUND"],
    EiamUser: ["ResourceNotFound.User"],
  };
  test.each(people)(
    "has none of the codes that say a $type is gone",
    async ({ type, resource, declared }) => {
      for (const code of codes[type] ?? []) {
        const users = await made(resource, declared);
        await account.remove(resource.service as "Ram");
        await account.emulator.control.fault({ action: "GetUser", kind: "error", status: 400, code });
        await expect(users.preview(declared)).rejects.toThrow("gone");
      }
    },
  );
});

test("9, an expired bastion host: its users are not gone", async () => {
  const users = await made(bastionhost, bob);
  const snapshot = await account.emulator.control.snapshot();
  snapshot.bastionhost.instances[0]!.released = true;
  await account.emulator.control.restore(snapshot);
  for (const work of [() => users.preview(bob), () => users.refresh(), () => users.destroy()])
    expect((await failure(work())).message).toMatch(
      /Commodity\.BizError\.InvalidStatus.*No user was dropped from the state\./,
    );
  expect(users.state).toBeDefined();
});

test("10, a verdict in a 200: what is refused there is a fault, what is so already is not", async () => {
  await made(bastionhost, bob);
  const lock = (UserId: string) =>
    directory(bastionhost, onHost).call(bastionhost.lock!({ ...onHost, UserId }));
  expect(await failure(lock("99"))).toMatchObject({ kind: "notFound", code: "OBJECT_NOT_FOUND" });
  expect(await failure(lock("x"))).toMatchObject({ kind: "invalid", code: "INVALID_ARGUMENT" });
  await lock("1");
  await expect(lock("1")).resolves.toMatchObject({ Results: [{ Code: "OBJECT_AlREADY_EXISTS" }] });
});

test("11, eight user states: all but Frozen and Normal come by themselves and are no drift", async () => {
  const users = await made(bastionhost, { ...bob, locked: false });
  const states = [
    "Expired",
    "Inactive",
    "PasswordExpired",
    "RemoteDNChanged",
    "RemoteFrozen",
    "RemoteDeleted",
  ];
  await account.alter("Bastionhost", { userState: states as never });
  expect(await users.preview({ ...bob, locked: false })).toEqual([]);
  await account.alter("Bastionhost", { userState: ["Expired", "Frozen"] });
  expect(await users.preview({ ...bob, locked: false })).toMatchObject([{ path: "locked", from: true }]);
  await users.up({ ...bob, locked: false });
  expect(await account.users("Bastionhost")).toMatchObject([{ userState: ["Expired"] }]);
});

test.each(people)(
  "12, a taken name: 409, 400 and 403 are known for one, and adopt of the $type is offered",
  async ({ resource, declared }) => {
    const { id } = (await made(resource, declared)).state!;
    const { message } = await failure(program(resource).up(declared));
    expect(message).toContain(`(id ${id})`);
    expect(message).toContain("set adopt: true");
    const { call } = directory(resource, resource === bastionhost ? onHost : inIdaas);
    const [{ Password, ...params } = {}] = await sent("CreateUser");
    const again = { ...params, ...(Password ? { Password: bob.password } : {}) };
    expect(await failure(call({ action: "CreateUser", params: again }))).toMatchObject({
      kind: "conflict",
    });
  },
);

test("13, phone and email of RAM: an account that never shows them causes no diff that comes back", async () => {
  await account.emulator.control.settings({ site: "international" });
  const declared = { ...alice, mobilePhone: "86-18600000000", email: "alice@example.com" };
  const users = await made(ram, declared);
  expect(await users.preview(declared)).toEqual([]);
  await users.refresh();
  expect(await users.preview(declared)).toEqual([]);
  const changed = { ...declared, email: "alice@example.org" };
  expect(await users.preview(changed)).toMatchObject([{ path: "email", cause: "program" }]);
  await users.up(changed);
  expect(await account.users("Ram")).toMatchObject([changed]);
  expect(await users.preview(changed)).toEqual([]);
});

test("14, the length of a display name: 128 characters for RAM and 256 for EIAM, not the 24 or 64 of other pages", async () => {
  const displayName = "x".repeat(128);
  for (const { resource, declared } of people) {
    await program(resource).up({ ...declared, displayName });
    const most = resource === eiam ? 256 : 128;
    const tooLong = { ...declared, displayName: "x".repeat(most + 1) };
    expect(reasons(resource, tooLong)).toContain(`at most ${most}`);
  }
  expect(await account.users("Ram")).toMatchObject([{ displayName }]);
  expect(await account.users("Eiam")).toMatchObject([{ displayName }]);
});

test("16, units of time: seconds for Bastionhost, milliseconds for EIAM, ISO 8601 for RAM", async () => {
  const declared = { ...bob, effectiveStartTime: "2027-01-31T00:00:00Z" };
  const users = await made(bastionhost, declared);
  expect(await account.users("Bastionhost")).toMatchObject([{ effectiveStartTime: 1_801_353_600 }]);
  expect(await users.preview({ ...bob, effectiveStartTime: 1_801_353_600 })).toEqual([]);
  expect(reasons(bastionhost, { ...bob, effectiveStartTime: 1_801_353_600_000 })).toContain("milliseconds");
  const forEver = { ...declared, effectiveEndTime: "9999-12-31" };
  await users.up(forEver);
  expect(await users.preview(forEver)).toEqual([]);

  const unlocked = { ...carol, locked: false };
  const others = await made(eiam, unlocked);
  await account.alter("Eiam", { lockExpireTime: Date.now() - 60_000 });
  expect(await others.preview(unlocked)).toEqual([]);
  await account.alter("Eiam", { lockExpireTime: Date.now() + 60_000 });
  expect(await others.preview(unlocked)).toMatchObject([{ path: "locked", from: true }]);

  // That a user was just made is read from its CreateDate.
  await account.emulator.control.fault({ product: "Ram", action: "CreateUser", kind: "drop" });
  await program(ram).up(alice);
  expect(await account.users("Ram")).toHaveLength(1);
});

test("17, wrappers of lists: Users.User for RAM, plain Users for the others", async () => {
  for (const { resource, declared } of people) {
    await program(resource).up(declared);
    const scope = { [ram.service]: {}, [bastionhost.service]: onHost, [eiam.service]: inIdaas };
    const users = await directory(resource, scope[resource.service]).search({});
    expect(users).toMatchObject([{ [resource.nameField]: declared.userName ?? declared.username }]);
  }
});

test("18, paging of Bastionhost: every page is read, TotalCount may be a text", async () => {
  const snapshot = await account.emulator.control.snapshot();
  const user = (number: number) => ({
    userId: `${number}`,
    userName: `bob${number}`,
    source: "Local" as const,
  });
  const users = Array.from({ length: 201 }, (_, number) => user(number + 1));
  Object.assign(snapshot.bastionhost.instances[0]!, { users });
  await account.emulator.control.restore(snapshot);
  expect(await directory(bastionhost, onHost).search({})).toHaveLength(201);
  const pages = (await sent("ListUsers")).map(({ PageNumber, PageSize }) => [PageNumber, PageSize]);
  expect(pages).toEqual([1, 2, 3].map((page) => [`${page}`, "100"]));
  const { list } = bastionhost.read;
  const full = { Users: users.slice(0, 100) };
  expect(list.next({ ...full, TotalCount: "101" }, undefined, 100)).toBe("2");
  expect(list.next({ ...full, TotalCount: "100" }, undefined, 100)).toBeUndefined();
});

test("19, what the list of EIAM lacks: fields and units are read by a Get, and a name is not found by its prefix", async () => {
  await account.outside("Eiam", "CreateUser", {
    ...inIdaas,
    Username: "carol-other",
    PrimaryOrganizationalUnitId: units.root,
  });
  await expect(directory(eiam, inIdaas).findByName("carol")).resolves.toBeUndefined();
  for (const declared of [
    { ...carol, customFields: { nick_name: "Caz" } },
    { ...carol, organizationalUnitIds: [units.sales] },
    { ...carol, primaryOrganizationalUnitId: units.sales },
  ]) {
    const users = await made(eiam, declared);
    // So many users are declared that the list is read.
    const state = users.state!;
    const request = {
      state,
      inputs: state.inputs,
      ignored: [],
      directory: directory(eiam, inIdaas),
      declaredCount: 128,
    };
    expect(await diffLive(eiam, request)).toEqual([]);
    expect((await account.actions()).at(-1)).toBe("GetUser");
    await users.destroy();
  }
});

test("20, writes of EIAM: by POST and over HTTPS alone", async () => {
  const users = await made(eiam, carol);
  await users.up({ ...carol, displayName: "Carol", description: "hello", status: "disabled" });
  await users.destroy();
  expect(await account.writes()).toEqual([
    "UpdateUser",
    "UpdateUserDescription",
    "DisableUser",
    "DeleteUser",
  ]);
  expect(serviceOf("Eiam").endpoint("cn-hangzhou")).toBe("https://eiam.cn-hangzhou.aliyuncs.com");
});

test("21, triples of EIAM: a changed flag is sent with its whole group, half a group is refused", async () => {
  const phone = { phoneRegion: "86", phoneNumber: "13900000000", phoneNumberVerified: false };
  const email = { email: "carol@example.com", emailVerified: false };
  const users = await made(eiam, { ...carol, ...phone, ...email });
  await users.up({ ...carol, ...phone, ...email, phoneNumberVerified: true, emailVerified: true });
  expect(await sent("UpdateUser")).toEqual([
    {
      ...inIdaas,
      UserId: users.state!.id.split(":")[1],
      PhoneRegion: "86",
      PhoneNumber: "13900000000",
      PhoneNumberVerified: "true",
      Email: "carol@example.com",
      EmailVerified: "true",
    },
  ]);
  expect(reasons(eiam, { ...carol, phoneNumber: "13900000000" })).toContain('"phoneRegion" is required');
  expect(reasons(eiam, { ...carol, email: "carol@example.com" })).toContain('"emailVerified" is required');
});

test("22, the primary unit: a declared old one is entered again, and units are left after it has changed", async () => {
  const { root, sales, support } = units;
  const users = await made(eiam, { ...carol, organizationalUnitIds: [support] });
  await users.up({ ...carol, primaryOrganizationalUnitId: sales, organizationalUnitIds: [root] });
  expect(await account.writes()).toEqual([
    "SetUserPrimaryOrganizationalUnit",
    "AddUserToOrganizationalUnits",
    "RemoveUserFromOrganizationalUnits",
  ]);
  expect(await account.users("Eiam")).toMatchObject([
    { primaryOrganizationalUnitId: sales, organizationalUnitIds: [sales, root] },
  ]);
});

test("23, the primary unit of a new EIAM user: the root unit where the program names none", async () => {
  await program(eiam).up(carol);
  expect(await sent("CreateUser")).toMatchObject([{ PrimaryOrganizationalUnitId: units.root }]);
});

test("24, secrets: a password is in no URL and in no fault, not even where the API repeats it", async () => {
  const params = { ...onHost, UserId: "1", Password: bob.password };
  expect((await bodyOf("Bastionhost", { action: "ModifyUser", params })).get("Password")).toBe(bob.password);
  expect(gateway.received.at(-1)?.url).toBe("/");
  const wrong = { ALIBABA_CLOUD_ACCESS_KEY_SECRET: "guessed" };
  const { message } = await failure(programFor(bastionhost, () => account.connection(wrong)).up(bob));
  expect(message).toContain("SignatureDoesNotMatch");
  expect(message).not.toMatch(/string to sign|Password|Ab1/);
  const said = { kind: "error", status: 400, code: "InvalidParameter" } as const;
  const repeated = `The password ${bob.password} is weak.`;
  await account.emulator.control.fault({ ...said, action: "CreateUser", message: repeated });
  const weak = await failure(program(bastionhost).up(bob));
  expect(weak.message).toContain("The password [secret] is weak");
});

test("25, key calls without a user name: the keys of the caller stay, whatever is deleted by force", async () => {
  expect(() => ramDependents({ UserName: "" })).toThrow("without a name");
  expect(() => ramDependents({})).toThrow("without a name");
  const users = await made(ram, { ...alice, forceDestroy: true });
  await account.outside("Ram", "CreateAccessKey", { UserName: "alice" });
  const before = (await account.emulator.control.snapshot()).ram.callerAccessKeys;
  await users.destroy();
  expect(await account.users("Ram")).toEqual([]);
  expect((await account.emulator.control.snapshot()).ram.callerAccessKeys).toEqual(before);
  const { calls } = await account.emulator.control.calls();
  const ofKeys = calls.filter(({ action }) => action.includes("AccessKey"));
  expect(ofKeys.map(({ params }) => params.UserName)).toEqual(ofKeys.map(() => "alice"));
});

test("26, policies in the scope of a resource group: RAM does not list them, so the delete says what is in the way", async () => {
  const users = await made(ram, { ...alice, forceDestroy: true });
  const attached = { policyType: "Custom" as const, policyName: "p", attachDate: "2026-01-01T00:00:00Z" };
  await account.alter("Ram", { policies: [{ ...attached, resourceGroupId: "rg-1" }] });
  expect((await failure(users.destroy())).message).toContain("DeleteConflict.User.Policy");
  expect(users.state).toBeDefined();
  expect(await account.users("Ram")).toHaveLength(1);
});

test("27, the lag after a creation: another process that does not see a new RAM user yet does not take it for gone", async () => {
  await account.emulator.control.settings({ lagReads: { Ram: 4 } });
  let connection = account.connection();
  const users = programFor(ram, () => connection);
  await users.up(alice);
  const began = performance.now();
  // The clock of a process that has just begun, in which waiting takes no time.
  let waited = 0;
  const clock = {
    now: () => performance.now() - began + waited,
    sleep: async (ms: number) => void (waited += ms),
  };
  connection = connect(settingsFor(account.emulator.url), { clock });
  expect(await users.preview(alice)).toEqual([]);
});

test("28, the recycle bin: a name that nobody has and RAM refuses nevertheless is explained", async () => {
  const taken = { status: 409, code: "EntityAlreadyExists.User" };
  await account.emulator.control.fault({ action: "CreateUser", kind: "error", ...taken });
  expect((await failure(program(ram).up(alice))).message).toContain("recycle bin");
});

test("30, nonces: long, and a fresh one for every try", async () => {
  const nonce = async () => (await bodyOf("Ram", { action: "ListUsers", params: {} })).get("SignatureNonce");
  const nonces = [await nonce(), await nonce()];
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(nonces[0]?.length).toBeGreaterThanOrEqual(16);
  const users = await made(ram, alice);
  await account.emulator.control.fault({ action: "UpdateUser", kind: "drop" });
  await users.up({ ...alice, comments: "on call" });
  const { calls } = await account.emulator.control.calls();
  const tries = calls.filter(({ action }) => action === "UpdateUser").map(({ code }) => code);
  expect(tries).toEqual(["Dropped", undefined]);
});

test("31, the format: JSON is asked for, since some pages have XML as the default", async () => {
  expect((await bodyOf("Ram", { action: "ListUsers", params: {} })).get("Format")).toBe("JSON");
});

test("32, encoding: what encodeURIComponent leaves alone, spaces and other scripts arrive as they are", async () => {
  const displayName = "O'Brien (测试) a+b c%20 *~!&=/?#[]@$,;:\"<>";
  for (const { resource, declared } of people) await program(resource).up({ ...declared, displayName });
  for (const product of ["Ram", "Bastionhost", "Eiam"] as const)
    expect(await account.users(product)).toMatchObject([{ displayName }]);
});

test("33, empty values: they are on the wire, or nothing would be cleared", async () => {
  const full = { displayName: "Alice", mobilePhone: "86-18600000000", email: "a@example.com", comments: "x" };
  const users = await made(ram, { ...alice, ...full });
  await users.up(alice);
  const cleared = { NewDisplayName: "", NewMobilePhone: "", NewEmail: "", NewComments: "" };
  expect(await sent("UpdateUser")).toMatchObject([cleared]);
  expect(await users.preview(alice)).toEqual([]);
});

test("34, the characters of a Bastionhost user name: more than the pages say", async () => {
  const userName = "tf-testAccBastionHostUser-12345";
  await program(bastionhost).up({ ...bob, userName });
  expect(await account.users("Bastionhost")).toMatchObject([{ userName }]);
});

test("35, the two-factor method of the instance: it demands a mobile number at the preview, and a refusal hints at it", async () => {
  const snapshot = await account.emulator.control.snapshot();
  const twoFactor = { enableTwoFactor: true, skipTwoFactorTime: 0, twoFactorMethods: ["sms" as const] };
  Object.assign(snapshot.bastionhost.instances[0]!, { twoFactor });
  await account.emulator.control.restore(snapshot);
  const failures = await program(bastionhost).check(bob);
  expect(failures).toMatchObject([
    { property: "mobile", reason: expect.stringContaining('"sms"') as string },
  ]);
  expect(await program(bastionhost).check({ ...bob, mobile: "13500000000" })).toEqual([]);
  expect(await program(bastionhost).check({ ...bob, twoFactorStatus: "Disable" })).toEqual([]);
  const call = {
    action: "CreateUser",
    params: { ...onHost, UserName: "b", Source: "Local", Password: "Ab1!cdefg" },
  };
  const { message } = await failure(directory(bastionhost, onHost).call(call));
  expect(message).toContain("mobile and email may be required by the two-factor settings of the instance");
});

// Not here, since no call of ours falls into them:
// 15, frozen users in the list of IMS: RAM's own list is read.
// 29, the endpoint of the IMS SDK: IMS is not called.
// 36, packages that npm does not have: the client is our own, over pop-core.
