import type { ReadResult as LiveUser } from "./operations/read";
import { read, readAll, readDeclared } from "./operations/read";
import type { Resource } from "../core/resource";
import type { Values } from "../core/wire";
import { nameOf } from "../core/identity";
import { showText, showValue } from "../core/showText";
import type { ResourceState } from "../core/state";
import type { ProviderContext } from "./context";
import { directoryOf } from "./context";
import type { Owner } from "./owners";

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
  const name = state.values[nameOf(resource, resource.nameField)];
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
  return live && remember(context, resource, live);
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
