import { notReturnedNames } from "../decode";
import { diff } from "../diff";
import { idFieldOf } from "../directorySchema";
import { ResourceInitFailed } from "../fault";
import { formsOf } from "../forms";
import type { PlannedCall } from "../plan";
import { planAfterCreate, planUpdate } from "../plan";
import type { Resource } from "../resource";
import type { Values, Wire } from "../wire";
import { idOf, nameOf, scopeOf } from "../identity";
import { secretMark } from "../secrets";
import { showText, showValue } from "../showText";
import type { ResourceState } from "../state";
import { stateOf, stored } from "../state";
import { UserExists } from "../userExists";
import { pick } from "../values";
import { applyCalls } from "./applyCalls";
import { createJournaled } from "./createJournaled";
import type { CreateResult } from "./createOnce";
import type { CreateRequest, Takeover } from "./createRequest";
import { learnForms } from "./learnForms";

/**
 * Creates the user and returns its state. With `adopt`, takes over the user that has its name already; without, only one
 * that the journal knows as made for this resource. Throws `UserExists` when there is another one, and
 * `ResourceInitFailed` when the user was created and a later call failed.
 */
export async function create(resource: Resource, request: CreateRequest): Promise<ResourceState> {
  const { inputs, directory } = request;
  const name = String(inputs[nameOf(resource, resource.nameField)]);
  const existing = inputs.adopt === true ? await directory.findByName(name) : undefined;
  if (existing) return takeOver(resource, request, existing, "adoption");
  const defaults = await defaultsOf(resource, request);
  const result = await createJournaled({ ...request, resource, name, defaults });
  if (result.kind === "resumed") return takeOver(resource, request, result.user, "journal");
  if (result.kind !== "taken") {
    const created = createdUser(resource, request, result);
    await request.journal?.made(idOf(resource, created.user));
    return complete(resource, request, created);
  }
  // With `adopt`, somebody else may have created it between the look for it and the create.
  if (inputs.adopt === true) return takeOver(resource, request, result.user, "adoption");
  throw duplicate(resource, inputs, result);
}

async function defaultsOf(resource: Resource, { inputs, directory }: CreateRequest): Promise<Wire> {
  const { defaults } = resource.create;
  const call = defaults?.call(inputs);
  return defaults && call ? defaults.from(await directory.callOnce(call)) : {};
}

async function takeOver(
  resource: Resource,
  request: CreateRequest,
  user: Wire,
  by: Takeover,
): Promise<ResourceState> {
  const changes = { state: stored({}), inputs: request.inputs, user, ignored: [] };
  const stuck = diff(resource, changes).filter(({ replace }) => replace);
  if (stuck.length > 0) {
    const names = stuck.map(({ path, from, to }) => {
      const declared = show(to);
      // What is secret of the one user is secret of the other.
      const live = declared === secretMark ? secretMark : show(from);
      return `${path} (current: ${live}, declared: ${declared})`;
    });
    throw new Error(
      `The existing ${resource.type} ${showText(idOf(resource, user))} cannot be adopted: ${names.join(", ")} cannot change in place. ` +
        `Declare the current value, or delete the user first.`,
    );
  }
  const claim = await request.takeOver?.(idOf(resource, user), by);
  return complete(resource, request, {
    user,
    shown: undefined,
    calls: planUpdate(resource, changes),
    held: {},
    notReturned: [],
    claim,
  });
}

/** A user that exists, and what is still to be done about it. */
interface CreatedUser {
  user: Wire;
  /** The user as an answer since its creation shows it, where one does. */
  shown: Wire | undefined;
  calls: PlannedCall[];
  /** The values that it has already. */
  held: Values;
  /** The attributes that the account does not return. */
  notReturned: string[];
  /** The mark of a user that is taken over. */
  claim?: string | undefined;
}

function createdUser(
  resource: Resource,
  { inputs }: CreateRequest,
  result: Exclude<CreateResult, { kind: "taken" }>,
): CreatedUser {
  const { held } = result;
  if (result.kind === "found") {
    const { user } = result;
    const notReturned = notReturnedNames(resource, user, held);
    const state = { values: held, notReturned, drifted: {}, forms: formsOf(resource, held, user) };
    const calls = planUpdate(resource, { state, inputs, user, ignored: [] });
    return { user, shown: user, calls, held, notReturned };
  }
  const shown = resource.read.from(result.answer);
  const names = {
    ...scopeOf(resource, inputs),
    [resource.nameField]: inputs[nameOf(resource, resource.nameField)],
  };
  const user = { ...names, ...(shown ?? result.answer) };
  const notReturned = shown ? notReturnedNames(resource, shown, held) : [];
  return { user, shown, calls: planAfterCreate(resource, inputs, user), held, notReturned };
}

/** Sends the calls that complete the user. It exists from here on, so whatever fails leaves it in the state. */
async function complete(
  resource: Resource,
  { inputs, directory }: CreateRequest,
  { user, shown, calls, held, notReturned, claim }: CreatedUser,
): Promise<ResourceState> {
  const id = idOf(resource, user);
  directory.invalidate(String(user[idFieldOf(resource)]));
  const result = await applyCalls(resource, id, calls, directory);
  const unseen = result.user ? notReturnedNames(resource, result.user, inputs) : notReturned;
  const covers = [...Object.keys(held), ...result.covers];
  const written = (values: Values) =>
    learnForms(resource, {
      ...{
        before: { id, ...stored({}) },
        state: { ...stateOf(resource, id, values, unseen), claim },
        ignored: [],
        directory,
      },
      ...{ covers, user, shown: result.user ?? shown },
    });
  if (result.fault === undefined) return written(inputs);
  const done = pick(inputs, [...covers, ...Object.keys(resource.options)]);
  throw new ResourceInitFailed(await written(done), result.fault);
}

function duplicate(
  resource: Resource,
  inputs: Values,
  { user, isLost }: Extract<CreateResult, { kind: "taken" }>,
): UserExists {
  const [id, name] = [idOf(resource, user), String(inputs[nameOf(resource, resource.nameField)])];
  const ignored = Object.keys(resource.options);
  const differences = diff(resource, { state: stored(inputs), inputs, user, ignored });
  const alike =
    differences.length > 0 ? "" : " It matches this declaration, so it may already belong to this stack.";
  const lost = isLost
    ? " The answer to its creation was lost, so this run may have created it; compare it first."
    : "";
  return new UserExists(
    id,
    `The account already has a user named ${showValue(name)} (id ${showText(id)}).${alike}${lost} ` +
      `If the resource was renamed or moved, give it the option aliases: [{ name: "<its name before>" }]. ` +
      `Otherwise set adopt: true to take the user over and update it to what is declared, choose another name, or delete that user.`,
  );
}

function show(value: unknown): string {
  return value === undefined ? "none" : showValue(value);
}
