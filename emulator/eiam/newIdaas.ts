import { z } from "zod";
import type { Ids } from "../product/ids";
import { idaasOf, type IdaasInstances } from "./instances";
import { eiamInstanceSchema, firstEiamInstance } from "./snapshot";

/** An IDaaS instance to add to a running emulator; what is left out is as on a new one. */
export const newIdaasSchema = z.strictObject({
  instanceId: z.string().min(1),
  customFields: eiamInstanceSchema.shape.customFields.optional(),
});

/** Adds an IDaaS instance; says whether it did, which it does not where one of that id exists. */
export function addIdaas(
  instances: IdaasInstances,
  wanted: z.output<typeof newIdaasSchema>,
  ids: Ids,
): boolean {
  if (instances.get(wanted.instanceId)) return false;
  instances.put(
    idaasOf(eiamInstanceSchema.parse({ ...firstEiamInstance(wanted.instanceId, ids), ...wanted })),
  );
  return true;
}
