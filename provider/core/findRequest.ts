import { declaredNames } from "./decode";
import type { FindRequest } from "./directory";
import { nameAttributeOf, userIdOf } from "./identity";
import { type Resource, rowOf } from "./resource";
import type { ResourceState } from "./state";
import type { Values } from "./wire";

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
  const fields = fieldsOf(resource, { ...state.values, ...state.drifted, ...inputs });
  const name = state.values[nameAttributeOf(resource)] as string | undefined;
  return { userId: userIdOf(resource, state.id), name, fields, declaredCount, fresh };
}

/** The fields of a user that hold what these values declare. */
export function fieldsOf(resource: Resource, values: Values): string[] {
  return declaredNames(resource, values).flatMap((name) => rowOf(resource, name).fields);
}
