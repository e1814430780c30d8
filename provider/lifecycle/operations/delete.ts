import type { Directory } from "../../core/directory";
import { faultKind } from "../../core/fault";
import { findRequest } from "../../core/findRequest";
import { userIdOf, requestKeyOf, identityOf } from "../../core/identity";
import type { Resource } from "../../core/resource";
import type { Wire } from "../../core/wire";
import type { ResourceState } from "../../core/state";

/** A delete of a user of a state. */
export interface DeleteRequest {
  state: ResourceState;
  directory: Directory;
  /** Awaited right before a user that exists is deleted or locked; nothing is sent when it throws. */
  permit?: (() => Promise<void>) | undefined;
}

/** What became of a user that was to be removed; `missing` when there was none any more. */
export type Removal = "deleted" | "locked" | "retained" | "missing";

/**
 * Removes the user as `onDelete` says. A user that does not exist any more is a success. Throws, and deletes nothing,
 * where the delete was planned because the user was missing and the user exists after all.
 */
export async function remove(
  resource: Resource,
  { state, directory, permit }: DeleteRequest,
): Promise<Removal> {
  const { onDelete, forceDestroy } = state.values;
  if (onDelete === "retain") return "retained";
  const find = () => directory.find(findRequest(resource, { state, fresh: true }));
  const userId = userIdOf(resource, state.id);
  const wasMissing = directory.wasMissing(userId);
  // What has to be permitted is looked for, since a user that is gone already is no removal.
  const isSought = resource.requestKey || wasMissing || permit;
  const user = isSought ? await find() : identityOf(resource, state.id);
  if (!user) return "missing";
  if (wasMissing)
    throw new Error(
      `${resource.type} ${state.id} was missing in the account when it was compared, and is there now. ` +
        "Nothing was deleted. Run pulumi up again.",
    );
  await permit?.();
  const requestKey = requestKeyOf(resource, user);
  const isLock = onDelete === "lock" && resource.lock !== undefined;
  try {
    if (forceDestroy === true && !isLock) await removeDependents(resource, requestKey, directory);
    const call = isLock ? resource.lock(requestKey) : { action: resource.delete.action, params: requestKey };
    let removal: Removal = isLock ? "locked" : "deleted";
    await directory.call(call).catch(async (fault: unknown) => {
      if (faultKind(fault) !== "notFound") throw fault;
      if (await find()) throw stillThere(resource, state, call.action);
      removal = "missing";
    });
    return removal;
  } finally {
    // A call whose answer was lost may have been done as well.
    directory.invalidate(userId);
  }
}

function stillThere(resource: Resource, { id }: ResourceState, action: string): Error {
  return new Error(
    `${action} did not find the ${resource.type} ${id}, which is still there. Nothing was deleted. Run pulumi up again.`,
  );
}

async function removeDependents(resource: Resource, requestKey: Wire, directory: Directory): Promise<void> {
  for (const { find, remove: remover } of resource.delete.dependents?.(requestKey) ?? []) {
    const answer = await directory.call(find).catch(ifMissing<Wire>({}));
    for (const call of remover(answer)) await directory.call(call).catch(ifMissing<unknown>(undefined));
  }
}

const ifMissing =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (faultKind(error) === "notFound") return instead;
    throw error;
  };
