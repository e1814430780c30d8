import { type Account, openAccount } from "../support/account";
import { type PluginProcess, startPlugin, urnOf } from "../support/pluginProcess";
import { sampleUsers } from "../support/sampleUsers";

let account: Account;
let stacks: [PluginProcess, PluginProcess];

beforeAll(async () => {
  account = await openAccount();
});
afterAll(() => account.close());
beforeEach(async () => {
  stacks = [await startPlugin(account.env), await startPlugin(account.env)];
});
afterEach(async () => {
  await Promise.all(stacks.map((stack) => stack.stop()));
  await account.emulator.control.reset();
});

describe.each(sampleUsers)("two stacks that create the same $kind with adopt at the same time", (sample) => {
  const { kind, one, users } = sample;

  it("create one user, which both record; the later values win", async () => {
    const { control } = account.emulator;
    const [first, second] = stacks;
    // The second stack hears that there is no such user when the first has made it.
    const look = kind === "RamUser" ? "GetUser" : "ListUsers";
    await control.fault({ action: look, kind: "delay", delayMs: 2000 });
    const late = second.create(urnOf(kind, "second"), { ...one, displayName: "Second", adopt: true });
    while (!(await control.calls()).calls.some(({ action }) => action === look))
      await new Promise(setImmediate);
    const early = await first.create(urnOf(kind, "first"), { ...one, adopt: true });
    expect((await late).id).toBe(early.id);
    expect(await users(account)).toMatchObject([{ displayName: "Second" }]);
  });
});
