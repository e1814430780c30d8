/*
 * Exactly one user: the ClientToken of an EIAM create is a new one for each create, so an answer is never about a user of
 * before. The journal of creates holds the token, and a run after a kill repeats the create with it; the user of that answer
 * counts when that create or this call has made it and nobody has changed it since. Otherwise the create is sent with
 * another new token. A RAM or Bastionhost create whose answer was lost is not sent again before a search for the name. A
 * user that is found counts as ours when it has the values that were sent, no others, is not locked, and, where the API
 * tells, was created in that period. The search goes on for a minute. If it fails too, the error says that the user may
 * exist and what the next `up` does.
 */
import { randomUUID } from "node:crypto";
import { idFieldOf } from "../../core/directorySchema";
import { faultKind, ResourceInitFailed } from "../../core/fault";
import { planCreate } from "../../core/plan";
import type { Resource } from "../../core/resource";
import type { Values, Wire } from "../../core/wire";
import { idOf, scopeOf } from "../../core/identity";
import { stateOf } from "../../core/state";
import { pick } from "../../core/values";
import type { Directory } from "../../core/directory";
import type { CreateJournal } from "../journal/createJournal";
import type { Adoption } from "./adoption";
import { isMadeThen, isOurs } from "./isOurs";

const tries = 3;

/** A create: what is declared, and where. */
export interface CreateOptions {
  inputs: Values;
  directory: Directory;
  /** Whether the user whose id `adopt` tells was this resource's own and is no more, so that a new one is created. */
  isSpent?: boolean | undefined;
  /** Where the create is noted, so that a run after a kill knows the user. */
  journal?: CreateJournal | undefined;
  /** The type token of such users in the other frontend, for the error of a name that is taken. */
  otherType?: string | undefined;
  /** Which resource has the user with this id, and what to do then, where that is known; for the same error. */
  holderOf?: ((id: string) => string | undefined) | undefined;
  /**
   * Called before an existing user with this id is taken over: with the adoption, or without one where an earlier run of the
   * resource has made it. Returns the mark of the take-over for the state; throws where another resource needs the user.
   */
  takeOver?: ((id: string, adoption: Adoption | undefined) => Promise<string | undefined>) | undefined;
}

/** A user that is to be made exactly once, even when answers are lost or the process is killed. */
export interface Creation extends CreateOptions {
  resource: Resource;
  /** The unique name of the user. */
  name: string;
  /** Parameters that the API demands and the program left open. */
  defaults: Wire;
  /** Whether a look just before had found the name free; undefined without such a look. */
  nameWasFree?: boolean | undefined;
  /** The idempotency token to send; a new one where it is left out. */
  token?: string | undefined;
  /** An earlier create of the same user whose answer nobody knows; it is repeated first. */
  earlier?: EarlierCreate | undefined;
}

/** A create that an earlier run has sent: its idempotency token, and whether a user is the one that it has made. */
export interface EarlierCreate {
  token: string;
  hasMade: (user: Wire) => boolean;
}

/** What came of a create; `held` are the values that the user was made with. */
export type CreateResult =
  /** The API has answered with the new user, or with its names alone. */
  | { kind: "answered"; answer: Wire; held: Values }
  /** The user was read: one that this call, or an earlier one for the same resource, has made. */
  | { kind: "found"; user: Wire; held: Values }
  /** A user of that name exists, and nothing shows that it is the program's; `isLost` when an answer was lost before. */
  | { kind: "taken"; user: Wire; isLost: boolean };

/**
 * Creates exactly one user. An earlier create without an answer is repeated under its own token, which the API answers with
 * the user that it has made. Every other create has a new token, so that no answer is about a user of before.
 */
export async function createOnce(creation: Creation): Promise<CreateResult> {
  const { earlier, token = randomUUID() } = creation;
  const repeated = earlier && (await createWith(creation, earlier.token, earlier));
  return repeated ?? ((await createWith(creation, token)) as CreateResult);
}

/** Nothing when the token is that of an earlier create, whose user is gone or another one by now. */
async function createWith(
  creation: Creation,
  token: string,
  earlier?: EarlierCreate,
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
      if (kind === "tokenReused" && earlier) return undefined;
      if (kind !== "unavailable" && kind !== "conflict") throw fault;
      isLost ||= kind === "unavailable";
      const user = await (isLost ? lookForLost(creation) : lookForOther(creation, fault));
      if (user && isLost && isOurs({ ...creation, sent: held, from: began }, user))
        return { kind: "found", user, held };
      if (user) return { kind: "taken", user, isLost };
      if (!isLost || attempt === tries) throw fault;
      continue;
    }
    return earlier ? confirm(creation, { earlier, held, answer, began }) : { kind: "answered", answer, held };
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
function whatUpDoes({ journal }: Creation): string {
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

/** An answer to an earlier create's token. */
interface RepeatedAnswer {
  earlier: EarlierCreate;
  held: Values;
  answer: Wire;
  /** When this run sent the call. */
  began: number;
}

/** Reads the user of the answer: nothing unless the earlier create or this call has made it, and nobody has changed it since. */
async function confirm(
  { resource, inputs, directory, name }: Creation,
  { earlier, held, answer, began }: RepeatedAnswer,
): Promise<CreateResult | undefined> {
  const names = { ...scopeOf(resource, inputs), ...answer };
  const userId = String(answer[idFieldOf(resource)]);
  try {
    const user = await directory.find({ userId, name, fields: [], declaredCount: undefined, fresh: true });
    const isMade = user && (earlier.hasMade(user) || isMadeThen(resource, { from: began }, user));
    return isMade ? { kind: "found", user, held } : undefined;
  } catch (fault) {
    const done = { ...held, ...pick(inputs, Object.keys(resource.options)) };
    throw new ResourceInitFailed(stateOf(resource, idOf(resource, names), done, []), fault);
  }
}
