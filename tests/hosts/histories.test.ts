import * as fc from "fast-check";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import type { Account } from "../e2e/account";
import { openAccount } from "../e2e/account";
import type { DynamicProcess } from "./dynamicProcess";
import { startDynamicProcess } from "./dynamicProcess";
import { histories, live } from "./history";
import { processEngine } from "./historyEngine";
import type { Setting } from "./historySettings";
import { prepare, seed, settings } from "./historySettings";

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

async function liveAll({ account, process }: Lane, number: number, all: readonly Setting[]): Promise<void> {
  const lived = all.map((setting) =>
    fc.record({
      setting: fc.constant(setting),
      // What the program says of its users: of one it is read by a Get, of many in the list.
      among: fc.constantFrom(1, 8),
      history: histories(setting.kind, { minLength: 1, maxLength: 3 }),
    }),
  );
  const isKept = fc.asyncProperty(fc.oneof(...lived), async ({ setting, among, history }) => {
    await prepare(account, setting);
    await live(setting.kind, account, processEngine(setting.kind.type, process, among), history);
    expect(process.console()).toBe("");
  });
  const numRuns = historiesOfEach / lanes.length;
  const { failed, counterexample, errorInstance } = await fc.check(isKept, { seed: seed + number, numRuns });
  if (!failed) return;
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  throw new Error(`HISTORIES_SEED=${seed} lives this again:\n${JSON.stringify(counterexample)}\n${reason}`);
}

test.each(Object.entries(settings))(
  "a hundred histories of a %s: after every up it is as declared, all else untouched, and the next preview empty",
  async (_type, all) => {
    const lived = await Promise.allSettled(lanes.map((lane, number) => liveAll(lane, number, all)));
    const broken = lived.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
    expect(broken.map(({ message }) => message).join("\n\n")).toBe("");
  },
  300_000,
);
