import { declaredNames, decode, decodeAll, decodeDeclared } from "../../core/decode";
import type { Difference } from "../../core/diff";
import { diff } from "../../core/diff";
import type { Directory } from "../../core/directory";
import { faultKind } from "../../core/fault";
import { findRequest } from "../../core/findRequest";
import { inDeclaredForm } from "../../core/forms";
import { nameOf, scopeOf } from "../../core/identity";
import type { Resource } from "../../core/resource";
import { rowsOf, secretNames } from "../../core/resource";
import type { ResourceState } from "../../core/state";
import { declaredBefore, stateOf, stored, withForms } from "../../core/state";
import { isSame, pick } from "../../core/values";
import type { Values, Wire } from "../../core/wire";

/** A read of a user of a state. */
export interface ReadRequest {
  state: ResourceState;
  directory: Directory;
  /** How many users of the directory the program declares, rounded down to a power of two. */
  declaredCount?: number | undefined;
  /** The attributes that the program keeps secret, besides those that always are. */
  secrets?: readonly string[] | undefined;
}

/** What a read returns: the user as the API shows it, its values as inputs of a program, and the new state. */
export interface ReadResult {
  user: Wire;
  inputs: Values;
  state: ResourceState;
}

/** Reads a user for a refresh. Secret attributes keep their declared values. Returns nothing when there is no such user. */
export async function read(
  resource: Resource,
  { state, directory, declaredCount, secrets }: ReadRequest,
): Promise<ReadResult | undefined> {
  // What a refresh found missing may have come back, so it is what was declared that is looked for.
  const before = state.imported ? state.values : declaredBefore(state);
  const user = await directory.find(findRequest(resource, { state, declaredCount }));
  if (!user) return undefined;
  const options = pick(state.values, Object.keys(resource.options));
  // The engine encrypts the declared value; another value in its place might be stored in plain text.
  const kept = pick(before, secretNames(resource, secrets));
  const live = inDeclaredForm(decode(resource, user, before, state.notReturned), before, state.forms);
  const inputs = { ...live, ...kept, ...options };
  const drifted = declaredNames(resource, before).filter((name) => !isSame(before[name], inputs[name]));
  const held = {
    ...stateOf(resource, state.id, inputs, state.notReturned),
    ...withForms(state.forms),
    claim: state.claim,
  };
  if (state.imported) return { user, inputs, state: { ...held, imported: true } };
  return { user, inputs, state: { ...held, drifted: pick(before, drifted) } };
}

/** Every attribute that the API shows of the user with this id. Returns nothing when there is no such user. */
export async function readAll(
  resource: Resource,
  id: string,
  directory: Directory,
): Promise<Values | undefined> {
  const user = await findWhole(resource, id, directory);
  return user && decodeAll(resource, user);
}

/** Reads a user that no program declares yet, unless `known` shows it whole: its inputs are what a program has to declare to get it. */
export async function readDeclared(
  resource: Resource,
  id: string,
  directory: Directory,
  known?: Wire,
): Promise<ReadResult | undefined> {
  const user = known ?? (await findWhole(resource, id, directory));
  if (!user) return undefined;
  const inputs = await withoutDefaults(resource, decodeDeclared(resource, user), { id, directory });
  // Another state may hold the user as well, which the engine then deletes.
  return { user, inputs, state: { id, ...stored(inputs), imported: true, claim: "import" } };
}

/** Leaves out what a create would set by itself. All stays where the caller may not ask for that. */
async function withoutDefaults(
  resource: Resource,
  inputs: Values,
  { id, directory }: { id: string; directory: Directory },
): Promise<Values> {
  const { defaults } = resource.create;
  const place = Object.keys(scopeOf(resource, id)).map((field) => nameOf(resource, field));
  const call = defaults?.call(pick(inputs, place));
  if (!defaults || !call) return inputs;
  const answer = await directory.callOnce(call).catch((fault: unknown) => {
    if (faultKind(fault) === "forbidden") return undefined;
    throw fault;
  });
  if (answer === undefined) return inputs;
  const set = defaults.from(answer);
  const isSet = ([name, value]: [string, unknown]) =>
    isSame(value, set[resource.attributes[name]?.field ?? ""]);
  return Object.fromEntries(Object.entries(inputs).filter((entry) => !isSet(entry)));
}

function findWhole(resource: Resource, id: string, directory: Directory): Promise<Wire | undefined> {
  const state = { id, ...stored({}) };
  const fields = rowsOf(resource).map(([, row]) => row.field);
  return directory.find({ ...findRequest(resource, { state }), fields });
}

/** A comparison of a user of a state with the live user. */
export interface LiveDiffRequest extends ReadRequest {
  inputs: Values;
  /** Attributes, or `attribute.key`, whose changes are ignored; "*" for all. */
  ignored: readonly string[];
}

/** Reads the user and returns where it differs from what is declared. Returns nothing when there is no such user. */
export async function diffLive(
  resource: Resource,
  { state, inputs, ignored, directory, declaredCount }: LiveDiffRequest,
): Promise<Difference[] | undefined> {
  const user = await directory.find(findRequest(resource, { state, inputs, declaredCount }));
  return user && diff(resource, { state, inputs, ignored, user });
}
