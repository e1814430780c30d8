import { createHash } from "node:crypto";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, openAccount } from "../support/account";
import { packHidden, unpackHidden } from "../../provider/core/state";
import { type DynamicProcess, startDynamicProcess } from "../support/dynamicProcess";
import { bastion, eiam, ram } from "../support/dynamicInputs";
import { type Properties, refusalOf } from "../support/providerProcess";

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

let account: Account;
let provider: DynamicProcess;
/** The process of a later run, which may delete what the other one has made. */
let later: DynamicProcess;

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
  [provider, later] = await Promise.all([startDynamicProcess(account.env), startDynamicProcess(account.env)]);
});
afterAll(async () => {
  await Promise.all([provider.stop(), later.stop()]);
  await account.close();
});
afterEach(() => account.empty());

const deny = (product: "Ram" | "Bastionhost" | "Eiam", action: string) =>
  account.emulator.control.fault({ product, action, kind: "error", status: 403, code: "NoPermission" });
const drop = (action: string) => account.emulator.control.fault({ action, kind: "drop" });

async function linesOf(id: string, olds: Properties, news: Properties) {
  provider.log();
  await provider.check(olds, news);
  await provider.diff(id, olds, news);
  return provider.log().map(({ message }) => message);
}

const halfMade = [
  {
    kind: "Bastionhost",
    news: bastion({ userName: "ann", displayName: "Ann", locked: true }),
    refused: "LockUsers",
    known: { userName: "ann", displayName: "Ann", password: "Aa1!aaaa" },
    pending: "change: locked: false => true",
    users: () => account.bastionhostUsers(),
    done: { displayName: "Ann", userState: ["Frozen"] },
  },
  {
    kind: "Eiam",
    news: eiam({ username: "ann", displayName: "Ann", status: "disabled" }),
    refused: "DisableUser",
    known: { username: "ann", displayName: "Ann" },
    pending: 'change: status: "enabled" => "disabled"',
    users: () => account.eiamUsers(),
    done: { displayName: "Ann", status: "disabled" },
  },
] as const;

describe.each(halfMade)("a $kind user whose create fails after $refused was refused", (half) => {
  async function halfDone() {
    await deny(half.kind, half.refused);
    const refusal = await refusalOf(provider.create(half.news));
    return { ...refusal, ...refusal.halfDone! };
  }

  it("is recorded with its id, its values so far, and what Pulumi needs to find its provider", async () => {
    const { message, id, properties, reasons } = await halfDone();
    expect(message).toContain(`refused ${half.refused} (NoPermission`);
    expect(reasons).toEqual([message]);
    const [user] = await half.users();
    expect(id.endsWith(`:${user!.userId}`)).toBe(true);
    const passed = packHidden(unpackHidden(half.news as Properties));
    expect(properties).toEqual({ ...pickScope(half.news), ...half.known, ...passed });
  });

  it("shows what is missing, and the next update sends it", async () => {
    const { id, properties } = await halfDone();
    expect(await linesOf(id, properties, half.news)).toEqual([half.pending]);
    const { outputs } = await provider.update(id, properties, half.news);
    expect(await half.users()).toEqual([expect.objectContaining(half.done)]);
    expect(await linesOf(id, outputs, half.news)).toEqual([]);
  });

  it("can be read and deleted", async () => {
    const { id, properties } = await halfDone();
    expect(await provider.read(id, properties)).toMatchObject({ id, inputs: half.known });
    await later.remove(id, properties);
    expect(await half.users()).toEqual([]);
  });
});

function pickScope({ instanceId, source }: Properties): Properties {
  return { instanceId, ...(source === undefined ? {} : { source }) };
}

describe("an update that fails", () => {
  const news = bastion({ userName: "ann", displayName: "Ann", locked: false });
  const later = { ...news, displayName: "Ann B.", locked: true };

  it("changes nothing in the state when its first call fails", async () => {
    const { id, outputs } = await provider.create(news);
    await deny("Bastionhost", "ModifyUser");
    const { message, halfDone } = await refusalOf(provider.update(id, outputs, later));
    expect(message).toContain("refused ModifyUser (NoPermission");
    expect(halfDone).toBeUndefined();
    const both = ['change: displayName: "Ann" => "Ann B."', "change: locked: false => true"];
    expect(await linesOf(id, outputs, later)).toEqual(both);
  });

  it("is recorded as far as it got, and the next one does the rest", async () => {
    const { id, outputs } = await provider.create(news);
    await deny("Bastionhost", "LockUsers");
    const { halfDone } = await refusalOf(provider.update(id, outputs, later));
    expect(halfDone).toMatchObject({ id, properties: { ...news, displayName: "Ann B.", locked: false } });
    await account.emulator.control.forgetCalls();
    await provider.update(id, halfDone!.properties, later);
    expect((await account.writes()).map(([action]) => action)).toEqual(["LockUsers"]);
    expect(await account.bastionhostUsers()).toMatchObject([
      { displayName: "Ann B.", userState: ["Frozen"] },
    ]);
  });

  it.each([
    { of: "Bastionhost", action: "ModifyUser", before: bastion({ userName: "ann" }), product: "Bastionhost" },
    {
      of: "EIAM",
      action: "UpdateUserPassword",
      before: eiam({ username: "ann", password: "Aa1!aaaaaa" }),
      product: "Eiam",
    },
  ] as const)("leaves a new password of $of pending, and the next one writes it", async (given) => {
    const { id, outputs } = await provider.create(given.before);
    const after = { ...given.before, password: "Bb2!bbbbbb" };
    await deny(given.product, given.action);
    const { message } = await refusalOf(provider.update(id, outputs, after));
    expect(message).not.toContain("Bb2!bbbbbb");
    expect(await linesOf(id, outputs, after)).toEqual(["change: password: [secret] => [secret]"]);
    await provider.update(id, outputs, after);
    const [user] = [...(await account.bastionhostUsers()), ...(await account.eiamUsers())];
    expect(user!.passwordDigest).toBe(digest("Bb2!bbbbbb"));
  });
});

describe("a call whose answer is lost", () => {
  it("creates one RAM user", async () => {
    await drop("CreateUser");
    const { id } = await provider.create(ram({ userName: "ann", displayName: "Ann" }));
    expect(await account.ramUsers()).toEqual([expect.objectContaining({ userId: id, displayName: "Ann" })]);
  });

  it("renames a RAM user once", async () => {
    const news = ram({ userName: "ann", displayName: "Ann" });
    const { id, outputs } = await provider.create(news);
    await drop("UpdateUser");
    await provider.update(id, outputs, { ...news, userName: "ann.b", displayName: "Ann B." });
    const renamed = { userId: id, userName: "ann.b", displayName: "Ann B." };
    expect(await account.ramUsers()).toEqual([expect.objectContaining(renamed)]);
  });

  it.each([
    { of: "RAM", news: ram({ userName: "ann" }), users: () => account.ramUsers() },
    { of: "Bastionhost", news: bastion({ userName: "ann" }), users: () => account.bastionhostUsers() },
    { of: "EIAM", news: eiam({ username: "ann" }), users: () => account.eiamUsers() },
  ])("deletes a user of $of", async ({ news, users }) => {
    const { id, outputs } = await provider.create(news);
    await drop("DeleteUser");
    await later.remove(id, outputs);
    expect(await users()).toEqual([]);
  });

  it("does not take a user of that name that another client created meanwhile for its own", async () => {
    await account.admin.ram("CreateUser", { UserName: "ann", DisplayName: "Somebody else" });
    await drop("CreateUser");
    const { message } = await refusalOf(provider.create(ram({ userName: "ann", displayName: "Ann" })));
    expect(message).toContain("already has a user named");
    expect(await account.ramUsers()).toEqual([expect.objectContaining({ displayName: "Somebody else" })]);
  });
});

describe("a RAM user with dependents", () => {
  it("is kept, and the error names the dependents", async () => {
    const { id, outputs } = await provider.create(ram({ userName: "ann" }));
    await account.admin.ram("CreateAccessKey", { UserName: "ann" });
    const { message } = await refusalOf(later.remove(id, outputs));
    expect(message).toMatch(/DeleteConflict\.User\.AccessKey.*set forceDestroy: true/);
    expect(await account.ramUsers()).toMatchObject([{ accessKeys: [expect.anything()] }]);
  });

  it("is deleted with its dependents by forceDestroy", async () => {
    const { id, outputs } = await provider.create(ram({ userName: "ann", forceDestroy: true }));
    await account.admin.ram("CreateAccessKey", { UserName: "ann" });
    await account.admin.ram("CreateLoginProfile", { UserName: "ann", Password: "Aa1!aaaaaaaa" });
    await account.admin.ram("CreateGroup", { GroupName: "ops" });
    await account.admin.ram("AddUserToGroup", { UserName: "ann", GroupName: "ops" });
    const policy = { PolicyType: "System", PolicyName: "ReadOnlyAccess" };
    await account.admin.ram("AttachPolicyToUser", { UserName: "ann", ...policy });
    await later.remove(id, outputs);
    expect(await account.ramUsers()).toEqual([]);
  });

  it("cannot be locked, and check says what to do instead", async () => {
    const { failures } = await provider.check({}, ram({ userName: "ann", onDelete: "lock" }));
    expect(failures).toHaveLength(1);
    expect(failures[0]!.reason).toMatch(/^"onDelete" must be "delete" or "retain"\. The RAM API cannot lock/);
  });
});
