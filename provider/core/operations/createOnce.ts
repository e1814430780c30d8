import { randomUUID } from "node:crypto";
import { idFieldOf } from "../directorySchema";
import { faultKind, ResourceInitFailed } from "../fault";
import { deriveToken, openNames } from "../idempotencyToken";
import { planCreate } from "../plan";
import type { Resource } from "../resource";
import type { Values, Wire } from "../wire";
import { idOf, scopeOf } from "../identity";
import { stateOf } from "../state";
import { pick } from "../values";
import type { CreateRequest } from "./createRequest";
import { differs, isMadeThen, isOurs } from "./isOurs";

const tries = 3;

/** A user that is to be made exactly once, even when answers are lost or the process is killed. */
export interface Creation extends CreateRequest {
  resource: Resource;
  /** The unique name of the user. */
  name: string;
  /** Parameters that the API demands and the program left open. */
  defaults: Wire;
  /** Whether a look just before had found the name free; undefined without such a look. */
  nameWasFree?: boolean | undefined;
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
      const isRepeatable = resource.create.idempotencyToken !== undefined;
      if (user && isLost && isOurs({ ...creation, sent: held, from: began, isRepeatable }, user))
        return { kind: "found", user, held };
      if (user) return { kind: "taken", user, isLost };
      if (!isLost || attempt === tries) throw fault;
      continue;
    }
    return isDerived ? confirm(creation, held, answer, began) : { kind: "answered", answer, held };
  }
}

/** Looks for the user of a call that got no answer. */
async function lookForLost(creation: Creation): Promise<Wire | undefined> {
  const { resource, directory, name } = creation;
  try {
    return await directory.findNewByName(name);
  } catch (fault) {
    throw new Error(
      `The user may have been created: the answer of ${resource.create.action} was lost, and looking for the user failed too. ` +
        `It is not in the state. Run pulumi up again: ${whatUpDoes(creation)} ${(fault as Error).message}`,
      { cause: fault },
    );
  }
}

/** What the next run does about a user that may have been created. */
function whatUpDoes({ resource, urn, journal }: Creation): string {
  if (resource.create.idempotencyToken !== undefined && urn !== undefined)
    return "it sends the same call with the same token, which creates no second user and returns the existing one.";
  if (journal)
    return "it takes over the user that this call has created, or creates it; nothing is created twice.";
  return (
    "it creates the user if there is none, and otherwise fails with its id; nothing is created twice. " +
    "Then set adopt: true to take the user over, or delete it first."
  );
}

/** Looks for the user that a call was refused for; it may have been made just now, by somebody else or by a run before. */
async function lookForOther(
  { inputs, directory, name, journal }: Creation,
  refusal: unknown,
): Promise<Wire | undefined> {
  const mayBeNew = inputs.adopt === true || journal?.earlier !== undefined;
  const look = mayBeNew ? directory.findNewByName(name) : directory.findByName(name);
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
    const isMade = user && (user[resource.nameField] === name || isMadeThen(resource, { from: began }, user));
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
