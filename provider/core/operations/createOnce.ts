import { randomUUID } from "node:crypto";
import { declaredNames, liveValue } from "../decode";
import { diff } from "../diff";
import { idFieldOf } from "../directorySchema";
import { faultKind, ResourceInitFailed } from "../fault";
import { deriveToken, openNames } from "../idempotencyToken";
import { planCreate } from "../plan";
import type { Resource } from "../resource";
import type { Values, Wire } from "../wire";
import { idOf, scopeOf } from "../identity";
import { rowsOf } from "../resource";
import { stateOf } from "../state";
import { pick } from "../values";
import type { CreateRequest } from "./createRequest";

/** How far a server's clock may be behind ours when a user's time of creation tells whether it is the one just made. */
const clockSkewMs = 60_000;
const tries = 3;

/** A user that is to be made exactly once, even when answers are lost or the process is killed. */
interface Creation extends CreateRequest {
  resource: Resource;
  /** The unique name of the user. */
  name: string;
  /** Parameters that the API demands and the program left open. */
  defaults: Wire;
}

/** What came of a create; `held` are the values that the user was made with. */
export type CreateResult =
  /** The API has answered with the new user, or with its names alone. */
  | { kind: "answered"; answer: Wire; held: Values }
  /** The user was read: one that this call, or an earlier one for the same resource, has made. */
  | { kind: "found"; user: Wire; held: Values }
  /** A user of that name exists, and nothing shows that it is the program's; `isLost` when an answer was lost before. */
  | { kind: "taken"; user: Wire; isLost: boolean };

/** Creates exactly one user. Where the API knows a token, a run that was killed is repeated under the same one. */
export async function createOnce(creation: Creation): Promise<CreateResult> {
  const derived = creation.resource.create.idempotencyToken === undefined ? undefined : deriveToken(creation);
  const created = derived === undefined ? undefined : await createWith(creation, derived, true);
  // A random token is never answered with a user of before.
  return created ?? ((await createWith(creation, randomUUID(), false)) as CreateResult);
}

/** Nothing when the token has been used before, for a user that is gone or another one by now. */
async function createWith(
  creation: Creation,
  token: string,
  isDerived: boolean,
): Promise<CreateResult | undefined> {
  const { resource, inputs, defaults, directory } = creation;
  const began = Date.now();
  const { covers, ...call } = planCreate(resource, inputs, defaults, token);
  const held = pick(inputs, covers);
  let isLost = false;
  for (let attempt = 1; ; attempt++) {
    let answer: Wire;
    try {
      answer = await directory.call(call);
    } catch (fault) {
      const kind = faultKind(fault);
      if (kind === "tokenReused" && isDerived) return madeBefore(creation, held);
      if (kind !== "unavailable" && kind !== "conflict") throw fault;
      isLost ||= kind === "unavailable";
      const user = await (isLost ? lookForLost(creation) : lookForOther(creation, fault));
      if (user && isLost && isOurs(creation, held, user, began)) return { kind: "found", user, held };
      if (user) return { kind: "taken", user, isLost };
      if (!isLost || attempt === tries) throw fault;
      continue;
    }
    return isDerived ? confirm(creation, held, answer, began) : { kind: "answered", answer, held };
  }
}

/** Looks for the user of a call that got no answer. */
async function lookForLost({ resource, directory, name, urn }: Creation): Promise<Wire | undefined> {
  try {
    return await directory.findNewByName(name);
  } catch (fault) {
    const { idempotencyToken: token } = resource.create;
    const isRepeatable = token !== undefined && urn !== undefined;
    const next = isRepeatable
      ? "Run pulumi up again: it sends the same call with the same token, which creates no second user and returns the existing one."
      : `Run pulumi up again: it creates the user if there is none, and otherwise fails with its id; nothing is created twice. ` +
        `Then set adopt: true to take the user over, or delete it first.`;
    throw new Error(
      `The user may have been created: the answer of ${resource.create.action} was lost, and looking for the user failed too. ` +
        `It is not in the state. ${next} ${(fault as Error).message}`,
      { cause: fault },
    );
  }
}

/** Looks for the user that a call was refused for; with `adopt`, one that somebody else has just made. */
async function lookForOther(
  { inputs, directory, name }: Creation,
  refusal: unknown,
): Promise<Wire | undefined> {
  const look = inputs.adopt === true ? directory.findNewByName(name) : directory.findByName(name);
  return look.catch(() => {
    throw refusal;
  });
}

/** Reads the user that a derived token was answered with, since it may be an answer of before. */
async function confirm(
  { resource, inputs, directory, name }: Creation,
  held: Values,
  answer: Wire,
  began: number,
): Promise<CreateResult | undefined> {
  const names = { ...scopeOf(resource, inputs), ...answer };
  const userId = String(answer[idFieldOf(resource)]);
  try {
    const user = await directory.find({ userId, name, fields: [], declaredCount: undefined, fresh: true });
    const isMade = user && (user[resource.nameField] === name || isNew(resource, user, began));
    return isMade ? { kind: "found", user, held } : undefined;
  } catch (fault) {
    const done = { ...held, ...pick(inputs, Object.keys(resource.options)) };
    throw new ResourceInitFailed(stateOf(resource, idOf(resource, names), done, []), fault);
  }
}

/** The user that an earlier call of the same token has made with other secrets; those are not held. */
async function madeBefore(creation: Creation, held: Values): Promise<CreateResult | undefined> {
  const { resource, directory, name } = creation;
  const user = await directory.findByName(name);
  const open = pick(held, openNames(resource, held, creation.secrets));
  return user && !differs(resource, open, user) ? { kind: "found", user, held: open } : undefined;
}

/** Whether a user that turned up after a lost answer is the one that the call made: as sent, nothing besides, just created. */
function isOurs({ resource, name }: Creation, sent: Values, user: Wire, began: number): boolean {
  // A repeatable call has been answered by its token already; others' texts would not be on a user of ours.
  const isBare =
    resource.create.idempotencyToken !== undefined || othersTexts(resource, sent, user, name).length === 0;
  return isNew(resource, user, began) && isBare && !differs(resource, sent, user);
}

function isNew(resource: Resource, user: Wire, began: number): boolean {
  const created = resource.createdAtField === undefined ? undefined : user[resource.createdAtField];
  if (created === undefined) return true;
  const isMoment = typeof created === "string" || typeof created === "number";
  return isMoment && new Date(created).getTime() >= began - clockSkewMs;
}

function differs(resource: Resource, sent: Values, user: Wire): boolean {
  const state = { values: sent, notReturned: declaredNames(resource, sent), drifted: {} };
  return diff(resource, { state, inputs: sent, user, ignored: [] }).length > 0;
}

/** What a user has in texts that were not sent; a new one has none, or its name for one. */
function othersTexts(resource: Resource, sent: Values, user: Wire, name: string): unknown[] {
  return rowsOf(resource)
    .filter(([attribute, row]) => !Object.hasOwn(sent, attribute) && row.create)
    .map(([, row]) => ({ live: liveValue(row, user, undefined), unset: [name, row.clear] }))
    .filter(({ live, unset }) => typeof live === "string" && !unset.includes(live))
    .map(({ live }) => live);
}
