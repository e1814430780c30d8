import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, openAccount } from "../support/account";
import { dynamicInputs } from "../support/dynamicInputs";
import { startDynamicProcess } from "../support/dynamicProcess";
import { startPlugin, urnOf } from "../support/pluginProcess";
import type { LogLine, Properties } from "../support/providerProcess";

let account: Account;
beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
});
afterAll(() => account.close());
afterEach(async () => {
  await account.empty();
  await account.emulator.control.forgetCalls();
});

/** A process that creates users of a stack, of which the state has one, or none. */
interface Process {
  create(name: string): Promise<unknown>;
  see(name: string): Promise<unknown>;
  log(): LogLine[];
  stop(): Promise<void>;
}

const provider = "urn:pulumi:test::test::pulumi:providers:alicloud-users::";
const valuesOf = (name: string): Properties => ({ userName: name });

const frontends = {
  async "dynamic resources"(env: Record<string, string> = {}): Promise<Process> {
    const started = await startDynamicProcess({ ...account.env, ...env });
    const inputs = (name: string): Properties => dynamicInputs("RamUser", valuesOf(name), name);
    return {
      create: (name) => started.create(inputs(name)),
      see: (name) => started.check(inputs(name), inputs(name)),
      log: started.log,
      stop: started.stop,
    };
  },
  "the plugin": async (env: Record<string, string> = {}): Promise<Process> => plugin("default_0_1_0", env),
};

async function plugin(name: string, env: Record<string, string> = {}): Promise<Process> {
  const started = await startPlugin({ ...account.env, PULUMI_CONFIG: "{}", ...env });
  await started.configure({}, `${provider}${name}`);
  return {
    create: (user) => started.create(urnOf("RamUser", user), valuesOf(user)),
    see: (user) =>
      started.read({
        urn: urnOf("RamUser", user),
        id: "200000000000000009",
        inputs: valuesOf(user),
        outputs: { ...valuesOf(user), userId: "200000000000000009" },
      }),
    log: started.log,
    stop: started.stop,
  };
}

/** The lines of a process that does this work, and how often it has asked STS. */
async function run(starting: Promise<Process>, work: (process: Process) => Promise<unknown>) {
  const process = await starting;
  try {
    await work(process);
    const { calls } = await account.emulator.control.calls();
    return {
      lines: process.log().map(({ severity, message }) => `${severity}: ${message}`),
      asked: calls.filter(({ action }) => action === "GetCallerIdentity").length,
    };
  } finally {
    await process.stop();
  }
}

describe.each(Object.entries(frontends))("through %s, the first up of a stack", (_name, start) => {
  const createTwo = async ({ create }: Process): Promise<unknown> =>
    Promise.all([create("ann"), create("bob")]);

  test("says once in which account its users are, and how to hold later runs to it", async () => {
    expect(await run(start(), createTwo)).toEqual({
      lines: [
        "info: The users of this stack are in the account 1000000000000001. Set it, and a run with the credentials of another " +
          "account is refused: pulumi config set alicloud-users:accountId 1000000000000001",
      ],
      asked: 1,
    });
  });

  test("says nothing where the account is set, or does not tell its number", async () => {
    const set = { ALICLOUD_USERS_ACCOUNT_ID: "1000000000000001" };
    expect(await run(start(set), createTwo)).toEqual({ lines: [], asked: 1 });
    await account.empty();
    await account.emulator.control.fault({ action: "GetCallerIdentity", kind: "denied", times: 9 });
    expect((await run(start(), createTwo)).lines).toEqual([]);
  });

  test("was before, where the state has a user", async () => {
    const seen = run(start(), async (process) => {
      await process.see("eve");
      await process.create("ann");
    });
    expect((await seen).asked).toBe(0);
  });
});

test("a provider that the program makes gives no advice about the stack's account", async () => {
  expect(await run(plugin("other"), ({ create }) => create("ann"))).toEqual({ lines: [], asked: 0 });
});
