import type { FaultSpec } from "../../emulator";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, openAccount } from "../support/account";
import { type DynamicProcess, startDynamicProcess } from "../support/dynamicProcess";
import { dynamicInputs } from "../support/dynamicInputs";
import { type PluginProcess, startPlugin, urnOf } from "../support/pluginProcess";
import { type Properties, type Refusal, refusalOf } from "../support/providerProcess";
import { bareId, sampleUsers } from "../support/sampleUsers";

let account: Account;
let earlierDynamic: DynamicProcess;
let earlierPlugin: PluginProcess;
let dynamic: DynamicProcess;
let plugin: PluginProcess;

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
  [earlierDynamic, dynamic] = await Promise.all([
    startDynamicProcess(account.env),
    startDynamicProcess(account.env),
  ]);
  [earlierPlugin, plugin] = await Promise.all([startPlugin(account.env), startPlugin(account.env)]);
});
afterEach(() => account.empty());
afterAll(async () => {
  await Promise.all([earlierDynamic, dynamic, earlierPlugin, plugin].map((process) => process.stop()));
  await account.close();
});

/** A user as the engine has it in its state. */
interface Recorded {
  id: string;
  outputs: Properties;
}

/** What the engine asks of a user, in one form for both frontends. */
interface Frontend {
  create(kind: string, one: Properties): Promise<Recorded>;
  /** Creates it in an earlier run: the run that creates a user leaves it when it is asked to delete it. */
  createEarlier(kind: string, one: Properties): Promise<Recorded>;
  /** Whether the user is to be replaced. */
  isReplaced(kind: string, user: Recorded, one: Properties): Promise<boolean>;
  /** The id that a refresh finds; empty where the user is gone. */
  read(kind: string, user: Recorded): Promise<string>;
  remove(kind: string, user: Recorded): Promise<void>;
}

const frontends: Record<string, Frontend> = {
  "dynamic resources": {
    create: (kind, one) => dynamic.create(dynamicInputs(kind, one)),
    createEarlier: (kind, one) => earlierDynamic.create(dynamicInputs(kind, one)),
    isReplaced: async (kind, { id, outputs }, one) =>
      (await dynamic.diff(id, outputs, dynamicInputs(kind, one))).replaces.length > 0,
    read: async (_kind, { id, outputs }) => (await dynamic.read(id, outputs)).id,
    remove: (_kind, { id, outputs }) => dynamic.remove(id, outputs),
  },
  "the plugin": {
    create: (kind, one) => plugin.create(urnOf(kind), one),
    createEarlier: (kind, one) => earlierPlugin.create(urnOf(kind), one),
    isReplaced: async (kind, user, one) => {
      const known = { ...user, urn: urnOf(kind), inputs: one };
      return (await plugin.diff(known, one)).replaces.length > 0;
    },
    read: async (kind, user) => (await plugin.read({ ...user, urn: urnOf(kind) })).id,
    remove: (kind, user) => plugin.remove({ ...user, urn: urnOf(kind), inputs: {} }),
  },
};

const notFound: Record<string, string> = {
  RamUser: "EntityNotExist.User",
  BastionhostUser: "UserNotFound",
  EiamUser: "ResourceNotFound.User",
};

const cases = Object.keys(frontends).flatMap((name) =>
  sampleUsers.map((sample) => ({ name, frontend: frontends[name]!, ...sample })),
);

const fault = (spec: FaultSpec) => account.emulator.control.fault(spec);

/** A body with status 200 in place of the answer. */
const instead = (action: string, body: unknown, more: Partial<FaultSpec> = {}) =>
  fault({ action, kind: "body", body: JSON.stringify(body), ...more });

const messageOf = async (work: Promise<unknown>): Promise<string> =>
  (await refusalOf(work).then(({ message }: Refusal) => message)) ?? "";

let number = 0;

describe.each(cases)("a $kind of $name", ({ frontend, kind, unique, users, ...sample }) => {
  let one: Properties;
  // Nobody is made twice, so that nothing which a process has kept of one test counts in another.
  beforeEach(() => void (one = { ...sample.one, [unique]: `ann${++number}` }));

  it("is neither replaced nor dropped from the state after one answer that says it does not exist", async () => {
    const user = await frontend.create(kind, one);
    const gone = { action: "GetUser", kind: "error", status: 404, code: notFound[kind]! } as const;
    await fault(gone);
    expect(await frontend.isReplaced(kind, user, one)).toBe(false);
    await fault(gone);
    expect(await frontend.read(kind, user)).toBe(user.id);
    expect(await users(account)).toHaveLength(1);
  });

  it("is neither replaced nor dropped from the state after answers without the user", async () => {
    const user = await frontend.create(kind, one);
    for (const User of [{}, { UserId: "1", UserName: "other" }]) {
      const body = { RequestId: "r", User };
      await instead("GetUser", body);
      expect(await frontend.isReplaced(kind, user, one)).toBe(false);
      await instead("GetUser", body);
      expect(await frontend.read(kind, user)).toBe(user.id);
    }
    await instead("GetUser", { RequestId: "r", User: {} }, { times: 4 });
    const message = await messageOf(frontend.read(kind, user));
    expect(message).toContain("answered GetUser with something that is not an answer of the API");
  });

  it("is not deleted when its replacement was planned because it was missing, and it exists", async () => {
    const user = await frontend.createEarlier(kind, one);
    const { ram, bastionhost, eiam } = await account.emulator.control.snapshot();
    await account.empty();
    expect(await frontend.isReplaced(kind, user, one)).toBe(true);
    await account.emulator.control.restore({ ram, bastionhost, eiam });
    expect(await messageOf(frontend.remove(kind, user))).toContain(
      `${kind} ${user.id} was missing in the account when it was compared, and is there now. ` +
        "Nothing was deleted. Run pulumi up again.",
    );
    expect(await users(account)).toHaveLength(1);
  });

  it("does not count as deleted after an answer that is not the API's", async () => {
    const user = await frontend.createEarlier(kind, one);
    await instead("DeleteUser", { error: "login required" }, { times: 4 });
    expect(await messageOf(frontend.remove(kind, user))).toContain(
      "answered DeleteUser with something that is not an answer of the API",
    );
    expect(await users(account)).toHaveLength(1);
    await fault({ action: "DeleteUser", kind: "error", status: 404, code: notFound[kind]! });
    expect(await messageOf(frontend.remove(kind, user))).toContain(
      `DeleteUser did not find the ${kind} ${user.id}, which is still there.`,
    );
    await instead("DeleteUser", {});
    await frontend.remove(kind, user);
    expect(await users(account)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["{}", {}],
    ["no id", { RequestId: "r" }],
    ["a user without an id", { RequestId: "r", User: { UserName: "ann" } }],
  ])(
    "is created once, and recorded under its own id, when the answer of the create holds %s",
    async (_what, body) => {
      await instead("CreateUser", body, { done: true });
      const { id } = await frontend.createEarlier(kind, one);
      expect((await users(account)).map(({ userId }) => userId)).toEqual([bareId(id)]);
    },
  );
});
