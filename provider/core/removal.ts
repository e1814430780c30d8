import type { Directory } from "./directory";
import { kindOf } from "./directory";
import type { Known } from "./lifecycle";
import { userIdOf, wanted } from "./lifecycle";
import type { Resource, Wire } from "./resource";
import { addressOf, identityOf } from "./resource";

/** Ends the user's life as `onDelete` says. A user that is not there any more is a success. */
export async function remove(resource: Resource, known: Known, directory: Directory): Promise<void> {
  const { onDelete, forceDestroy } = known.outputs;
  if (onDelete === "retain") return;
  const user = resource.address
    ? await directory.find(wanted(resource, known, {}, true))
    : identityOf(resource, known.id);
  if (!user) return;
  const address = addressOf(resource, user);
  try {
    if (onDelete === "lock" && resource.lock) await quiet(directory.call(resource.lock(address)));
    else await deleteUser(resource, address, forceDestroy === true, directory);
  } finally {
    // A call whose answer was lost may have been done as well.
    directory.wrote(userIdOf(resource, known.id));
  }
}

async function deleteUser(
  resource: Resource,
  address: Wire,
  isForced: boolean,
  directory: Directory,
): Promise<void> {
  for (const { find, remove: remover } of isForced ? (resource.delete.obstacles?.(address) ?? []) : []) {
    const answer = await directory.call(find).catch(ifMissing<Wire>({}));
    for (const call of remover(answer)) await quiet(directory.call(call));
  }
  await quiet(directory.call({ action: resource.delete.action, params: address }));
}

async function quiet(sent: Promise<unknown>): Promise<void> {
  await sent.catch(ifMissing<unknown>(undefined));
}

const ifMissing =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (kindOf(error) === "notFound") return instead;
    throw error;
  };
