import { randomUUID } from "node:crypto";
import { declaredNames, liveValue, unreadNames } from "./decode";
import { diff } from "./diff";
import type { Directory } from "./directory";
import { kindOf } from "./directory";
import type { Known } from "./lifecycle";
import { outputsOf, pick, sendAll } from "./lifecycle";
import { PartlyDone } from "./partlyDone";
import type { Step } from "./plan";
import { planAfterCreate, planCreate, planUpdate } from "./plan";
import type { Resource, Values, Wire } from "./resource";
import { idOf, nameOf, rowsOf, scopeOf } from "./resource";
import { UserExists } from "./userExists";

/** How far a server's clock may be behind ours when a user's time of creation tells whether it is the one just made. */
const clockSkewMs = 60_000;
const tries = 3;

/** Makes the user, or with `adopt` takes over the one that bears its name. */
export async function create(resource: Resource, desired: Values, directory: Directory): Promise<Known> {
  const name = String(desired[nameOf(resource, resource.unique)]);
  const existing = desired.adopt === true ? await directory.findByName(name) : undefined;
  if (existing) return adopt(resource, desired, existing, directory);
  const step = planCreate(resource, desired, await defaultsOf(resource, desired, directory), randomUUID());
  const made = await createOnce(resource, desired, step, name, directory);
  const user = { ...scopeOf(resource, desired), [resource.unique]: name, ...made.user };
  const unread = made.shown ? unreadNames(resource, made.user, pick(desired, step.covers)) : [];
  return finish(
    resource,
    desired,
    user,
    planAfterCreate(resource, desired, user),
    step.covers,
    unread,
    directory,
  );
}

async function defaultsOf(resource: Resource, desired: Values, directory: Directory): Promise<Wire> {
  const { defaults } = resource.create;
  const call = defaults?.ask(desired);
  return defaults && call ? defaults.from(await directory.ask(call)) : {};
}

async function adopt(resource: Resource, desired: Values, user: Wire, directory: Directory): Promise<Known> {
  const comparison = { previous: {}, desired, user, ignored: [], unread: [] };
  const stuck = diff(resource, comparison).filter(({ replace }) => replace);
  if (stuck.length > 0) {
    const names = stuck.map(
      ({ path, from, to }) => `${path} (it has ${show(from)}, declared is ${show(to)})`,
    );
    throw new Error(
      `The existing ${resource.type} ${idOf(resource, user)} cannot be adopted: ${names.join(", ")} cannot change in place. ` +
        `Declare what it has, or delete it first.`,
    );
  }
  return finish(resource, desired, user, planUpdate(resource, comparison), [], [], directory);
}

/** Sends what follows; from here on the user exists, so whatever fails leaves it recorded. */
async function finish(
  resource: Resource,
  desired: Values,
  user: Wire,
  steps: Step[],
  covered: string[],
  unread: string[],
  directory: Directory,
): Promise<Known> {
  const id = idOf(resource, user);
  directory.wrote(String(user[resource.identity.at(-1) as string]));
  const sent = await sendAll(resource, id, steps, directory);
  const unseen = sent.echo ? unreadNames(resource, sent.echo, desired) : unread;
  if (sent.fault === undefined) return { id, outputs: outputsOf(resource, desired, unseen) };
  const held = pick(desired, [...covered, ...sent.covers, ...Object.keys(resource.options)]);
  throw new PartlyDone(id, outputsOf(resource, held, unseen), sent.fault);
}

/** Creates exactly one user, even when answers are lost: a lost one is followed by a look for the name. */
async function createOnce(
  resource: Resource,
  desired: Values,
  step: Step,
  name: string,
  directory: Directory,
): Promise<{ user: Wire; shown: boolean }> {
  const began = Date.now();
  const { covers, ...call } = step;
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await directory.call(call);
      return { user: (answer.User as Wire | undefined) ?? answer, shown: answer.User !== undefined };
    } catch (fault) {
      const kind = kindOf(fault);
      if (kind !== "unavailable" && kind !== "conflict") throw fault;
      const found = await directory.findByName(name);
      const lost = kind === "unavailable" || attempt > 1;
      if (found && lost && isOurs(resource, pick(desired, covers), found, name, began))
        return { user: found, shown: true };
      if (found) throw duplicate(resource, desired, found);
      if (!lost || attempt === tries) throw fault;
    }
  }
}

/** Whether a user that turned up after a lost answer is the one that the call made: as sent, nothing besides, just created. */
function isOurs(resource: Resource, sent: Values, user: Wire, name: string, began: number): boolean {
  const unread = declaredNames(resource, sent);
  const differences = diff(resource, {
    previous: sent,
    desired: sent,
    user,
    ignored: ["adopt", "onDelete"],
    unread,
  });
  const created = resource.created === undefined ? undefined : user[resource.created];
  const isNew =
    created === undefined || new Date(created as string | number).getTime() >= began - clockSkewMs;
  // A repeatable call has been answered by its token already; others' texts would not be on a user of ours.
  const isBare = resource.create.token !== undefined || othersTexts(resource, sent, user, name).length === 0;
  return isNew && isBare && differences.length === 0;
}

/** What a user has in texts that were not sent; a new one has none, or its name for one. */
function othersTexts(resource: Resource, sent: Values, user: Wire, name: string): unknown[] {
  return rowsOf(resource)
    .filter(([attribute, row]) => !(attribute in sent) && row.create)
    .map(([, row]) => ({ live: liveValue(row, user, undefined), unset: [name, row.clear] }))
    .filter(({ live, unset }) => typeof live === "string" && !unset.includes(live))
    .map(({ live }) => live);
}

function duplicate(resource: Resource, desired: Values, user: Wire): UserExists {
  const [id, name] = [idOf(resource, user), String(desired[nameOf(resource, resource.unique)])];
  const ignored = Object.keys(resource.options);
  const differences = diff(resource, { previous: desired, desired, user, ignored, unread: [] });
  const alike =
    differences.length > 0 ? "" : " It is as declared here, so it may be one of this stack's own.";
  return new UserExists(
    id,
    `The account already has a user named "${name}" (id ${id}).${alike} ` +
      `If the resource was renamed or moved, give it the option aliases: [{ name: "<its name before>" }]. ` +
      `Otherwise set adopt: true to take the user over and bring it to what is declared, choose another name, or delete that user.`,
  );
}

function show(value: unknown): string {
  return value === undefined ? "none" : JSON.stringify(value);
}
