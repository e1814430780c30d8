import type { z } from "zod";
import { firstNumber, type Ids } from "../product/ids";
import {
  type BastionhostInstance,
  bastionhostInstanceSchema,
  bastionhostOf,
  type Bastionhosts,
} from "./instances";

/** A bastion host to add to a running emulator; what is left out is as on a new one. */
export const newBastionhostSchema = bastionhostInstanceSchema.pick({ instanceId: true, twoFactor: true });

/** A new bastion host without users. */
export function firstBastionhost(
  ids: Ids,
  wanted: z.input<typeof newBastionhostSchema>,
): BastionhostInstance {
  const nextUserId = Number(firstNumber(ids, { base: 0n, steps: 90_000, step: 1n }));
  return bastionhostInstanceSchema.parse({ ...wanted, nextUserId });
}

/** Adds a bastion host; says whether it did, which it does not where one of that id exists. */
export function addBastionhost(
  hosts: Bastionhosts,
  wanted: z.output<typeof newBastionhostSchema>,
  ids: Ids,
): boolean {
  if (hosts.get(wanted.instanceId)) return false;
  hosts.put(bastionhostOf(firstBastionhost(ids, wanted)));
  return true;
}
