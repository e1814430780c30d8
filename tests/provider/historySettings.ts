import * as fc from "fast-check";
import type { Settings } from "../../emulator";
import type { Account } from "../e2e/account";
import { bastionhostKind } from "./historyBastionhost";
import { eiamKind } from "./historyEiam";
import type { Kind } from "./historyKind";
import { ramKind } from "./historyRam";

/** The `HISTORIES_SEED` that a failure names lives the same histories again. */
const seed = Number(process.env.HISTORIES_SEED ?? Date.now() % 1_000_000_000);

/** The circumstances of a history. */
export interface Setting {
  kind: Kind;
  site?: Settings["site"];
  /** The two-factor method that holds on the bastion host for those who have none of their own. */
  method?: "sms";
}

/** The circumstances in which users live, by their type. */
export const settings = {
  RamUser: [
    { kind: ramKind("china"), site: "china" },
    { kind: ramKind("international"), site: "international" },
  ],
  BastionhostUser: [{ kind: bastionhostKind() }, { kind: bastionhostKind("sms"), method: "sms" }],
  EiamUser: [{ kind: eiamKind }],
} as const satisfies Record<string, readonly Setting[]>;

/** Brings an account into these circumstances, with no user in it. */
export async function prepare(account: Account, { site = "china", method }: Setting): Promise<void> {
  const { control } = account.emulator;
  await control.settings({ site });
  const snapshot = await control.snapshot();
  const twoFactorMethods = method === undefined ? [] : [method];
  const twoFactor = { enableTwoFactor: method !== undefined, skipTwoFactorTime: 0, twoFactorMethods };
  for (const instance of snapshot.bastionhost.instances) Object.assign(instance, { twoFactor });
  await control.restore(snapshot);
  await account.empty();
}

/** Lives random histories, each lane of `live` its share of them and others than the next lane. */
export async function liveAll<T>(
  histories: fc.Arbitrary<T>,
  number: number,
  lanes: readonly ((history: T) => Promise<void>)[],
  parameters: fc.Parameters<[T]> = {},
): Promise<void> {
  const lived = lanes.map(async (live, lane) => {
    const numRuns = Math.floor((number + lane) / lanes.length);
    const isKept = fc.asyncProperty(histories, live);
    const { failed, counterexample, errorInstance } = await fc.check(isKept, {
      ...{ seed: seed + lane, numRuns },
      ...parameters,
    });
    if (!failed) return "";
    const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    return `HISTORIES_SEED=${seed} lives this again:\n${JSON.stringify(counterexample, shortly)}\n${reason}`;
  });
  expect((await Promise.all(lived)).filter(Boolean).join("\n\n")).toBe("");
}

/** What is random of a kind is no part of a history. */
function shortly(name: string, value: unknown): unknown {
  return name === "kind" && typeof value === "object" ? (value as Kind).type : value;
}
