import type { Directory } from "./directory";
import { kindOf } from "./directory";
import type { Known } from "./lifecycle";
import { userIdOf, wanted } from "./lifecycle";
import type { Resource, Wire } from "./resource";
import { addressOf, identityOf } from "./resource";

/**
 * Ends the user's life as `onDelete` says. A user that is not there any more is a success. Throws, and deletes nothing,
 * where the delete was planned because the user was missing and it is there after all, and when `permit`, which is called
 * right before the user is deleted or locked out, throws.
 */
export async function remove(
  resource: Resource,
  known: Known,
  directory: Directory,
  permit: () => void = () => {},
): Promise<void> {
  const { onDelete, forceDestroy } = known.outputs;
  if (onDelete === "retain") return;
  const find = () => directory.find(wanted(resource, known, {}, true));
  const wasMissing = directory.wasMissing(userIdOf(resource, known.id));
  const user = resource.address || wasMissing ? await find() : identityOf(resource, known.id);
  if (!user) return;
  if (wasMissing)
    throw new Error(
      `${resource.type} ${known.id} was missing in the account when it was compared, and is there now. ` +
        "Nothing was deleted. Run pulumi up again.",
    );
  permit();
  const address = addressOf(resource, user);
  const isLock = onDelete === "lock" && resource.lock !== undefined;
  try {
    if (forceDestroy === true && !isLock) await removeObstacles(resource, address, directory);
    const call = isLock ? resource.lock(address) : { action: resource.delete.action, params: address };
    await directory.call(call).catch(async (fault: unknown) => {
      if (kindOf(fault) !== "notFound") throw fault;
      if (await find()) throw stillThere(resource, known, call.action);
    });
  } finally {
    // A call whose answer was lost may have been done as well.
    directory.wrote(userIdOf(resource, known.id));
  }
}

function stillThere(resource: Resource, { id }: Known, action: string): Error {
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
    if (kindOf(error) === "notFound") return instead;
    throw error;
  };
