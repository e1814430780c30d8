import { type CallRecord, createCallRecord } from "./control/callRecord";
import { createFaults, type Faults } from "./control/faults";
import { createRateLimit, type RateLimit } from "./control/rateLimit";
import { defaultSettings, type Settings } from "./control/settings";
import type { Bastionhosts } from "./bastionhost/instances";
import { renameAtSource } from "./bastionhost/renameAtSource";
import { bastionhost, sts } from "./emulated";
import type { Product, World } from "./product/product";
import type { ProductName } from "./products";
import { firstSnapshot, load, save, type Snapshot } from "./snapshot";
import type { StsAccount, StsSession } from "./sts/account";
import { createNonces, type Nonces } from "./wire/nonces";

/** All that one running emulator remembers. */
export interface Cloud {
  readonly settings: Settings;
  readonly calls: CallRecord;
  readonly faults: Faults;
  readonly rateLimit: RateLimit;
  readonly nonces: Nonces;
  now(): Date;
  /** What the actions of a product work on, when this access key id calls them. */
  worldOf(product: Product<ProductName>, caller: string): World<unknown>;
  /** The temporary credentials of that access key id, where STS gave them. */
  session(accessKeyId: string): StsSession | undefined;
  set(changes: Partial<Settings>): void;
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
  /** Puts everything back to how the emulator started: users, settings, faults, calls. */
  reset(): void;
}

/** Makes the memory of one emulator, with what is asked for in place of the default settings. */
export function createCloud(wanted: Partial<Settings>): Cloud {
  const memory = emptyMemory();
  const first = () => {
    const settings = { ...defaultSettings, ...wanted };
    return { states: load(firstSnapshot(settings.ids)), settings };
  };
  let current = first();
  const now = () => new Date();
  return {
    ...memory,
    now,
    get settings() {
      return current.settings;
    },
    worldOf: (product, caller) => ({
      state: current.states.get(product),
      caller,
      ...settingsOf(product.name, current.settings),
      now,
      renamed: (userId, name) =>
        renameAtSource(current.states.get(bastionhost) as Bastionhosts, { source: "Ram", userId, ...name }),
    }),
    session: (accessKeyId) => (current.states.get(sts) as StsAccount).sessions.get(accessKeyId),
    set(changes) {
      current = { ...current, settings: { ...current.settings, ...changes } };
      memory.rateLimit.refill();
    },
    snapshot: () => save(current.states),
    restore: (snapshot) => void (current = { ...current, states: load(snapshot) }),
    reset() {
      current = first();
      forget(memory);
    },
  };
}

function settingsOf(name: ProductName, { site, userQuota, lagReads }: Settings) {
  const reads: Partial<Record<ProductName, number>> = lagReads;
  const quotas: Partial<Record<ProductName, number>> = userQuota;
  return { site, userQuota: quotas[name], lagReads: reads[name] ?? 0 };
}

function emptyMemory() {
  return {
    calls: createCallRecord(),
    faults: createFaults(),
    rateLimit: createRateLimit(),
    nonces: createNonces(),
  };
}

function forget({ calls, faults, rateLimit }: ReturnType<typeof emptyMemory>): void {
  calls.forget();
  faults.clear();
  rateLimit.refill();
}
