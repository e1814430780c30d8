import * as fc from "fast-check";
import type { Settings } from "../../emulator";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import type { Account } from "../e2e/account";
import { openAccount } from "../e2e/account";
import { startDynamicProcess } from "./dynamicProcess";
import { histories, live } from "./history";
import { bastionhostKind } from "./historyBastionhost";
import { eiamKind } from "./historyEiam";
import { processEngine } from "./historyEngine";
import type { Kind } from "./historyKind";
import { ramKind } from "./historyRam";

/** The same histories are lived again with the `HISTORIES_SEED` that a failure names. */
const seed = Number(process.env.HISTORIES_SEED ?? Date.now() % 1_000_000_000);
const runs = 25;
const maxRounds = 3;

/** An account of its own, in which histories are lived one after another, at the same time as those of other lanes. */
interface Lane {
  kind: Kind;
  /** How many users the programs say they declare: of many, the list is read. */
  among: number;
  settings?: Partial<Settings>;
  prepare?: (account: Account) => Promise<void>;
}

const lanes: Readonly<Record<string, readonly Lane[]>> = {
  RamUser: [
    { kind: ramKind("china"), among: 1 },
    { kind: ramKind("china"), among: 8 },
    { kind: ramKind("international"), among: 8, settings: { site: "international" } },
    { kind: ramKind("international"), among: 1, settings: { site: "international" } },
  ],
  BastionhostUser: [
    { kind: bastionhostKind(false), among: 1 },
    { kind: bastionhostKind(false), among: 8 },
    { kind: bastionhostKind(true), among: 1, prepare: demandMessages },
    { kind: bastionhostKind(true), among: 8, prepare: demandMessages },
  ],
  EiamUser: [1, 8, 1, 8].map((among) => ({ kind: eiamKind, among })),
};

async function demandMessages({ emulator }: Account): Promise<void> {
  const snapshot = await emulator.control.snapshot();
  const twoFactor = { enableTwoFactor: true, skipTwoFactorTime: 0, twoFactorMethods: ["sms" as const] };
  Object.assign(snapshot.bastionhost.instances[0]!, { twoFactor });
  await emulator.control.restore(snapshot);
}

async function liveAll({ kind, among, settings = {}, prepare }: Lane, number: number): Promise<void> {
  const account = await openAccount();
  await account.emulator.control.settings(settings);
  await prepare?.(account);
  const process = await startDynamicProcess({ ...account.env, ALICLOUD_USERS_CALLS_PER_SECOND: "1000000" });
  const life = fc.asyncProperty(histories(kind, maxRounds), async (history) => {
    await account.empty();
    await live(kind, account, processEngine(kind.type, process, among), history);
    expect(process.console()).toBe("");
  });
  try {
    await fc.assert(life, { seed: seed + number, numRuns: runs, includeErrorInReport: true });
  } catch (error) {
    throw new Error(`HISTORIES_SEED=${seed} lives this again.\n${String((error as Error).message)}`);
  } finally {
    await process.stop();
    await account.close();
  }
}

beforeAll(() => linkOwnName());

test.each(Object.keys(lanes))(
  "a hundred histories of a %s each leave the account as declared and the next preview empty",
  async (type) => {
    const lived = await Promise.allSettled((lanes[type] ?? []).map(liveAll));
    const broken = lived.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
    expect(broken.join("\n\n")).toBe("");
  },
  300_000,
);
