import { isNamed } from "../core/diff";
import type { Directory } from "../core/directory";
import { findRequest } from "../core/findRequest";
import { type Forms, formsOf, formsOfUnchanged, mayTakeOtherForm } from "../core/forms";
import type { Resource } from "../core/resource";
import { declaredBefore, type ResourceState, withForms } from "../core/state";
import { pick } from "../core/values";
import type { Wire } from "../core/wire";

/** A user that was just written. */
interface Written {
  /** Its state before; without values for a new user. */
  before: ResourceState;
  /** Its state now. */
  state: ResourceState;
  /** The attributes that were written. */
  covers: readonly string[];
  /** The user as the account had it before the write. */
  user: Wire;
  /** The user as the last answer shows it, where one does. */
  shown: Wire | undefined;
  /** Attributes, or `attribute.key`, whose changes are ignored; "*" for all. */
  ignored: readonly string[];
  directory: Directory;
}

/**
 * The state with the forms in which the account keeps what was just written. Where no answer shows the user and a value may
 * well have taken another form, the user is read once more; if that fails, the next update finds out.
 */
export async function learnForms(resource: Resource, written: Written): Promise<ResourceState> {
  const { before, state, covers, user, ignored, directory } = written;
  const values = pick(state.values, covers);
  const look = async (): Promise<Wire | undefined> =>
    mayTakeOtherForm(resource, values, user)
      ? directory.find(findRequest(resource, { state, fresh: true })).catch(() => undefined)
      : undefined;
  const after = written.shown ?? (await look());
  const kept = formsOfUnchanged(before.forms, declaredBefore(before), state.values);
  const found = after === undefined ? {} : formsOf(resource, values, after);
  const old = after === undefined ? kept : without(kept, covers);
  const learned = Object.entries(found).filter(([path]) => !isIgnored(path, ignored));
  return { ...state, ...withForms({ ...old, ...Object.fromEntries(learned) }) };
}

function isIgnored(path: string, ignored: readonly string[]): boolean {
  return isNamed(ignored, { path, attribute: attributeOf(path) });
}

function without(forms: Forms, attributes: readonly string[]): Forms {
  return Object.fromEntries(
    Object.entries(forms).filter(([path]) => !attributes.includes(attributeOf(path))),
  );
}

const attributeOf = (path: string): string => path.split(".", 1)[0] as string;
