import { identityOf, nameAttributeOf, requestKeyOf, userIdOf } from "../core/identity";
import type { ResourceState } from "../core/state";
import { directoryOf, type ProviderContext } from "./context";
import type { Owner } from "./owners";
import { named } from "./report/sentences";
import type { Directory } from "../core/directory";
import { faultKind } from "../core/fault";
import { findRequest } from "../core/findRequest";
import type { Resource } from "../core/resource";
import type { Wire } from "../core/wire";

/** A user that is to be deleted, locked or retained, as its `onDelete` says. */
export interface DeleteRequest extends Owner {
  state: ResourceState;
}

/** Deletes a user. If another resource of the run needs it, it stays in the account, and a warning says so. */
export async function deleteUser(context: ProviderContext, request: DeleteRequest): Promise<void> {
  const { urn } = request;
  const state = context.removalOptions.apply(request, request.state);
  context.journals.noteRecorded(request, state.id);
  context.spentAdoptions.note(request, state.id);
  const reason = context.owners().reasonToLeave(request, state);
  if (reason === undefined) await removeUser(context, request, state);
  else await context.report.warning(urn, reason);
  context.claims.leave(request, state.id, state.claim);
}

async function removeUser(context: ProviderContext, request: DeleteRequest, state: ResourceState) {
  const { resource, urn } = request;
  const removal = await remove(resource, {
    state,
    directory: directoryOf(context, resource, state.id, state.values),
    permit: context.removals.permitOf(request, context.account().brakes),
  });
  const user = named(state.values[nameAttributeOf(resource)], state.id);
  if (removal === "locked") await context.report.info(urn, `${user} was locked and stays in the account`);
  if (removal === "retained")
    await context.report.info(urn, `${user} was retained: it stays in the account as it is`);
}

/** A delete of a user of a state. */
export interface DeleteOptions {
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
  { state, directory, permit }: DeleteOptions,
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

/** What will keep the API from deleting this user, as far as one call tells it; nothing with `forceDestroy`. */
export async function findObstacle(
  resource: Resource,
  { state, directory }: { state: ResourceState; directory: Directory },
): Promise<string | undefined> {
  if (!resource.delete.dependents || state.values.forceDestroy === true) return undefined;
  const user = await directory.find(findRequest(resource, { state }));
  const [first] = user ? resource.delete.dependents(requestKeyOf(resource, user)) : [];
  return first && first.remove(await directory.call(first.find)).length > 0 ? first.what : undefined;
}
