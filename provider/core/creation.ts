import { unreadNames } from "./decode";
import type { Created } from "./createOnce";
import { createOnce } from "./createOnce";
import { diff } from "./diff";
import type { Directory } from "./directory";
import type { Origin } from "./idempotencyToken";
import type { Known } from "./lifecycle";
import { outputsOf, pick, sendAll } from "./lifecycle";
import { PartlyDone } from "./partlyDone";
import type { Step } from "./plan";
import { planAfterCreate, planUpdate } from "./plan";
import type { Resource, Values, Wire } from "./resource";
import { idOf, nameOf, scopeOf } from "./resource";
import { secretMark } from "./secrets";
import { showText, showValue } from "./showText";
import { UserExists } from "./userExists";

/** What is to be made, and where. */
interface Target {
  resource: Resource;
  desired: Values;
  directory: Directory;
}

/** Makes the user, or with `adopt` takes over the one that bears its name. `origin` makes the creation repeatable across runs. */
export async function create(
  resource: Resource,
  desired: Values,
  directory: Directory,
  origin: Origin = { urn: undefined, secrets: [] },
): Promise<Known> {
  const target = { resource, desired, directory };
  const name = String(desired[nameOf(resource, resource.unique)]);
  const existing = desired.adopt === true ? await directory.findByName(name) : undefined;
  if (existing) return adopt(target, existing);
  const defaults = await defaultsOf(target);
  const created = await createOnce({ ...target, name, defaults, origin });
  if (created.kind !== "taken") return finish(target, made(target, created));
  // With `adopt`, somebody else may have made it between the look for it and the creation.
  if (desired.adopt === true) return adopt(target, created.user);
  throw duplicate(resource, desired, created);
}

async function defaultsOf({ resource, desired, directory }: Target): Promise<Wire> {
  const { defaults } = resource.create;
  const call = defaults?.ask(desired);
  return defaults && call ? defaults.from(await directory.ask(call)) : {};
}

async function adopt(target: Target, user: Wire): Promise<Known> {
  const { resource, desired } = target;
  const comparison = { previous: {}, desired, user, ignored: [], unread: [] };
  const stuck = diff(resource, comparison).filter(({ replace }) => replace);
  if (stuck.length > 0) {
    const names = stuck.map(({ path, from, to }) => {
      const declared = show(to);
      // What is secret of the one user is secret of the other.
      const live = declared === secretMark ? secretMark : show(from);
      return `${path} (it has ${live}, declared is ${declared})`;
    });
    throw new Error(
      `The existing ${resource.type} ${showText(idOf(resource, user))} cannot be adopted: ${names.join(", ")} cannot change in place. ` +
        `Declare what it has, or delete it first.`,
    );
  }
  return finish(target, { user, steps: planUpdate(resource, comparison), held: {}, unread: [] });
}

/** A user that exists, and what is still to be done about it. */
interface Made {
  user: Wire;
  steps: Step[];
  /** The values that it has already. */
  held: Values;
  /** The attributes that the account does not show of it. */
  unread: string[];
}

function made({ resource, desired }: Target, created: Exclude<Created, { kind: "taken" }>): Made {
  const { held } = created;
  if (created.kind === "found") {
    const { user } = created;
    const unread = unreadNames(resource, user, held);
    const steps = planUpdate(resource, { previous: held, desired, user, ignored: [], unread });
    return { user, steps, held, unread };
  }
  const shown = created.answer.User as Wire | undefined;
  const named = {
    ...scopeOf(resource, desired),
    [resource.unique]: desired[nameOf(resource, resource.unique)],
  };
  const user = { ...named, ...(shown ?? created.answer) };
  const unread = shown ? unreadNames(resource, shown, held) : [];
  return { user, steps: planAfterCreate(resource, desired, user), held, unread };
}

/** Sends what follows; from here on the user exists, so whatever fails leaves it recorded. */
async function finish({ resource, desired, directory }: Target, made: Made): Promise<Known> {
  const { user, steps, held, unread } = made;
  const id = idOf(resource, user);
  directory.wrote(String(user[resource.identity.at(-1) as string]));
  const sent = await sendAll(resource, id, steps, directory);
  const unseen = sent.echo ? unreadNames(resource, sent.echo, desired) : unread;
  if (sent.fault === undefined) return { id, outputs: outputsOf(resource, desired, unseen) };
  const done = pick(desired, [...Object.keys(held), ...sent.covers, ...Object.keys(resource.options)]);
  throw new PartlyDone(id, outputsOf(resource, done, unseen), sent.fault);
}

function duplicate(
  resource: Resource,
  desired: Values,
  { user, isLost }: Extract<Created, { kind: "taken" }>,
): UserExists {
  const [id, name] = [idOf(resource, user), String(desired[nameOf(resource, resource.unique)])];
  const ignored = Object.keys(resource.options);
  const differences = diff(resource, { previous: desired, desired, user, ignored, unread: [] });
  const alike =
    differences.length > 0 ? "" : " It is as declared here, so it may be one of this stack's own.";
  const lost = isLost
    ? " An answer to its creation was lost, so it may have been made just now; compare it before anything else."
    : "";
  return new UserExists(
    id,
    `The account already has a user named ${showValue(name)} (id ${showText(id)}).${alike}${lost} ` +
      `If the resource was renamed or moved, give it the option aliases: [{ name: "<its name before>" }]. ` +
      `Otherwise set adopt: true to take the user over and bring it to what is declared, choose another name, or delete that user.`,
  );
}

function show(value: unknown): string {
  return value === undefined ? "none" : showValue(value);
}
