import { declaredNames, wiresOf } from "./decode";
import type { FindRequest } from "./directory";
import type { Attribute, Resource, Values } from "./resource";
import { identityOf, nameOf } from "./resource";
import type { ResourceState } from "./state";

/** What is known of a user that is to be found. */
interface KnownUser {
  state: ResourceState;
  /** Values whose attributes the caller needs besides those of the state. */
  inputs?: Values;
  declaredCount?: number | undefined;
  fresh?: boolean;
}

/** How a user of a state is found: by its id, under the name it last had, with the fields of what is declared of it. */
export function findRequest(resource: Resource, known: KnownUser): FindRequest {
  const { state, inputs = {}, declaredCount, fresh = false } = known;
  const names = declaredNames(resource, { ...state.values, ...state.drifted, ...inputs });
  const fields = names.flatMap((name) => wiresOf(resource.attributes[name] as Attribute));
  const name = state.values[nameOf(resource, resource.unique)] as string | undefined;
  return { userId: userIdOf(resource, state.id), name, fields, declaredCount, fresh };
}

/** The last part of an id, which names the user within its directory. */
export function userIdOf(resource: Resource, id: string): string {
  return identityOf(resource, id)[resource.identity.at(-1) as string] as string;
}
