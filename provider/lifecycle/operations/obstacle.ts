import type { Directory } from "../../core/directory";
import { findRequest } from "../../core/findRequest";
import { requestKeyOf } from "../../core/identity";
import type { Resource } from "../../core/resource";
import type { ResourceState } from "../../core/state";

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
