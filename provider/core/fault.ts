import type { FaultKind } from "./service";
import { escapeText } from "./showText";
import type { ResourceState } from "./state";

/** What kind of fault an error is, if it is one of `provider/api`; known by its shape, since two copies of the package may be loaded. */
export function faultKind(error: unknown): FaultKind | undefined {
  return isApiFault(error) ? error.kind : undefined;
}

/** Whether an error is a fault of `provider/api`. */
export function isApiFault(error: unknown): error is Error & { kind: FaultKind } {
  return error instanceof Error && error.name === "ApiFault";
}

/** A user was created or changed, but not completely. The state holds what was done; the next update completes it. */
export class ResourceInitFailed extends Error {
  override readonly name = "ResourceInitFailed";

  constructor(
    readonly state: ResourceState,
    reason: unknown,
  ) {
    super(escapeText(reason instanceof Error ? reason.message : String(reason)));
  }
}
