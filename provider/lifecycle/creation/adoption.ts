import { notShown } from "../../core/attribute";
import { declaredNames, liveValue } from "../../core/decode";
import { diff, type Difference } from "../../core/diff";
import { idOf, userIdOf } from "../../core/identity";
import { type PlannedCall, planUpdate } from "../../core/plan";
import { type Resource, rowOf } from "../../core/resource";
import { secretMark } from "../../core/secrets";
import { showText, showValue } from "../../core/showText";
import { stored } from "../../core/state";
import { isUnknown } from "../../core/unknown";
import type { Values, Wire } from "../../core/wire";

/** What the take-over of an existing user comes to. */
export interface Adoption {
  id: string;
  user: Wire;
  /** What is overwritten. */
  differences: Difference[];
  /** The attributes that the person may have chosen: recorded as declared, and not sent. */
  kept: string[];
  calls: PlannedCall[];
}

/** Whether these values ask to take over this user: any user of the name, or the one whose id `adopt` tells. */
export function isWanted(resource: Resource, { adopt }: Values, user: Wire): boolean {
  const id = idOf(resource, user);
  return adopt === true || adopt === id || adopt === userIdOf(resource, id);
}

/** Plans the take-over of a user. Throws a sentence where the user differs in what cannot change in place. */
export function planAdoption(resource: Resource, inputs: Values, user: Wire): Adoption {
  const kept = declaredNames(resource, inputs).filter((name) => isKept(resource, name, inputs, user));
  const sent = Object.fromEntries(Object.entries(inputs).filter(([name]) => !kept.includes(name)));
  const request = { state: stored({}), inputs: sent, user, ignored: Object.keys(resource.options) };
  const differences = diff(resource, request);
  const id = idOf(resource, user);
  const stuck = differences.filter(({ replace, to }) => replace && !isUnknown(to));
  if (stuck.length > 0) throw new Error(refusal(resource, id, stuck));
  // What is not known yet is not encoded: a preview sends nothing.
  const calls = isUnknown(inputs) ? [] : planUpdate(resource, request);
  return { id, user, differences, kept, calls };
}

function isKept(resource: Resource, name: string, inputs: Values, user: Wire): boolean {
  const row = rowOf(resource, name);
  return row.keptOnAdoption && liveValue(row, user, inputs[name]) === notShown;
}

function refusal(resource: Resource, id: string, stuck: readonly Difference[]): string {
  const names = stuck.map(({ path, from, to }) => {
    const declared = show(to);
    // What is secret of the one user is secret of the other.
    const live = declared === secretMark ? secretMark : show(from);
    return `${path} (current: ${live}, declared: ${declared})`;
  });
  return (
    `The existing ${resource.type} ${showText(id)} cannot be adopted: ${names.join(", ")} cannot change in place. ` +
    `Declare the current value, or delete the user first.`
  );
}

function show(value: unknown): string {
  return value === undefined ? "none" : showValue(value);
}
