import { checkChange } from "../core/check";
import type { Resource } from "../core/resource";
import type { Values } from "../core/wire";
import type { ProviderContext } from "./context";

/** Throws the failures of a create or update that the API cannot do, where the engine previews those; else `check` told them. */
export function refuseChange(
  { frontend }: ProviderContext,
  { resource, previous, declared }: { resource: Resource; previous: Values | undefined; declared: Values },
): void {
  if (!frontend.previewsWrites) return;
  const failures = checkChange(resource, { previous, declared });
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join(" "));
}
