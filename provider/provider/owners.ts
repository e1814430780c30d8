import type { ResourceInitFailed } from "../core/fault";
import type { Resource } from "../core/resource";
import type { Values } from "../core/wire";
import { nameOf, scopeOf } from "../core/identity";
import type { ResourceState } from "../core/state";
import type { UserExists } from "../core/userExists";
import type { RunRecord } from "./runRecord";

/** A resource of the program or of the state: its type, and its URN where that is known. */
export interface Owner {
  resource: Resource;
  urn: string | undefined;
}

/** Tracks which resources of a run have which users, so that no user is deleted that another resource needs. */
export interface Owners {
  /** Notes that the owner was read: it has this user, and may still be deleted in this run. */
  noteRead(owner: Owner, id: string): void;
  /** Notes that the program declares the owner, which will keep this user. */
  noteKept(owner: Owner, id: string): void;
  /** Notes that the owner will be created or replaced: it keeps no user that it had before. */
  noteLeft(owner: Owner): void;
  /** Creates a user; the error of one that exists already names the other resource that has it, if one is known. */
  create(owner: Owner, inputs: Values, send: () => Promise<ResourceState>): Promise<ResourceState>;
  /** A sentence that names another resource with this user, if one is known. */
  sharedWith(owner: Owner, id: string): string | undefined;
  /**
   * A sentence when a delete has to leave this user in the account. Throws one when it has to leave it in the state as
   * well: the run failed to create a resource for a user of that name.
   */
  reasonToLeave(owner: Owner, state: ResourceState): string | undefined;
  /**
   * Counts a user that is about to be deleted or locked out, by either frontend. Throws a sentence when the run has
   * removed `most` users already; the user then stays, in the state as well.
   */
  countRemoval(owner: Owner, state: ResourceState, most: number | undefined): void;
}

/** Follows the resources of the run that has this record. */
export function followOwners(record: RunRecord): Owners {
  const urnsOf = new Map<string, Set<string>>();
  const keeping = new Set<string>();

  const others = ({ resource, urn }: Owner, id: string): string[] =>
    [...(urnsOf.get(keyOf(resource, id)) ?? [])].filter((other) => other !== urn);

  const noteRead = ({ resource, urn }: Owner, id: string): void => {
    const key = keyOf(resource, id);
    if (urn !== undefined) urnsOf.set(key, (urnsOf.get(key) ?? new Set()).add(urn));
  };

  const noteKept = (owner: Owner, id: string): void => {
    noteRead(owner, id);
    if (owner.urn !== undefined) keeping.add(owner.urn);
  };

  return {
    noteRead,
    noteKept,

    noteLeft: ({ urn }) => void keeping.delete(String(urn)),

    async create(owner, inputs, send) {
      const made = (id: string): void => {
        record.add(userFact(owner.resource, id));
        noteKept(owner, id);
      };
      try {
        const created = await send();
        made(created.id);
        return created;
      } catch (error) {
        const { name, state, existingId } = error as FailedCreate;
        if (name === "ResourceInitFailed") made(String(state?.id));
        else record.add(nameFact(owner.resource, inputs));
        const [other] = name === "UserExists" ? others(owner, String(existingId)) : [];
        if (other)
          (error as Error).message += ` The resource "${nameIn(other)}" of this stack manages this user.`;
        throw error;
      }
    },

    sharedWith(owner, id) {
      const [other] = others(owner, id);
      return (
        other &&
        `the resource "${nameIn(other)}" of this stack manages this user as well. ${aliases(nameIn(other))}`
      );
    },

    reasonToLeave(owner, { id, values }) {
      const way = aliases(owner.urn === undefined ? "<its name before>" : nameIn(owner.urn));
      if (values.onDelete !== "retain" && record.has(userFact(owner.resource, id)))
        return `${id} was left in the account: this run has created or adopted it. ${way}`;
      if (record.has(nameFact(owner.resource, values)))
        throw new Error(
          `${id} was not deleted and stays in the state: this run failed to create a user of the same name. ${way}`,
        );
      const keeper = others(owner, id).find((other) => keeping.has(other));
      return keeper && `${id} was left in the account: the resource "${nameIn(keeper)}" declares it as well.`;
    },

    countRemoval({ resource }, { id, values }, most) {
      record.add(removalFact);
      if (most === undefined || record.times(removalFact) <= most) return;
      const name = String(values[nameOf(resource, resource.nameField)]);
      throw new Error(
        `${resource.type} "${name}" (${id}) was not removed and stays in the state: alicloud-users:maxDeletes allows ` +
          `${most} ${most === 1 ? "removal" : "removals"} in one run. Run pulumi up again to remove more, or raise the setting.`,
      );
    },
  };
}

/** What the error of a create may tell of the user. */
interface FailedCreate {
  name?: string;
  state?: ResourceInitFailed["state"];
  existingId?: UserExists["existingId"];
}

const removalFact = ["removal"];

const keyOf = ({ type }: Resource, id: string): string => `${type} ${id}`;

const userFact = ({ type }: Resource, id: string) => ["user", type, id];

const nameFact = (resource: Resource, values: Values) => [
  ...["name", resource.type, ...Object.values(scopeOf(resource, values))],
  values[nameOf(resource, resource.nameField)],
];

/** The name of a resource: the last part of its URN, in which "::" may occur. */
export const nameIn = (urn: string): string => urn.split("::").slice(3).join("::");

const aliases = (name: string): string =>
  `A resource that is renamed or moved needs the option aliases: [{ name: "${name}" }].`;
