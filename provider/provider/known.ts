import type { Known } from "../core/lifecycle";
import type { ResourceState } from "../core/state";
import { pack, packHidden } from "../core/state";

/** A state as core takes it. */
export function knownOf(
  state: ResourceState,
  { declaredCount, secrets }: { declaredCount: number | undefined; secrets?: readonly string[] },
): Known {
  return { id: state.id, outputs: { ...pack(state), ...packHidden({ declaredCount }) }, secrets };
}
