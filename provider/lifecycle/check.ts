import { check, checkChange, type Checked, checkValues } from "../core/check";
import type { Directory } from "../core/directory";
import { type Values, type Wire } from "../core/wire";
import { faultKind } from "../core/fault";
import { nameAttributeOf, scopeOf } from "../core/identity";
import { isUnknown } from "../core/unknown";
import { directoryOf, type ProviderContext } from "./context";
import type { Owner } from "./owners";
import { previewCreate, type PreviewCreateRequest } from "./creation/previewCreate";
import type { Resource } from "../core/resource";

/** What the program declares, to be checked. */
export interface CheckRequest extends Owner {
  /** What was declared before; absent for a user that is to be created. */
  previous: Values | undefined;
  inputs: Values;
  /** The attributes whose change replaces the user, by the option `replaceOnChanges`. */
  replaceOnChanges: readonly string[];
  /** The unique names of users that are compared soon after this one and take a Get each, where that is known. */
  next?: readonly string[] | undefined;
  /** The attributes that are certainly not secret, whose wrong values are shown. */
  shown: readonly string[];
  /** What the program knows to be wrong with other users. The engine shows it only with a failure of this one. */
  alsoWrong?: readonly string[] | undefined;
  /** In a preview in which the engine asks for no creates: what the preview of one needs besides. */
  preview?: Pick<PreviewCreateRequest, "secrets" | "declaredCount"> | undefined;
}

/**
 * Checks declared values, and where the rules need an answer of the account once more with that answer: only when all
 * else is right, and not while a value in the question is unknown. Where the caller may not ask, the rules do without.
 */
export async function checkInputs(context: ProviderContext, request: CheckRequest): Promise<Checked> {
  const { resource, previous, inputs, replaceOnChanges, shown } = request;
  context.owners().noteDeclared(request);
  context.removalOptions.note(request, inputs);
  if (previous === undefined) context.owners().noteLeft(request);
  context.undeclared.delete(request.urn);
  announce(context, request);
  const judge = (fact?: Wire): Checked =>
    context.frontend.previewsWrites
      ? checkValues(resource, inputs, { prefetched: fact, shown })
      : check(resource, { previous, declared: inputs, replaceOnChanges, prefetched: fact, shown });
  const checked = await judgeByAccount(context, request, judge);
  if (checked.failures.length > 0) return withOthers(checked, request.alsoWrong);
  const { inputs: declared } = checked;
  if (previous !== undefined) noteRecorded(context, request, previous);
  const directory = (): Directory => directoryOf(context, resource, declared, declared);
  const failures = context.names.claim({ ...request, inputs: declared, directory });
  if (failures.length > 0) return { inputs: declared, failures };
  if (request.preview && previous === undefined)
    await previewCreate(context, { ...request, ...request.preview, inputs: declared });
  return checked;
}

function noteRecorded(context: ProviderContext, owner: Owner, previous: Values): void {
  context.look.noteRecorded(owner, previous);
  context.spentAdoptions.note(owner, previous.adopt);
}

/** Judges the values, and where the rules need an answer of the account once more with it. */
async function judgeByAccount(
  context: ProviderContext,
  { resource }: CheckRequest,
  judge: (fact?: Wire) => Checked,
): Promise<Checked> {
  const first = judge();
  if (first.failures.length > 0) return first;
  const call = resource.prefetch?.(first.inputs);
  if (!call || isUnknown(call)) return first;
  const fact = await directoryOf(context, resource, first.inputs, first.inputs)
    .callOnce(call)
    .catch(unlessForbidden);
  return fact ? judge(fact) : first;
}

function withOthers({ inputs, failures }: Checked, alsoWrong: readonly string[] = []): Checked {
  return { inputs, failures: [...failures, ...alsoWrong.map((reason) => ({ property: "", reason }))] };
}

/** Tells the directory which users the engine compares next. */
function announce(context: ProviderContext, { resource, inputs, next }: CheckRequest): void {
  const name = inputs[nameAttributeOf(resource)];
  if (next === undefined || isUnknown([name, scopeOf(resource, inputs)])) return;
  directoryOf(context, resource, inputs, inputs).announce(String(name), next);
}

/** A caller that may not ask is no reason to refuse what the API may well accept: the rule says nothing then. */
function unlessForbidden(error: unknown): undefined {
  if (faultKind(error) !== "forbidden") throw error;
}

/** Throws the failures of a create or update that the API cannot do, where the engine previews those; else `check` told them. */
export function refuseChange(
  { frontend }: ProviderContext,
  { resource, previous, declared }: { resource: Resource; previous: Values | undefined; declared: Values },
): void {
  if (!frontend.previewsWrites) return;
  const failures = checkChange(resource, { previous, declared });
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join(" "));
}
