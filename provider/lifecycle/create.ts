import type { Adoption } from "./operations/adoption";
import { create } from "./operations/create";
import type { ResourceState } from "../core/state";
import { stored } from "../core/state";
import { unknownValue } from "../core/unknown";
import { UserExists } from "../core/userExists";
import type { ProviderContext } from "./context";
import { directoryOf } from "./context";
import type { PreviewCreateRequest } from "./previewCreate";
import { isSameName, previewCreate, reportAdoption } from "./previewCreate";
import { refuseChange } from "./refuseChange";
import { recreatedAdvice } from "./sentences";

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
    if (adoption === undefined) return undefined;
    await reportAdoption(context, request, { verb: "adopted", adoption });
    return context.claims.take(request, id);
  };
  const isSpent = context.spentAdoptions.isSpent(request, inputs);
  const otherType = context.frontend.otherType(resource.type);
  const state = await context.owners().create(request, inputs, () =>
    create(resource, { inputs, directory, isSpent, journal, otherType, takeOver }).catch((error: unknown) => {
      throw unlessRecreated(context, request, error);
    }),
  );
  context.look.noteMade(request);
  await context.report.notReturned(urn, [], state.notReturned);
  return state;
}

/** The error of a user who was made under the name of this resource's own one, which is gone. */
function unlessRecreated({ look }: ProviderContext, request: CreateRequest, error: unknown): unknown {
  const [id, gone] = [(error as Partial<UserExists>).existingId, look.gone(request)];
  if (id === undefined || gone === undefined || !isSameName(request, gone)) return error;
  return new UserExists(id, `The user of this resource was ${recreatedAdvice(id, request.inputs.adopt)}.`);
}
