import { type Adoption, asksToAdopt, planAdoption, wantedUser } from "./creation/adoption";
import { type ResourceState, stateOf, stored } from "../core/state";
import { unknownValue } from "../core/unknown";
import { UserExists } from "../core/userExists";
import { directoryOf, type ProviderContext } from "./context";
import {
  isSameName,
  previewCreate,
  type PreviewCreateRequest,
  reportAdoption,
} from "./creation/previewCreate";
import { refuseChange } from "./check";
import { recreatedAdvice } from "./report/sentences";
import { notReturnedNames } from "../core/decode";
import { idFieldOf } from "../core/directorySchema";
import { ResourceInitFailed } from "../core/fault";
import { formsOf } from "../core/forms";
import { planAfterCreate, type PlannedCall, planUpdate } from "../core/plan";
import type { Resource } from "../core/resource";
import type { Values, Wire } from "../core/wire";
import { idOf, nameAttributeOf, scopeOf } from "../core/identity";
import { pick } from "../core/values";
import { applyCalls } from "./applyCalls";
import { createJournaled, type Resumed } from "./creation/createJournaled";
import type { CreateOptions, CreateResult } from "./creation/createOnce";
import { learnForms } from "./learnForms";
import { nameTaken } from "./creation/taken";

/** A user that is to be created, or adopted. */
export interface CreateRequest extends PreviewCreateRequest {
  /** Whether this is a preview. */
  isPreview: boolean;
}

/** Creates or adopts the user and returns its state; in a preview with an unknown id. */
export async function createUser(context: ProviderContext, request: CreateRequest): Promise<ResourceState> {
  const { resource, urn, inputs } = request;
  refuseChange(context, { resource, previous: undefined, declared: inputs });
  if (request.isPreview) {
    await previewCreate(context, request);
    return { id: unknownValue, ...stored(inputs) };
  }
  await context.missing.permitCreate(request, inputs, context.account().brakes);
  const gone = context.look.gone(request);
  if (gone?.isTold === false) await context.report.missing(urn, gone.name, { id: gone.id });
  const directory = directoryOf(context, resource, inputs, inputs);
  const journal = context.journals.of(request, inputs);
  const takeOver = async (id: string, adoption: Adoption | undefined): Promise<string | undefined> => {
    context.owners().refuseTakeover(request, id);
    if (adoption === undefined) context.owners().refuseMoved(request, id);
    else await reportAdoption(context, request, { verb: "adopted", adoption });
    return context.claims.take(request, id);
  };
  const isSpent = context.spentAdoptions.isSpent(request, inputs);
  const otherType = context.frontend.otherType(resource.type);
  const holderOf = (id: string): string | undefined => context.owners().knownHolder(request, id);
  const state = await context.owners().create(request, inputs, () =>
    create(resource, { inputs, directory, isSpent, journal, otherType, holderOf, takeOver }).catch(
      (error: unknown) => {
        throw unlessRecreated(context, request, error);
      },
    ),
  );
  context.look.noteMade(request);
  if (!context.missing.hasSeen()) await context.adviseOnAccount();
  await context.report.notReturned(urn, [], state.notReturned);
  return state;
}

/** The error of a user who was made under the name of this resource's own one, which is gone. */
function unlessRecreated({ look }: ProviderContext, request: CreateRequest, error: unknown): unknown {
  const id = (error as Partial<UserExists>).existingId;
  const gone = look.gone(request);
  if (id === undefined || gone === undefined || !isSameName(request, gone)) return error;
  return new UserExists(id, `The user of this resource was ${recreatedAdvice(id, request.inputs.adopt)}.`);
}

/**
 * Creates the user and returns its state. With `adopt`, takes over the user that has its name already; without, only one
 * that the journal knows as made for this resource. Throws `UserExists` when there is another one, and
 * `ResourceInitFailed` when the user was created and a later call failed.
 */
export async function create(resource: Resource, request: CreateOptions): Promise<ResourceState> {
  const { inputs, directory } = request;
  const name = String(inputs[nameAttributeOf(resource)]);
  const isAdopting = asksToAdopt(inputs) && !request.isSpent;
  const existing = isAdopting
    ? await wantedUser(resource, request, await directory.findByName(name))
    : undefined;
  if (existing) return adopt(resource, request, existing);
  const defaults = await defaultsOf(resource, request);
  const result = await createJournaled({ ...request, resource, name, defaults });
  if (result.kind === "resumed") return resume(resource, request, result);
  if (result.kind !== "taken") {
    const created = createdUser(resource, request, result);
    await request.journal?.made(idOf(resource, created.user));
    return complete(resource, request, created);
  }
  // With `adopt`, somebody else may have created it between the look for it and the create.
  if (inputs.adopt === true) return adopt(resource, request, result.user);
  throw duplicate(resource, request, result);
}

async function defaultsOf(resource: Resource, { inputs, directory }: CreateOptions): Promise<Wire> {
  const { defaults } = resource.create;
  const call = defaults?.call(inputs);
  return defaults && call ? defaults.from(await directory.callOnce(call)) : {};
}

/** Takes over a user that was there before, which keeps what the person may have chosen. */
async function adopt(resource: Resource, request: CreateOptions, user: Wire): Promise<ResourceState> {
  const adoption = planAdoption(resource, request.inputs, user);
  const claim = await request.takeOver?.(adoption.id, adoption);
  const { calls, kept } = adoption;
  const held = pick(request.inputs, kept);
  return complete(resource, request, { user, shown: undefined, calls, held, notReturned: [], claim });
}

/** Goes on with a user that an earlier run has made for this resource. */
async function resume(
  resource: Resource,
  request: CreateOptions,
  { user, claim }: Resumed,
): Promise<ResourceState> {
  const { inputs } = request;
  planAdoption(resource, inputs, user);
  const calls = planUpdate(resource, { state: stored({}), inputs, user, ignored: [] });
  return complete(resource, request, { user, shown: undefined, calls, held: {}, notReturned: [], claim });
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
  { inputs }: CreateOptions,
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
    [resource.nameField]: inputs[nameAttributeOf(resource)],
  };
  const user = { ...names, ...(shown ?? result.answer) };
  const notReturned = shown ? notReturnedNames(resource, shown, held) : [];
  return { user, shown, calls: planAfterCreate(resource, inputs, user), held, notReturned };
}

/** Sends the calls that complete the user. It exists from here on, so whatever fails leaves it in the state. */
async function complete(
  resource: Resource,
  { inputs, directory }: CreateOptions,
  { user, shown, calls, held, notReturned, claim }: CreatedUser,
): Promise<ResourceState> {
  const id = idOf(resource, user);
  directory.invalidate(String(user[idFieldOf(resource)]));
  const result = await applyCalls(resource, id, calls, directory);
  const unseen = result.user ? notReturnedNames(resource, result.user, inputs) : notReturned;
  const covers = [...Object.keys(held), ...result.covers];
  const written = (values: Values) =>
    learnForms(resource, {
      before: { id, ...stored({}) },
      state: { ...stateOf(resource, id, values, unseen), claim },
      ignored: [],
      directory,
      covers,
      user,
      shown: result.user ?? shown,
    });
  if (result.fault === undefined) return written(inputs);
  const done = pick(inputs, [...covers, ...Object.keys(resource.options)]);
  throw new ResourceInitFailed(await written(done), result.fault);
}

function duplicate(
  resource: Resource,
  { inputs, otherType, holderOf }: CreateOptions,
  { user, isLost }: Extract<CreateResult, { kind: "taken" }>,
): UserExists {
  const lost = isLost
    ? " The answer to its creation was lost, so this run may have created it; compare it first."
    : "";
  const id = idOf(resource, user);
  const taken = nameTaken(resource, { inputs, user, otherType, holder: holderOf?.(id) });
  return new UserExists(id, `${taken}${lost}`);
}
