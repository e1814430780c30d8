/*
 * Imports: the engine's inputs of an import hold all that the account shows, and a mark. Until a program declares the user,
 * none of it counts as declared, so nothing is cleared; from then on the state holds what the program declares. An import of
 * a user that the state has already is refused: the engine would import it once more and then delete it.
 */
import { type Resource, rowsOf, secretNames } from "../core/resource";
import { type Values, type Wire } from "../core/wire";
import { nameAttributeOf, nameOf, scopeOf } from "../core/identity";
import { showText, showValue } from "../core/showText";
import { declaredBefore, type ResourceState, stateOf, stored, withForms } from "../core/state";
import { importMark } from "./journal/claims";
import { directoryOf, type ProviderContext } from "./context";
import type { Owner } from "./owners";
import { declaredNames, decode, decodeAll, decodeDeclared } from "../core/decode";
import type { Directory } from "../core/directory";
import { faultKind } from "../core/fault";
import { findRequest } from "../core/findRequest";
import { inDeclaredForm } from "../core/forms";
import { isSame, pick } from "../core/values";

/** A user of the state that is to be read for a refresh. */
export interface ReadRequest extends Owner {
  state: ResourceState;
  /** The attributes that the program keeps secret. */
  secrets: readonly string[];
  declaredCount: number | undefined;
  /** False for a user that the program only looks up. */
  isManaged: boolean;
}

/** What a read found: the state, and the inputs that a program would have declared for it. */
export interface ReadResult {
  state: ResourceState;
  inputs: Values;
}

/** Reads a user of the state; nothing when the account has none. */
export async function readUser(
  context: ProviderContext,
  request: ReadRequest,
): Promise<ReadResult | undefined> {
  const { resource, urn, state, declaredCount, secrets } = request;
  const { id } = state;
  const directory = directoryOf(context, resource, id, state.values);
  context.journals.noteRecorded(request, id);
  context.undeclared.add(urn);
  const live = await read(resource, { state, directory, declaredCount, secrets });
  await context.missing.noteCompared(urn, live === undefined, declaredCount);
  if (live) {
    if (request.isManaged) context.owners().noteRead(request, state);
    return remember(context, resource, live);
  }
  // Whether the program still declares the user is known by the create that follows then, which says that it is gone.
  const name = state.values[nameAttributeOf(resource)];
  context.spentAdoptions.note(request, id);
  context.look.noteGone(request, { id, name, isTold: false });
  return undefined;
}

/** A user that is to be imported, or only looked up. */
export interface ImportRequest extends Owner {
  id: string;
  /** What the program, or the command, calls it by: its id or its name. */
  givenId: string;
}

/**
 * Reads a user that no program has declared yet; its inputs are what a program has to declare for it. Throws a sentence where the
 * resource has this user already: the engine would import it in place of itself, and then delete it.
 */
export async function importUser(
  context: ProviderContext,
  request: ImportRequest,
): Promise<ReadResult | undefined> {
  const { resource, id, givenId } = request;
  if (context.owners().hasRead(request, id))
    throw new Error(
      `${resource.type} ${showValue(givenId)} (id ${showText(id)}) is in the state already. ` +
        "Take the option import out of the program; it has done its work.",
    );
  const live = await readDeclared(resource, id, directoryOf(context, resource, id, {}));
  if (!live) return undefined;
  // Another state may hold the user as well, which the engine then deletes.
  const state = { ...live.state, claim: importMark(request.urn, id) };
  return remember(context, resource, { ...live, state });
}

/** Every attribute of a user that the program reads and does not manage. Throws a sentence when there is none. */
export async function readUnmanaged(
  context: ProviderContext,
  { resource, state: { id, values } }: { resource: Resource; state: ResourceState },
): Promise<Values> {
  const found = await readAll(resource, id, directoryOf(context, resource, id, values));
  if (!found) throw new Error(`There is no ${resource.type} with the id ${showText(id)}.`);
  return found;
}

function remember(
  { frontend, usersRead }: ProviderContext,
  resource: Resource,
  { user, inputs, state }: LiveUser,
): ReadResult {
  if (frontend.readsBeforeDiff) usersRead.set(resource, state.id, user);
  return { state, inputs };
}

/** A read of a user of a state. */
export interface ReadOptions {
  state: ResourceState;
  directory: Directory;
  /** How many users of the directory the program declares, rounded down to a power of two. */
  declaredCount?: number | undefined;
  /** The attributes that the program keeps secret, besides those that always are. */
  secrets?: readonly string[] | undefined;
}

/** What a read returns: the user as the API shows it, its values as inputs of a program, and the new state. */
export interface LiveUser {
  user: Wire;
  inputs: Values;
  state: ResourceState;
}

/** Reads a user for a refresh. Secret attributes keep their declared values. Returns nothing when there is no such user. */
export async function read(
  resource: Resource,
  { state, directory, declaredCount, secrets }: ReadOptions,
): Promise<LiveUser | undefined> {
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
): Promise<LiveUser | undefined> {
  const user = known ?? (await findWhole(resource, id, directory));
  if (!user) return undefined;
  const inputs = await withoutDefaults(resource, decodeDeclared(resource, user), { id, directory });
  return { user, inputs, state: { id, ...stored(inputs), imported: true } };
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
