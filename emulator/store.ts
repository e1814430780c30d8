import { z } from "zod";
import type { Bastionhosts } from "./bastionhost/instances";
import {
  bastionhostInstanceSchema,
  bastionhosts,
  bastionhostSnapshot,
  bastionhostSnapshotSchema,
} from "./bastionhost/instances";
import type { IdaasInstances } from "./eiam/instances";
import { eiamSnapshot, idaasInstances } from "./eiam/instances";
import { eiamSnapshotSchema, firstEiamInstance } from "./eiam/snapshot";
import type { RamAccount } from "./ram/account";
import { firstRamSnapshot, ramAccount, ramSnapshot, ramSnapshotSchema } from "./ram/account";

/** Everything that the emulated account holds. */
export interface Store {
  readonly ram: RamAccount;
  readonly bastionhost: Bastionhosts;
  readonly eiam: IdaasInstances;
}

/** The form of a snapshot; passwords are in it as SHA-256 digests only. */
export const snapshotSchema = z.strictObject({
  ram: ramSnapshotSchema,
  bastionhost: bastionhostSnapshotSchema,
  eiam: eiamSnapshotSchema,
});

/** The whole account as plain JSON. */
export type Snapshot = z.output<typeof snapshotSchema>;
/** A snapshot as it may be written by hand: what has a default may be left out. */
export type SnapshotSeed = z.input<typeof snapshotSchema>;

/** Builds the store of a snapshot. */
export function storeOf(snapshot: Snapshot): Store {
  return {
    ram: ramAccount(snapshot.ram),
    bastionhost: bastionhosts(snapshot.bastionhost),
    eiam: idaasInstances(snapshot.eiam),
  };
}

/** The store as plain JSON. */
export function snapshotOf(store: Store): Snapshot {
  return {
    ram: ramSnapshot(store.ram),
    bastionhost: bastionhostSnapshot(store.bastionhost),
    eiam: eiamSnapshot(store.eiam),
  };
}

/** What a fresh emulator holds: no users, one bastion host and one IDaaS instance. */
export function firstSnapshot(): Snapshot {
  return {
    ram: firstRamSnapshot(),
    bastionhost: { instances: [bastionhostInstanceSchema.parse({ instanceId: "bastionhost-cn-demo0001" })] },
    eiam: { instances: [firstEiamInstance("idaas_demo0001")] },
  };
}
