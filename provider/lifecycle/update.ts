import { type Values, type Wire } from "../core/wire";
import { type ResourceState, stateOf, stored } from "../core/state";
import { directoryOf, type ProviderContext } from "./context";
import type { Owner } from "./owners";
import { refuseChange } from "./check";
import { notReturnedNames } from "../core/decode";
import type { Directory } from "../core/directory";
import { faultKind, ResourceInitFailed } from "../core/fault";
import { findRequest } from "../core/findRequest";
import { planUpdate } from "../core/plan";
import type { Resource } from "../core/resource";
import { nameOf } from "../core/identity";
import { showText } from "../core/showText";
import { pick } from "../core/values";
import { applyCalls } from "./applyCalls";
import { learnForms } from "./learnForms";

/** A user that is to be changed in place. */
export interface UpdateRequest extends Owner {
  state: ResourceState;
  /** What was declared before. */
  previous: Values;
  inputs: Values;
  /** The attributes that `ignoreChanges` names. */
  ignored: readonly string[];
  /** Whether this is a preview. */
  isPreview: boolean;
}

/** Brings the user to what is declared and returns its new state. */
export async function updateUser(context: ProviderContext, request: UpdateRequest): Promise<ResourceState> {
  const { resource, urn, state, previous, inputs, ignored } = request;
  refuseChange(context, { resource, previous, declared: inputs });
  if (request.isPreview) return { id: state.id, ...stored(inputs) };
  context.usersRead.delete(resource, state.id);
  const directory = directoryOf(context, resource, state.id, inputs);
  context.journals.noteRecorded(request, state.id);
  const updated = await update(resource, { state, inputs, ignored, directory });
  await context.report.notReturned(urn, state.notReturned, updated.notReturned);
  return updated;
}

/** What to do about a rename to a name that another user has. */
export const swapAdvice =
  "Where that user gives it up in this run, run up once more. Two users that swap names need a third name in between: give one of them another name, run up, then the wanted one.";

/** An update: the user as the state holds it, and what is declared now. */
export interface UpdateOptions {
  state: ResourceState;
  inputs: Values;
  /** Attributes, or `attribute.key`, whose changes are ignored; "*" for all. */
  ignored: readonly string[];
  directory: Directory;
}

/**
 * Brings the live user to what is declared and returns the new state. Sends nothing when nothing differs. Throws
 * `ResourceInitFailed` when a later one of its calls fails.
 */
export async function update(resource: Resource, request: UpdateOptions): Promise<ResourceState> {
  try {
    return await updateOnce(resource, request);
  } catch (error) {
    // A rename whose answer was lost is sent again under the old name; a second read finds it done.
    if (faultKind(error) !== "notFound") throw error;
    return updateOnce(resource, request);
  }
}

async function updateOnce(resource: Resource, request: UpdateOptions): Promise<ResourceState> {
  const { state, inputs, ignored, directory } = request;
  const user = await directory.find(findRequest(resource, { state, inputs, fresh: true }));
  if (!user)
    throw new Error(
      `${resource.type} ${showText(state.id)} was deleted in the account in the meantime. Run pulumi up again to recreate it.`,
    );
  const calls = planUpdate(resource, { state, inputs, user, ignored });
  const result = await applyCalls(resource, state.id, calls, directory);
  const notReturned = result.user ? notReturnedNames(resource, result.user, inputs) : state.notReturned;
  const written = (values: Values) =>
    learnForms(resource, {
      before: state,
      state: { ...stateOf(resource, state.id, values, notReturned), claim: state.claim },
      ignored,
      directory,
      covers: result.covers,
      user,
      shown: result.user,
    });
  if (result.fault === undefined) return written(inputs);
  const fault = withSwapAdvice(resource, request, user, result.fault);
  if (result.covers.length === 0) throw fault;
  // Of an import, only what the program declares is its own from here on.
  const before = state.imported ? pick(state.values, Object.keys(inputs)) : state.values;
  throw new ResourceInitFailed(await written({ ...before, ...pick(inputs, result.covers) }), fault);
}

/** The fault; with the way out where a rename may have met the name of another user. */
function withSwapAdvice(resource: Resource, { inputs }: UpdateOptions, user: Wire, fault: unknown): unknown {
  const { nameField } = resource;
  const isRenamed = inputs[nameOf(resource, nameField)] !== user[nameField];
  if (faultKind(fault) !== "conflict" || !isRenamed) return fault;
  return new Error(`${(fault as Error).message} ${swapAdvice}`, { cause: fault });
}
