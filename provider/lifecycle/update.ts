import { update } from "./operations/update";
import type { Values } from "../core/wire";
import type { ResourceState } from "../core/state";
import { stored } from "../core/state";
import type { ProviderContext } from "./context";
import { directoryOf } from "./context";
import type { Owner } from "./owners";
import { refuseChange } from "./refuseChange";

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
