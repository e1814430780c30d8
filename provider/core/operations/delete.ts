import type { Directory } from "../directory";
import { faultKind } from "../fault";
import { findRequest, userIdOf } from "../findRequest";
import type { Resource, Wire } from "../resource";
import { addressOf, identityOf } from "../resource";
import type { ResourceState } from "../state";

/** A delete of a user of a state. */
export interface DeleteRequest {
  state: ResourceState;
  directory: Directory;
  /** Called right before the user is deleted or locked; nothing is sent when it throws. */
  permit?: () => void;
}

/**
 * Removes the user as `onDelete` says. A user that does not exist any more is a success. Throws, and deletes nothing,
 * where the delete was planned because the user was missing and the user exists after all.
 */
export async function remove(
  resource: Resource,
  { state, directory, permit = () => {} }: DeleteRequest,
): Promise<void> {
  const { onDelete, forceDestroy } = state.values;
  if (onDelete === "retain") return;
  const find = () => directory.find(findRequest(resource, { state, fresh: true }));
  const userId = userIdOf(resource, state.id);
  const wasMissing = directory.wasMissing(userId);
  const user = resource.address || wasMissing ? await find() : identityOf(resource, state.id);
  if (!user) return;
  if (wasMissing)
    throw new Error(
      `${resource.type} ${state.id} was missing in the account when it was compared, and is there now. ` +
        "Nothing was deleted. Run pulumi up again.",
    );
  permit();
  const address = addressOf(resource, user);
  const isLock = onDelete === "lock" && resource.lock !== undefined;
  try {
    if (forceDestroy === true && !isLock) await removeObstacles(resource, address, directory);
    const call = isLock ? resource.lock(address) : { action: resource.delete.action, params: address };
    await directory.call(call).catch(async (fault: unknown) => {
      if (faultKind(fault) !== "notFound") throw fault;
      if (await find()) throw stillThere(resource, state, call.action);
    });
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

async function removeObstacles(resource: Resource, address: Wire, directory: Directory): Promise<void> {
  for (const { find, remove: remover } of resource.delete.obstacles?.(address) ?? []) {
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
