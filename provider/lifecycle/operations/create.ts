import { notReturnedNames } from "../../core/decode";
import { idFieldOf } from "../../core/directorySchema";
import { ResourceInitFailed } from "../../core/fault";
import { formsOf } from "../../core/forms";
import type { PlannedCall } from "../../core/plan";
import { planAfterCreate, planUpdate } from "../../core/plan";
import type { Resource } from "../../core/resource";
import type { Values, Wire } from "../../core/wire";
import { idOf, nameOf, scopeOf } from "../../core/identity";
import type { ResourceState } from "../../core/state";
import { stateOf, stored } from "../../core/state";
import { UserExists } from "../../core/userExists";
import { pick } from "../../core/values";
import { asksToAdopt, planAdoption, wantedUser } from "./adoption";
import { applyCalls } from "./applyCalls";
import { createJournaled } from "./createJournaled";
import type { CreateResult } from "./createOnce";
import type { CreateRequest } from "./createRequest";
import { learnForms } from "./learnForms";
import { nameTaken } from "./taken";

/**
 * Creates the user and returns its state. With `adopt`, takes over the user that has its name already; without, only one
 * that the journal knows as made for this resource. Throws `UserExists` when there is another one, and
 * `ResourceInitFailed` when the user was created and a later call failed.
 */
export async function create(resource: Resource, request: CreateRequest): Promise<ResourceState> {
  const { inputs, directory } = request;
  const name = String(inputs[nameOf(resource, resource.nameField)]);
  const isAdopting = asksToAdopt(inputs) && !request.isSpent;
  const existing = isAdopting
    ? await wantedUser(resource, request, await directory.findByName(name))
    : undefined;
  if (existing) return adopt(resource, request, existing);
  const defaults = await defaultsOf(resource, request);
  const result = await createJournaled({ ...request, resource, name, defaults });
  if (result.kind === "resumed") return resume(resource, request, result.user);
  if (result.kind !== "taken") {
    const created = createdUser(resource, request, result);
    await request.journal?.made(idOf(resource, created.user));
    return complete(resource, request, created);
  }
  // With `adopt`, somebody else may have created it between the look for it and the create.
  if (inputs.adopt === true) return adopt(resource, request, result.user);
  throw duplicate(resource, request, result);
}

async function defaultsOf(resource: Resource, { inputs, directory }: CreateRequest): Promise<Wire> {
  const { defaults } = resource.create;
  const call = defaults?.call(inputs);
  return defaults && call ? defaults.from(await directory.callOnce(call)) : {};
}

/** Takes over a user that was there before, which keeps what the person may have chosen. */
async function adopt(resource: Resource, request: CreateRequest, user: Wire): Promise<ResourceState> {
  const adoption = planAdoption(resource, request.inputs, user);
  const claim = await request.takeOver?.(adoption.id, adoption);
  const { calls, kept } = adoption;
  const held = pick(request.inputs, kept);
  return complete(resource, request, { user, shown: undefined, calls, held, notReturned: [], claim });
}

/** Goes on with a user that an earlier run has made for this resource. */
async function resume(resource: Resource, request: CreateRequest, user: Wire): Promise<ResourceState> {
  const { inputs } = request;
  const { id } = planAdoption(resource, inputs, user);
  await request.takeOver?.(id, undefined);
  const calls = planUpdate(resource, { state: stored({}), inputs, user, ignored: [] });
  return complete(resource, request, { user, shown: undefined, calls, held: {}, notReturned: [] });
}

/** A user that exists, and what is still to be done about it. */
interface CreatedUser {
  user: Wire;
  /** The user as an answer since its creation shows it, where one does. */
  shown: Wire | undefined;
  calls: PlannedCall[];
  /** The values that it has already. */
  held: Values;
  /** The attributes that the account does not return. */
  notReturned: string[];
  /** The mark of a user that is taken over. */
  claim?: string | undefined;
}

function createdUser(
  resource: Resource,
  { inputs }: CreateRequest,
  result: Exclude<CreateResult, { kind: "taken" }>,
): CreatedUser {
  const { held } = result;
  if (result.kind === "found") {
    const { user } = result;
    const notReturned = notReturnedNames(resource, user, held);
    const state = { values: held, notReturned, drifted: {}, forms: formsOf(resource, held, user) };
    const calls = planUpdate(resource, { state, inputs, user, ignored: [] });
    return { user, shown: user, calls, held, notReturned };
  }
  const shown = resource.read.from(result.answer);
  const names = {
    ...scopeOf(resource, inputs),
    [resource.nameField]: inputs[nameOf(resource, resource.nameField)],
  };
  const user = { ...names, ...(shown ?? result.answer) };
  const notReturned = shown ? notReturnedNames(resource, shown, held) : [];
  return { user, shown, calls: planAfterCreate(resource, inputs, user), held, notReturned };
}

/** Sends the calls that complete the user. It exists from here on, so whatever fails leaves it in the state. */
async function complete(
  resource: Resource,
  { inputs, directory }: CreateRequest,
  { user, shown, calls, held, notReturned, claim }: CreatedUser,
): Promise<ResourceState> {
  const id = idOf(resource, user);
  directory.invalidate(String(user[idFieldOf(resource)]));
  const result = await applyCalls(resource, id, calls, directory);
  const unseen = result.user ? notReturnedNames(resource, result.user, inputs) : notReturned;
  const covers = [...Object.keys(held), ...result.covers];
  const written = (values: Values) =>
    learnForms(resource, {
      ...{
        before: { id, ...stored({}) },
        state: { ...stateOf(resource, id, values, unseen), claim },
        ignored: [],
        directory,
      },
      ...{ covers, user, shown: result.user ?? shown },
    });
  if (result.fault === undefined) return written(inputs);
  const done = pick(inputs, [...covers, ...Object.keys(resource.options)]);
  throw new ResourceInitFailed(await written(done), result.fault);
}

function duplicate(
  resource: Resource,
  { inputs, otherType }: CreateRequest,
  { user, isLost }: Extract<CreateResult, { kind: "taken" }>,
): UserExists {
  const lost = isLost
    ? " The answer to its creation was lost, so this run may have created it; compare it first."
    : "";
  return new UserExists(idOf(resource, user), `${nameTaken(resource, { inputs, user, otherType })}${lost}`);
}
