import type { CallRecord } from "./control/callRecord";
import { createCallRecord } from "./control/callRecord";
import type { Faults } from "./control/faults";
import { createFaults } from "./control/faults";
import type { RateLimit } from "./control/rateLimit";
import { createRateLimit } from "./control/rateLimit";
import type { Settings } from "./control/settings";
import { defaultSettings } from "./control/settings";
import type { Snapshot } from "./store";
import { firstSnapshot, snapshotOf, storeOf } from "./store";
import type { Nonces } from "./wire/nonces";
import { createNonces } from "./wire/nonces";
import type { World } from "./world";

/** All that one running emulator remembers. */
export interface Cloud extends World {
  readonly calls: CallRecord;
  readonly faults: Faults;
  readonly rateLimit: RateLimit;
  readonly nonces: Nonces;
  set(changes: Partial<Settings>): void;
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
  /** Puts everything back to how the emulator started: users, settings, faults, calls. */
  reset(): void;
}

/** Makes the memory of one emulator, with what is asked for in place of the default settings. */
export function createCloud(wanted: Partial<Settings>): Cloud {
  const firstHoldings = () => ({
    store: storeOf(firstSnapshot()),
    settings: { ...defaultSettings, ...wanted },
  });
  let held = firstHoldings();
  const memory = emptyMemory();
  return {
    ...memory,
    now: () => new Date(),
    get store() {
      return held.store;
    },
    get settings() {
      return held.settings;
    },
    set(changes) {
      held = { ...held, settings: { ...held.settings, ...changes } };
      memory.rateLimit.refill();
    },
    snapshot: () => snapshotOf(held.store),
    restore: (snapshot) => void (held = { ...held, store: storeOf(snapshot) }),
    reset() {
      held = firstHoldings();
      forget(memory);
    },
  };
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
