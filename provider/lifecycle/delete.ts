import { remove } from "./operations/delete";
import { nameOf } from "../core/identity";
import type { ResourceState } from "../core/state";
import type { ProviderContext } from "./context";
import { directoryOf } from "./context";
import type { Owner } from "./owners";
import { named } from "./sentences";

/** A user that is to be deleted, locked or retained, as its `onDelete` says. */
export interface DeleteRequest extends Owner {
  state: ResourceState;
}

/** Deletes a user. If another resource of the run needs it, it stays in the account, and a warning says so. */
export async function deleteUser(context: ProviderContext, request: DeleteRequest): Promise<void> {
  const { urn } = request;
  const state = context.removalOptions.apply(request, request.state);
  context.journals.noteRecorded(request, state.id);
  context.spentAdoptions.note(request, state.id);
  const reason = context.owners().reasonToLeave(request, state);
  if (reason === undefined) await removeUser(context, request, state);
  else await context.report.warning(urn, reason);
  context.claims.leave(request, state.id, state.claim);
}

async function removeUser(context: ProviderContext, request: DeleteRequest, state: ResourceState) {
  const { resource, urn } = request;
  const removal = await remove(resource, {
    state,
    directory: directoryOf(context, resource, state.id, state.values),
    permit: context.removals.permitOf(request, context.account().brakes),
  });
  const user = named(state.values[nameOf(resource, resource.nameField)], state.id);
  if (removal === "locked") await context.report.info(urn, `${user} was locked and stays in the account`);
  if (removal === "retained")
    await context.report.info(urn, `${user} was retained: it stays in the account as it is`);
}
