import { create } from "../core/operations/create";
import type { Takeover } from "../core/operations/createRequest";
import type { Values } from "../core/wire";
import type { ResourceState } from "../core/state";
import { stored } from "../core/state";
import { unknownValue } from "../core/unknown";
import type { ProviderContext } from "./context";
import { directoryOf } from "./context";
import type { Owner } from "./owners";
import { refuseChange } from "./refuseChange";

/** A user that is to be created, or adopted. */
export interface CreateRequest extends Owner {
  inputs: Values;
  /** The attributes that the program keeps secret. */
  secrets: readonly string[];
  /** Whether this is a preview. */
  isPreview: boolean;
}

/** Creates or adopts the user and returns its state; in a preview with an unknown id. */
export async function createUser(context: ProviderContext, request: CreateRequest): Promise<ResourceState> {
  const { resource, urn, inputs } = request;
  refuseChange(context, { resource, previous: undefined, declared: inputs });
  if (request.isPreview) return { id: unknownValue, ...stored(inputs) };
  await context.missing.permitCreate(request, inputs, context.account().brakes);
  const directory = directoryOf(context, resource, inputs, inputs);
  const journal = context.journals.of(request, inputs);
  const takeOver = async (id: string, by: Takeover): Promise<string | undefined> => {
    context.owners().refuseTakeover(request, id);
    return by === "adoption" ? context.claims.take(request, id) : undefined;
  };
  const state = await context
    .owners()
    .create(request, inputs, () => create(resource, { inputs, directory, journal, takeOver }));
  await context.report.notReturned(urn, [], state.notReturned);
  return state;
}
