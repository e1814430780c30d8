import { notShown } from "../../core/attribute";
import { declaredNames, liveValue } from "../../core/decode";
import { diff, type Difference } from "../../core/diff";
import type { Directory } from "../../core/directory";
import { fieldsOf } from "../../core/findRequest";
import { idOf, nameAttributeOf, scopeOf, userIdOf } from "../../core/identity";
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

/** Whether these values ask to take over an existing user. */
export function asksToAdopt({ adopt }: Values): boolean {
  return adopt !== undefined && adopt !== false;
}

/** Whether these values ask to take over this user: any user of the name, or the one whose id `adopt` tells. */
function isWanted(resource: Resource, { adopt }: Values, user: Wire): boolean {
  const id = idOf(resource, user);
  return adopt === true || adopt === id || adopt === userIdOf(resource, id);
}

/**
 * The user that `adopt` asks for: `named`, who has the declared name, or with an id the user with that id, who may have
 * another name. Throws a sentence where there is none with that id, or where another user has the name.
 */
export async function wantedUser(
  resource: Resource,
  { inputs, directory }: { inputs: Values; directory: Directory },
  named: Wire | undefined,
): Promise<Wire | undefined> {
  const { adopt } = inputs;
  if (named && isWanted(resource, inputs, named)) return named;
  if (typeof adopt !== "string") return undefined;
  const name = showText(String(inputs[nameAttributeOf(resource)]));
  const who = `"adopt" names the ${resource.type} ${showText(adopt)}`;
  if (named)
    throw new Error(
      `${who}, but ${name} is the name of ${showText(idOf(resource, named))}, who was made later or is another person. ` +
        `To take that user over, set adopt: "${showText(userIdOf(resource, idOf(resource, named)))}".`,
    );
  const found = isElsewhere(resource, inputs) ? undefined : await findById(resource, inputs, directory);
  if (found) return found;
  const place = Object.values(scopeOf(resource, inputs)).map((each) => ` in ${showText(String(each))}`);
  throw new Error(
    `${who} (${name}), but there is no such user${place.join("")}. Correct the id, or take adopt out to create a new user.`,
  );
}

/** Whether the id that `adopt` tells begins with another place than the declared one. */
function isElsewhere(resource: Resource, inputs: Values): boolean {
  const adopt = String(inputs.adopt);
  const place = Object.values(scopeOf(resource, inputs))
    .map((each) => `${String(each)}:`)
    .join("");
  return adopt.includes(":") && !adopt.startsWith(place);
}

function findById(resource: Resource, inputs: Values, directory: Directory): Promise<Wire | undefined> {
  const userId = String(inputs.adopt).split(":").at(-1) as string;
  const fields = fieldsOf(resource, inputs);
  return directory.find({ userId, name: undefined, fields, declaredCount: undefined, fresh: true });
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
