import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, openAccount } from "../support/account";
import { startDynamicProcess } from "../support/dynamicProcess";
import { dynamicInputs } from "../support/dynamicInputs";
import { startPlugin, urnOf } from "../support/pluginProcess";
import { type Properties, refusalOf } from "../support/providerProcess";
import { type SampleUser, sampleUsers } from "../support/sampleUsers";

/** A provider's process that makes one user. */
interface Maker {
  create(): Promise<{ id: string }>;
  /** Ends it as `kill -9` does. */
  kill(): void;
  stop(): Promise<void>;
}

let account: Account;
const running: Maker[] = [];

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
});
afterAll(() => account.close());
afterEach(async () => {
  await Promise.all(running.splice(0).map((maker) => maker.stop()));
  await account.emulator.control.reset();
});

const frontends: Record<string, (sample: SampleUser, declared: Properties) => Promise<Maker>> = {
  "dynamic resources": async ({ kind }, declared) => {
    const provider = await startDynamicProcess(account.env);
    const create = () => provider.create(dynamicInputs(kind, declared));
    return { create, kill: () => void provider.child.kill("SIGKILL"), stop: provider.stop };
  },
  plugin: async ({ kind }, declared) => {
    const provider = await startPlugin(account.env);
    const create = () => provider.create(urnOf(kind), declared);
    return { create, kill: () => void provider.child.kill("SIGKILL"), stop: provider.stop };
  },
};

/** Lets the account make the user and kills the process that waits for the answer. */
async function killWhileCreating(maker: Maker): Promise<void> {
  const { control } = account.emulator;
  await control.fault({ action: "CreateUser", kind: "delay", delayMs: 600_000 });
  const lost = refusalOf(maker.create());
  while (!(await control.calls()).calls.some(({ action }) => action === "CreateUser"))
    await new Promise(setImmediate);
  maker.kill();
  await lost;
}

describe.each(Object.keys(frontends))(
  "a process of the %s that is killed before the answer of a create",
  (frontend) => {
    const start = async (sample: SampleUser, declared: Properties): Promise<Maker> => {
      const maker = await frontends[frontend]!(sample, declared);
      running.push(maker);
      return maker;
    };
    const [ram, bastion, eiam] = sampleUsers as [SampleUser, SampleUser, SampleUser];

    it("recreates an EIAM user that was deleted before the next run", async () => {
      await killWhileCreating(await start(eiam, eiam.one));
      const { userId } = (await account.eiamUsers())[0]!;
      await account.admin.eiam("DeleteUser", { UserId: userId });
      const { id } = await (await start(eiam, eiam.one)).create();
      const users = await account.eiamUsers();
      expect(users).toMatchObject([{ username: "ann" }]);
      expect(id).toContain(users[0]!.userId);
      expect(id).not.toContain(userId);
    });

    it.each([ram, bastion, eiam])(
      "leaves a $kind that the next run names; it creates no second one",
      async (sample) => {
        await killWhileCreating(await start(sample, sample.one));
        const made = await sample.users(account);
        expect(made).toHaveLength(1);
        const { message } = await refusalOf((await start(sample, sample.one)).create());
        expect(message).toContain(made[0]!.userId);
        expect(message).toContain("which looks like the same user under another resource name.");
        expect(message).toContain("set adopt: true");
        const { id } = await (await start(sample, { ...sample.one, adopt: true })).create();
        expect(id).toContain(made[0]!.userId);
        expect(await sample.users(account)).toHaveLength(1);
      },
    );
  },
);
