import { idOf, nameAttributeOf } from "../../core/identity";
import { nameKeyOf, needsGet } from "../../core/directorySchema";
import { fieldsOf, findRequest } from "../../core/findRequest";
import { type Adoption, asksToAdopt, planAdoption, wantedUser } from "./adoption";
import { nameTaken } from "./taken";
import { showText } from "../../core/showText";
import { stored } from "../../core/state";
import { pick } from "../../core/values";
import type { Values, Wire } from "../../core/wire";
import type { Gone } from "./accountLook";
import { directoryOf, type ProviderContext } from "../context";
import type { Owner } from "../owners";
import { recreatedAdvice, staysLater } from "../report/sentences";

/** A user that `up` is going to create or adopt. */
export interface PreviewCreateRequest extends Owner {
  inputs: Values;
  /** The attributes that the program keeps secret. */
  secrets: readonly string[];
  /** How many users of the directory the program declares, where that is known; see `FindRequest`. */
  declaredCount: number | undefined;
}

/**
 * Says on the resource's row of a preview what its create will meet in the account: the user that it takes over and what
 * it overwrites, or the one that has the name. Throws a sentence where `adopt` tells an id that is not the user's; where the
 * account cannot be looked at, it says nothing.
 */
export async function previewCreate(context: ProviderContext, request: PreviewCreateRequest): Promise<void> {
  const { resource, urn, inputs, declaredCount } = request;
  const { report, look } = context;
  const stays = staysLater(inputs.onDelete);
  if (stays !== undefined) await report.info(urn, stays);
  const gone = look.gone(request);
  const isAdopting = asksToAdopt(inputs) && !context.spentAdoptions.isSpent(request, inputs);
  // The user of the state has the name until it is replaced.
  if (look.isRecorded(request, inputs) && !(gone && isAdopting)) return;
  const asked = {
    resource,
    values: inputs,
    directory: () => directoryOf(context, resource, inputs, inputs),
    declaredCount,
  };
  const user = await look.find(asked);
  const isRecreated = user !== undefined && gone !== undefined && isSameName(request, gone);
  if (gone?.isTold === false) {
    const then = isRecreated ? recreatedAdvice(idOf(resource, user), inputs.adopt) : "it will be recreated";
    await report.missing(urn, gone.name, { id: gone.id, then });
  }
  const wanted =
    isAdopting && look.isPossible(asked)
      ? await wantedUser(resource, { inputs, directory: asked.directory() }, user)
      : undefined;
  if (wanted) return previewAdoption(context, request, wanted);
  if (user && !isRecreated) return report.warning(urn, takenSentence(context, request, user));
  if (user || gone || !isAdopting || !look.isPossible(asked)) return;
  const name = showText(String(inputs[nameAttributeOf(resource)]));
  await report.info(urn, `there is no user ${name}: it will be created`);
}

/** Whether what is declared has the name of the user that is gone. */
export function isSameName(
  { resource, inputs }: Pick<PreviewCreateRequest, "resource" | "inputs">,
  { name }: Gone,
): boolean {
  return nameKeyOf(resource, name) === nameKeyOf(resource, inputs[nameAttributeOf(resource)]);
}

/** The lines about a user that is taken over: who it is, what is overwritten, and what is not sent. */
export async function reportAdoption(
  { report }: ProviderContext,
  { resource, urn, inputs, secrets }: Omit<PreviewCreateRequest, "declaredCount">,
  { verb, adoption }: { verb: "adopts" | "adopted"; adoption: Adoption },
): Promise<void> {
  const { id, differences, kept } = adoption;
  const name = showText(String(inputs[nameAttributeOf(resource)]));
  const same = verb === "adopts" ? ": nothing to change" : ": nothing was changed";
  await report.info(
    urn,
    `${verb} ${name} (id ${showText(id)})${differences.length === 0 ? same : ""}; ` +
      "another stack may manage this user, which then has two owners",
  );
  await report.differences(urn, differences, secrets);
  for (const attribute of kept)
    await report.info(urn, `${attribute}: not sent to an existing user; recorded as declared`);
}

async function previewAdoption(
  context: ProviderContext,
  request: PreviewCreateRequest,
  shown: Wire,
): Promise<void> {
  const { resource, urn, inputs } = request;
  const user = await wholeUser(context, request, shown);
  try {
    context.owners().refuseTakeover(request, idOf(resource, user));
    const adoption = planAdoption(resource, inputs, user);
    await reportAdoption(context, request, { verb: "adopts", adoption });
  } catch (error) {
    await context.report.warning(urn, (error as Error).message);
  }
}

/** The user with the declared fields that the list omits; as it is where those cannot be read. */
async function wholeUser(
  context: ProviderContext,
  { resource, inputs }: PreviewCreateRequest,
  shown: Wire,
): Promise<Wire> {
  if (!needsGet(resource, fieldsOf(resource, inputs))) return shown;
  const state = { id: idOf(resource, shown), ...stored(inputs) };
  const directory = directoryOf(context, resource, inputs, inputs);
  return (await directory.find(findRequest(resource, { state })).catch(() => undefined)) ?? shown;
}

/** Why a create that meets this user fails, judged by the fields that the look has shown. */
function takenSentence(context: ProviderContext, request: PreviewCreateRequest, user: Wire): string {
  const { resource, inputs } = request;
  const shown = Object.keys(inputs).filter((name) => {
    const fields = resource.attributes[name]?.fields ?? [];
    return !needsGet(resource, fields) || fields.some((field) => field in user);
  });
  return nameTaken(resource, {
    inputs: pick(inputs, shown),
    user,
    otherType: context.frontend.otherType(resource.type),
    holder: context.owners().knownHolder(request, idOf(resource, user)),
  });
}
