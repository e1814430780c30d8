import * as fc from "fast-check";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import type { Account } from "../e2e/account";
import { openAccount } from "../e2e/account";
import type { DynamicProcess } from "../support/dynamicProcess";
import { startDynamicProcess } from "../support/dynamicProcess";
import { histories, type History, live } from "./history";
import { processEngine } from "./historyEngine";
import { liveAll, prepare, type Setting, settings } from "./historySettings";

const historiesOfEach = 100;

/** An account and a process of its own, in which one history after the other is lived. */
interface Lane {
  account: Account;
  process: DynamicProcess;
}

let lanes: readonly Lane[];
beforeAll(async () => {
  linkOwnName();
  lanes = await Promise.all([openLane(), openLane()]);
});
afterAll(async () => {
  await Promise.all(lanes.map(({ process }) => process.stop()));
  await Promise.all(lanes.map(({ account }) => account.close()));
});

async function openLane(): Promise<Lane> {
  const account = await openAccount();
  const unhurried = { ALICLOUD_USERS_CALLS_PER_SECOND: "1000000" };
  return { account, process: await startDynamicProcess({ ...account.env, ...unhurried }) };
}

interface Life {
  setting: Setting;
  /** What the program says of its users: of one it is read by a Get, of many in the list. */
  among: number;
  history: History;
}

const lifeIn =
  ({ account, process }: Lane) =>
  async ({ setting, among, history }: Life): Promise<void> => {
    await prepare(account, setting);
    await live(setting.kind, account, processEngine(setting.kind.type, process, among), history);
    expect(process.console()).toBe("");
  };

const livesIn = (setting: Setting): fc.Arbitrary<Life> =>
  fc.record({
    setting: fc.constant(setting),
    among: fc.constantFrom(1, 8),
    history: histories(setting.kind, { minLength: 1, maxLength: 3 }),
  });

test.each(Object.entries(settings))(
  "a hundred histories of a %s: after every up it is as declared, all else untouched, and the next preview empty",
  (_type, all) => liveAll(fc.oneof(...all.map(livesIn)), historiesOfEach, lanes.map(lifeIn)),
  300_000,
);
