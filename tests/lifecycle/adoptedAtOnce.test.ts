import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, openAccount } from "../support/account";
import { dynamicInputs } from "../support/dynamicInputs";
import { startDynamicProcess } from "../support/dynamicProcess";
import { startPlugin, urnOf } from "../support/pluginProcess";
import { type MadeUpEngine, type Properties, startEngine } from "../support/providerProcess";

/** A provider's process that creates, whichever frontend it is. */
interface Provider {
  create(name: string, declared: Properties): Promise<{ id: string }>;
  stop(): Promise<void>;
}

let account: Account;
let engine: MadeUpEngine;
let folder: string;
let started: Provider[];

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
});
afterAll(() => account.close());
beforeEach(async () => {
  [engine, folder, started] = [await startEngine(), await mkdtemp(path.join(tmpdir(), "adopted-")), []];
  await account.admin.ram("CreateUser", { UserName: "ann" });
});
afterEach(async () => {
  await Promise.all(started.map(({ stop }) => stop()));
  engine.stop();
  await rm(folder, { recursive: true });
  await account.empty();
});

const starts = {
  async dynamic(): Promise<Provider> {
    const { create, stop } = await startDynamicProcess(variables(), {}, { engine });
    return { create: (name, declared) => create(dynamicInputs("RamUser", declared, name)), stop };
  },
  async plugin(): Promise<Provider> {
    const { create, stop } = await startPlugin(variables(), {}, engine);
    return { create: (name, declared) => create(urnOf("RamUser", name), declared), stop };
  },
};

const variables = () => ({
  ...account.env,
  ALICLOUD_USERS_JOURNAL: path.join(folder, "journal"),
  TMPDIR: folder,
});

it.each<(keyof typeof starts)[]>([["dynamic"], ["plugin"], ["dynamic", "plugin"]])(
  "a user that two resources of a program adopt at once gets one of them at most: %s %s",
  async (...names) => {
    for (const name of names.filter(Boolean)) started.push(await starts[name]());
    const [one, other = one] = started as [Provider, Provider?];
    const declared = { userName: "ann", adopt: true };
    const outcomes = await Promise.allSettled([one.create("a", declared), other.create("b", declared)]);
    const refused = outcomes.flatMap((each) => (each.status === "rejected" ? [String(each.reason)] : []));
    expect(refused.length).toBeGreaterThanOrEqual(1);
    for (const reason of refused) expect(reason).toContain("Take one of the two out of the program.");
    expect(await account.ramUsers()).toHaveLength(1);
  },
);
