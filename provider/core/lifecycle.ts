import { declaredNames, decode, decodeAll, decodeDeclared, unreadNames, wiresOf } from "./decode";
import type { Difference } from "./diff";
import { diff } from "./diff";
import type { Directory, Wanted } from "./directory";
import { kindOf } from "./directory";
import { PartlyDone } from "./partlyDone";
import type { Step } from "./plan";
import { planUpdate } from "./plan";
import type { Attribute, Resource, Values, Wire } from "./resource";
import { identityOf, nameOf, rowsOf, secretNames } from "./resource";
import { isSame } from "./codecs";
import { showText } from "./showText";
import { pack, unpack, unpackHidden } from "./state";

/** A user between two runs: its id, and the outputs of the last create, update or read. */
export interface Known {
  id: string;
  outputs: Values;
  /** The attributes that the program keeps secret, besides those that are secret by their nature. */
  secrets?: readonly string[];
}

/** The declared user beside the live one: gone, or where they differ. */
export async function inspect(
  resource: Resource,
  known: Known,
  desired: Values,
  ignored: readonly string[],
  directory: Directory,
): Promise<{ gone: boolean; differences: Difference[] }> {
  const user = await directory.find(wanted(resource, known, desired, false));
  if (!user) return { gone: true, differences: [] };
  return { gone: false, differences: compare(resource, known, desired, ignored, user) };
}

/** The same for a live user that is known already. */
export function compare(
  resource: Resource,
  known: Known,
  desired: Values,
  ignored: readonly string[],
  user: Wire,
): Difference[] {
  return diff(resource, comparison(known, desired, user, ignored));
}

/** Brings the live user to what is declared and returns the new outputs. Sends nothing when it is there already. */
export async function update(
  resource: Resource,
  known: Known,
  desired: Values,
  ignored: readonly string[],
  directory: Directory,
): Promise<Values> {
  const replan = () => updateOnce(resource, known, desired, ignored, directory);
  try {
    return await replan();
  } catch (error) {
    // A rename whose answer was lost is sent again under the old name; a second look finds it done.
    if (kindOf(error) !== "notFound") throw error;
    return replan();
  }
}

async function updateOnce(
  resource: Resource,
  known: Known,
  desired: Values,
  ignored: readonly string[],
  directory: Directory,
): Promise<Values> {
  const user = await directory.find(wanted(resource, known, desired, true));
  if (!user)
    throw new Error(
      `${resource.type} ${showText(known.id)} was deleted in the account meanwhile. Run "pulumi up" again to make it anew.`,
    );
  const steps = planUpdate(resource, comparison(known, desired, user, ignored));
  const sent = await sendAll(resource, known.id, steps, directory);
  const echo = sent.echo ? unreadNames(resource, sent.echo, desired) : unreadOf(known.outputs);
  if (sent.fault === undefined) return outputsOf(resource, desired, echo);
  if (sent.covers.length === 0) throw sent.fault;
  const held = { ...declaredOf(resource, known.outputs), ...pick(desired, sent.covers) };
  throw new PartlyDone(known.id, outputsOf(resource, held, echo), sent.fault);
}

/** What became of a row of steps: what they brought about, the user as the last answer showed it, the fault that ended them. */
export interface Sent {
  covers: string[];
  echo: Wire | undefined;
  fault: unknown;
}

/** Sends planned calls in order and stops at the first fault, which it returns. */
export async function sendAll(
  resource: Resource,
  id: string,
  steps: Step[],
  directory: Directory,
): Promise<Sent> {
  const sent: Sent = { covers: [], echo: undefined, fault: undefined };
  const userId = userIdOf(resource, id);
  for (const { covers, ...call } of steps) {
    try {
      const answer = await directory.call(call);
      sent.echo = (answer.User as Wire | undefined) ?? sent.echo;
      sent.covers.push(...covers);
    } catch (fault) {
      return { ...sent, fault };
    } finally {
      directory.wrote(userId);
    }
  }
  return sent;
}

/** What a read tells: the live user, and its values as inputs and outputs of a refresh. */
export interface Reading {
  user: Wire;
  inputs: Values;
  outputs: Values;
}

/** Reads a user for a refresh, in which secret attributes stay as declared; nothing when it is gone. */
export async function read(
  resource: Resource,
  known: Known,
  directory: Directory,
): Promise<Reading | undefined> {
  // What a refresh found missing may have come back, so it is what was declared that is looked for.
  const before = previousOf(known.outputs);
  const user = await directory.find(wanted(resource, known, before, false));
  if (!user) return undefined;
  const unread = unreadOf(known.outputs);
  const options = pick(known.outputs, Object.keys(resource.options));
  // What the engine knows to be secret is what was declared; another value in its place might come to lie in plain text.
  const kept = pick(before, secretNames(resource, known.secrets));
  const inputs = { ...decode(resource, user, before, unread), ...kept, ...options };
  const drifted = declaredNames(resource, before).filter((name) => !isSame(before[name], inputs[name]));
  const state = {
    values: declaredOf(resource, inputs),
    notReturned: inDeclared(unread, inputs),
    drifted: pick(before, drifted),
  };
  return { user, inputs, outputs: pack(state) };
}

/** Everything that the account shows of a user; nothing when there is none. */
export async function readAll(
  resource: Resource,
  id: string,
  directory: Directory,
): Promise<Values | undefined> {
  const user = await findWhole(resource, id, directory);
  return user && decodeAll(resource, user);
}

/** Reads a user that no program has declared yet: all that one has to declare to get it. */
export async function readDeclared(
  resource: Resource,
  id: string,
  directory: Directory,
): Promise<Reading | undefined> {
  const user = await findWhole(resource, id, directory);
  if (!user) return undefined;
  const inputs = decodeDeclared(resource, user);
  return { user, inputs, outputs: inputs };
}

function findWhole(resource: Resource, id: string, directory: Directory): Promise<Wire | undefined> {
  const wires = rowsOf(resource).map(([, row]) => row.wire);
  return directory.find({ ...wanted(resource, { id, outputs: {} }, {}, false), wires });
}

/** The outputs of a user: what is declared, and the attributes that stay unseen. */
export function outputsOf(resource: Resource, desired: Values, unread: readonly string[]): Values {
  return pack({
    values: declaredOf(resource, desired),
    notReturned: inDeclared(unread, desired),
    drifted: {},
  });
}

function inDeclared(names: readonly string[], desired: Values): string[] {
  return names.filter((name) => name in desired);
}

function declaredOf(resource: Resource, values: Values): Values {
  return pick(values, [...declaredNames(resource, values), ...Object.keys(resource.options)]);
}

function comparison(known: Known, desired: Values, user: Wire, ignored: readonly string[]) {
  return { previous: previousOf(known.outputs), desired, user, ignored, unread: unreadOf(known.outputs) };
}

function previousOf(outputs: Values): Values {
  const { values, drifted } = unpack("", outputs);
  return { ...values, ...drifted };
}

function unreadOf(outputs: Values): readonly string[] {
  return unpack("", outputs).notReturned;
}

/** How a known user is to be found: by its id, under the name it last had, with what is declared of it. */
export function wanted(resource: Resource, known: Known, desired: Values, fresh: boolean): Wanted {
  const names = declaredNames(resource, { ...known.outputs, ...desired });
  const wires = names.flatMap((name) => wiresOf(resource.attributes[name] as Attribute));
  const name = known.outputs[nameOf(resource, resource.unique)] as string | undefined;
  const [now, before] = [desired, known.outputs].map((values) => unpackHidden(values).declaredCount);
  return { userId: userIdOf(resource, known.id), name, wires, declared: now ?? before, fresh };
}

/** The last part of an id, which names the user within its directory. */
export function userIdOf(resource: Resource, id: string): string {
  return identityOf(resource, id)[resource.identity.at(-1) as string] as string;
}

/** The entries of `values` under these names, as far as there are any. */
export function pick(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(
    names.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  );
}
