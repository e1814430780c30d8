import { z } from "zod";
import { bastionhostInstanceSchema, bastionhostOf } from "../bastionhost/instances";
import { idaasOf } from "../eiam/instances";
import { eiamInstanceSchema, firstEiamInstance } from "../eiam/snapshot";
import type { Store } from "../store";

const bastionhost = z.strictObject({
  product: z.literal("Bastionhost"),
  instanceId: z.string().min(1),
  twoFactor: bastionhostInstanceSchema.shape.twoFactor,
});

const eiam = z.strictObject({
  product: z.literal("Eiam"),
  instanceId: z.string().min(1),
  customFields: eiamInstanceSchema.shape.customFields.optional(),
});

/** An instance to add; what is left out is as on a new one. */
export const newInstanceSchema = z.discriminatedUnion("product", [bastionhost, eiam]);

/** An instance to add, as it is asked for. */
export type NewInstance = z.input<typeof newInstanceSchema>;

/** Adds an instance to the store; says whether it did, which it does not where one of that id is. */
export function addInstance(store: Store, wanted: z.output<typeof newInstanceSchema>): boolean {
  const { product, ...parts } = wanted;
  const existing = product === "Bastionhost" ? store.bastionhost : store.eiam;
  if (existing.get(parts.instanceId)) return false;
  if (product === "Bastionhost") store.bastionhost.put(bastionhostOf(bastionhostInstanceSchema.parse(parts)));
  else
    store.eiam.put(idaasOf(eiamInstanceSchema.parse({ ...firstEiamInstance(parts.instanceId), ...parts })));
  return true;
}
