import { declaredNames, liveValue } from "../../core/decode";
import { diff } from "../../core/diff";
import { formsOf } from "../../core/forms";
import { type Resource, rowsOf } from "../../core/resource";
import { isSame } from "../../core/values";
import type { Values, Wire } from "../../core/wire";

/** How far a server's clock may differ from ours when a user's time of creation tells whether it is the one just made. */
const clockSkewMs = 60_000;

/** When a create may have been carried out, in milliseconds since 1970; without `until`, up to now. */
interface Period {
  from: number;
  until?: number;
  /** Whether a look just before had found the name free; undefined without such a look. */
  nameWasFree?: boolean | undefined;
}

/** A create that got no answer. */
interface LostCreate extends Period {
  resource: Resource;
  /** The unique name of the user. */
  name: string;
  /** The attributes that went with the call. */
  sent: Values;
  /** Parameters that the API demands and the program left open. */
  defaults: Wire;
}

/** Whether a user that turned up after a lost answer is the one that the call made: made then, with the values that were sent and no others. */
export function isOurs(lost: LostCreate, user: Wire): boolean {
  const { resource, sent } = lost;
  return isMadeThen(resource, lost, user) && isUntouched(lost, user) && !differs(resource, sent, user);
}

/** Whether the user was made in that period; where the API does not tell, whether its name was not taken before. */
export function isMadeThen(
  { createdAtField }: Resource,
  { from, until = Infinity, nameWasFree = true }: Period,
  user: Wire,
): boolean {
  const created = createdAtField === undefined ? undefined : user[createdAtField];
  if (created === undefined) return nameWasFree;
  if (typeof created !== "string" && typeof created !== "number") return false;
  const at = new Date(created).getTime();
  return at >= from - clockSkewMs && at <= until + clockSkewMs;
}

/** Whether the user has other values than these. */
export function differs(resource: Resource, values: Values, user: Wire): boolean {
  const notReturned = declaredNames(resource, values);
  const state = { values, notReturned, drifted: {}, forms: formsOf(resource, values, user) };
  return diff(resource, { state, inputs: values, user, ignored: [] }).length > 0;
}

/** Whether the user has no text that was not sent, but its name or a default, and is in the state of a new user: not locked, not disabled. */
function isUntouched({ resource, sent, name, defaults }: LostCreate, user: Wire): boolean {
  return rowsOf(resource)
    .filter(([attribute]) => !Object.hasOwn(sent, attribute))
    .every(([, row]) => {
      const live = liveValue(row, user, undefined);
      if (!row.create) return !("clear" in row) || live === undefined || isSame(live, row.clear);
      const usual = [name, row.clear, row.serverDefault?.(user), defaults[row.field]];
      return typeof live !== "string" || usual.includes(live);
    });
}
