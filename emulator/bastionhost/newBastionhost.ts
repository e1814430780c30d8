import type { z } from "zod";
import { bastionhostInstanceSchema, bastionhostOf, type Bastionhosts } from "./instances";

/** A bastion host to add to a running emulator; what is left out is as on a new one. */
export const newBastionhostSchema = bastionhostInstanceSchema.pick({ instanceId: true, twoFactor: true });

/** Adds a bastion host; says whether it did, which it does not where one of that id exists. */
export function addBastionhost(hosts: Bastionhosts, wanted: z.output<typeof newBastionhostSchema>): boolean {
  if (hosts.get(wanted.instanceId)) return false;
  hosts.put(bastionhostOf(bastionhostInstanceSchema.parse(wanted)));
  return true;
}
