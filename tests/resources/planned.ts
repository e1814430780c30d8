import { check } from "../../provider/core/check";
import { planAfterCreate, planCreate, planUpdate, type PlannedCall } from "../../provider/core/plan";
import type { Call, Values, Wire } from "../../provider/core/wire";
import type { Resource } from "../../provider/core/resource";
import { stored } from "../../provider/core/state";

/** What is planned to bring a live user to the declared values; `previous` is what was declared last, by default nothing. */
export function updates(
  resource: unknown,
  { user, desired, previous = {} }: { user: Wire; desired: Values; previous?: Values },
): Call[] {
  return planUpdate(resource as Resource, {
    state: stored(previous),
    inputs: desired,
    user,
    ignored: [],
  }).map(callOf);
}

/** What is planned to make a user, with these defaults and the token "token"; `user` is what the create call answers. */
export function creation(resource: unknown, desired: Values, user: Wire, defaults: Wire = {}): Call[] {
  const create = planCreate(resource as Resource, desired, defaults, "token");
  return [create, ...planAfterCreate(resource as Resource, desired, user)].map(callOf);
}

function callOf({ action, params }: PlannedCall): Call {
  return { action, params: JSON.parse(JSON.stringify(params)) as Wire };
}

/** The failures of a declaration, each as one text: the attribute and the reason. */
export function failures(
  resource: unknown,
  declared: Values,
  { previous, prefetched }: { previous?: Values; prefetched?: Wire } = {},
): string[] {
  const declaration = { previous, declared, ...(prefetched && { prefetched }) };
  return check(resource as Resource, declaration).failures.map(
    ({ property, reason }) => `${property}: ${reason}`,
  );
}
