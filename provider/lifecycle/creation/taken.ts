import { diff } from "../../core/diff";
import { idOf, nameAttributeOf } from "../../core/identity";
import type { Resource } from "../../core/resource";
import { showText, showValue } from "../../core/showText";
import { stored } from "../../core/state";
import type { Values, Wire } from "../../core/wire";

/** A create that meets a user of its name. */
export interface Taken {
  inputs: Values;
  user: Wire;
  /** The type token of such users in the other frontend, from which this resource may have moved. */
  otherType?: string | undefined;
  /** Which resource has the user, and what to do then, where that is known. */
  holder?: string | undefined;
}

/** Why the user is not created, and the ways out: for what looks like the same person, and for another one. */
export function nameTaken(resource: Resource, { inputs, user, otherType, holder }: Taken): string {
  const id = idOf(resource, user);
  const name = inputs[nameAttributeOf(resource)];
  const taken = `The account already has a user named ${showValue(name)} (id ${showText(id)})`;
  const locked = resource.lockedAs?.(user);
  const state = locked === undefined ? "" : ` The user is ${locked} in the account.`;
  if (holder !== undefined) return `${taken}.${state} ${holder}`;
  const moved =
    otherType === undefined ? "" : `, or after a change of the frontend aliases: [{ type: "${otherType}" }]`;
  const aliases = `give it the option aliases: [{ name: "<its name before>" }]${moved}.`;
  const leaver =
    "If the resource that has this user leaves the program in the same run, run pulumi up twice: first without this " +
    "resource, then with it.";
  if (isAlike(resource, inputs, user))
    return (
      `${taken}, which looks like the same user under another resource name.${state} If the resource was renamed or moved, ${aliases} ` +
      `${leaver} Otherwise choose another name, delete that user, or, where no stack has it, set adopt: true: this declaration ` +
      "then takes over that very person, with its keys and groups."
    );
  return (
    `${taken}, which differs from this declaration and may be another person.${state} ${leaver} ` +
    `If it is the same person, whose resource was renamed or moved, ${aliases} Otherwise choose another name, or delete that user.`
  );
}

/** Whether the user is as declared, as far as the account shows it. */
function isAlike(resource: Resource, inputs: Values, user: Wire): boolean {
  const ignored = Object.keys(resource.options);
  return diff(resource, { state: stored(inputs), inputs, user, ignored }).length === 0;
}
