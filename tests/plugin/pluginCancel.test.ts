import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, openAccount } from "../support/account";
import { type PluginProcess, startPlugin, urnOf } from "../support/pluginProcess";
import { refusalOf } from "../support/providerProcess";
import { bareId, sampleUsers } from "../support/sampleUsers";

let account: Account;
let plugin: PluginProcess;

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
});
afterAll(() => account.close());
beforeEach(async () => {
  await account.emulator.control.forgetCalls();
  plugin = await startPlugin(account.env);
});
afterEach(async () => {
  await plugin.stop();
  await account.empty();
});

/** Waits until the account has received this action. */
async function received(action: string): Promise<void> {
  for (;;) if ((await account.emulator.control.calls()).calls.some((call) => call.action === action)) return;
}

describe.each(sampleUsers)("a run with a $kind that is cancelled", ({ kind, one, users }) => {
  const product = kind.replace("User", "");
  const sentence = new RegExp(
    `^CreateUser was not sent to ${product}: the run was cancelled\\. Nothing is lost; run pulumi up again\\.$`,
    "i",
  );

  it("ends calls that wait for the API's rate at once, and sends no further call", async () => {
    await account.emulator.control.fault({ kind: "throttle", times: 1000, retryAfterMs: 60_000 });
    const waiting = refusalOf(plugin.create(urnOf(kind), one));
    await received("CreateUser");
    await plugin.cancel();
    expect((await waiting).message).toMatch(sentence);
    expect((await waiting).halfDone).toBeUndefined();
    const { total } = await account.emulator.control.calls();
    expect((await refusalOf(plugin.create(urnOf(kind), one))).message).toMatch(sentence);
    await plugin.stop();
    expect(await account.emulator.control.calls()).toMatchObject({ total });
    expect(await users(account)).toEqual([]);
  });

  it("waits for the answer of a call that is under way, and records its user", async () => {
    await account.emulator.control.fault({ action: "CreateUser", kind: "delay", delayMs: 1000 });
    const creating = plugin.create(urnOf(kind), one);
    await received("CreateUser");
    await plugin.cancel();
    const { id, outputs } = await creating;
    expect(outputs).toMatchObject({ displayName: "Ann", userId: bareId(id) });
    expect(await users(account)).toEqual([expect.objectContaining({ userId: bareId(id) })]);
  });
});

describe("a user that needs another call when its run is cancelled", () => {
  it.each([
    { sample: sampleUsers[1]!, last: { locked: true }, action: "LockUsers" },
    { sample: sampleUsers[2]!, last: { status: "disabled" }, action: "DisableUser" },
  ])("is recorded as half done, and $action is not sent", async ({ sample, last, action }) => {
    await account.emulator.control.fault({ action: "CreateUser", kind: "delay", delayMs: 1000 });
    const creating = refusalOf(plugin.create(urnOf(sample.kind, "another"), { ...sample.one, ...last }));
    await received("CreateUser");
    await plugin.cancel();
    const { message, halfDone } = await creating;
    expect(message).toMatch(new RegExp(`${action} was not sent to \\w+: the run was cancelled\\.`));
    const [{ userId }] = (await sample.users(account)) as [{ userId: string }];
    expect(bareId(halfDone!.id)).toBe(userId);
  });
});
