import * as fc from "fast-check";
import type { Settings } from "../../emulator";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import type { Account } from "../e2e/account";
import { openAccount } from "../e2e/account";
import type { DynamicProcess } from "./dynamicProcess";
import { startDynamicProcess } from "./dynamicProcess";
import { histories, type History, live } from "./history";
import { bastionhostKind } from "./historyBastionhost";
import { eiamKind } from "./historyEiam";
import { processEngine } from "./historyEngine";
import type { Kind } from "./historyKind";
import { ramKind } from "./historyRam";

/** The `HISTORIES_SEED` that a failure names lives the same histories again. */
const seed = Number(process.env.HISTORIES_SEED ?? Date.now() % 1_000_000_000);
const historiesOfEach = 100;
const longest = { rounds: 3 };

/** Circumstances of a history. */
interface Setting {
  kind: Kind;
  site?: Settings["site"];
  /** The two-factor method that holds on the bastion host for those who have none of their own. */
  method?: "sms";
}

const settings: Readonly<Record<string, readonly Setting[]>> = {
  RamUser: [
    { kind: ramKind("china"), site: "china" },
    { kind: ramKind("international"), site: "international" },
  ],
  BastionhostUser: [{ kind: bastionhostKind() }, { kind: bastionhostKind("sms"), method: "sms" }],
  EiamUser: [{ kind: eiamKind }],
};

interface Lived {
  setting: Setting;
  /** How many users the program says it declares: one is read by a Get, of many the list is read. */
  among: number;
  history: History;
}

function livesIn(all: readonly Setting[]): fc.Arbitrary<Lived> {
  const among = fc.constantFrom(1, 8);
  return fc.oneof(
    ...all.map((setting) =>
      fc.record({ setting: fc.constant(setting), among, history: histories(setting.kind, longest.rounds) }),
    ),
  );
}

/** An account of its own and a process of its own, so that two histories are lived at a time. */
interface Lane {
  account: Account;
  process: DynamicProcess;
}

async function openLane(): Promise<Lane> {
  const account = await openAccount();
  const unhurried = { ALICLOUD_USERS_CALLS_PER_SECOND: "1000000" };
  return { account, process: await startDynamicProcess({ ...account.env, ...unhurried }) };
}

async function prepare({ account }: Lane, { site = "china", method }: Setting): Promise<void> {
  const { control } = account.emulator;
  await control.settings({ site });
  const snapshot = await control.snapshot();
  const twoFactorMethods = method === undefined ? [] : [method];
  const twoFactor = { enableTwoFactor: method !== undefined, skipTwoFactorTime: 0, twoFactorMethods };
  for (const instance of snapshot.bastionhost.instances) Object.assign(instance, { twoFactor });
  await control.restore(snapshot);
  await account.empty();
}

async function liveAll(lane: Lane, type: string, number: number): Promise<void> {
  const life = fc.asyncProperty(livesIn(settings[type] ?? []), async ({ setting, among, history }) => {
    await prepare(lane, setting);
    await live(setting.kind, lane.account, processEngine(type, lane.process, among), history);
    expect(lane.process.console()).toBe("");
  });
  const numRuns = historiesOfEach / lanes.length;
  const report = await fc.check(life, { seed: seed + number, numRuns });
  if (!report.failed) return;
  const reason = report.errorInstance instanceof Error ? report.errorInstance.message : "";
  throw new Error(
    `HISTORIES_SEED=${seed} lives this again:\n${JSON.stringify(report.counterexample)}\n${reason}`,
  );
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

test.each(Object.keys(settings))(
  "a hundred histories of a %s end with every up as declared, all else untouched and the next preview empty",
  async (type) => {
    const lived = await Promise.allSettled(lanes.map((lane, number) => liveAll(lane, type, number)));
    const broken = lived.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
    expect(broken.map(({ message }) => message).join("\n\n")).toBe("");
  },
  300_000,
);
