import { nameAttributeOf, nameOf, scopeOf } from "../provider/core/identity";
import type { Resource } from "../provider/core/resource";
import type { Values } from "../provider/core/wire";
import { resources } from "../provider/resources";
import type { Term } from "./days";
import type { Position } from "./problems";

/** A place that has users, under the name that the file gives it. */
export interface Place {
  resource: Resource;
  /** Its arguments in each user: the instance, and its region where that is told. */
  values: Values;
}

/** One user of a person, in the place of this name. */
export interface DeclaredUser {
  place: string;
  values: Values;
  at: Position;
}

/** A person of a file. */
export interface Person extends Term {
  /** The name of the person's resources, which never changes. */
  key: string;
  /** Whether the program manages the person. */
  take: boolean;
  users: DeclaredUser[];
  at: Position;
}

/** What a file of people says. */
export interface People {
  places: Map<string, Place>;
  timeZone: string;
  people: Person[];
}

/** The words of a person that name no place. */
export const ownWords: readonly string[] = ["take", "from", "until"];

/** The kinds of place as a file spells them: `ram`, `bastionhost`, `eiam`. */
export const kinds: ReadonlyMap<string, Resource> = new Map(
  resources.map((resource) => [resource.service.toLowerCase(), resource as unknown as Resource]),
);

/** The account's own users, which every file may name. */
export const account: Place = { resource: kinds.get("ram") as Resource, values: {} };

/** The arguments of a user as its class takes them, but for those that follow from the person's RAM user. */
export function argumentsOf(place: Place, values: Values): Values {
  return { ...place.values, ...values };
}

/** The place of this kind and instance. */
export function placeOf(resource: Resource, instance: string, regionId?: string): Place {
  const [field = ""] = resource.identity;
  return {
    resource,
    values: { [nameOf(resource, field)]: instance, ...(regionId !== undefined && { regionId }) },
  };
}

/** The instance that a place is; none for the account. */
export function instanceOf({ resource, values }: Place): string | undefined {
  return Object.values(scopeOf(resource, values))[0] as string | undefined;
}

/** Whether this user logs on as the person's RAM user does, which it then follows. */
export function followsRam(person: Person, { resource: { follows } }: Place, values: Values): boolean {
  if (!follows || !person.users.some(({ place }) => place === "ram") || values[follows.id] !== undefined)
    return false;
  return Object.entries(follows.by).every(([name, value]) => [undefined, value].includes(values[name]));
}

/** What such a user has of the RAM user with this id and name. */
export function followed({ resource: { follows } }: Place, ram: { id: unknown; name: unknown }): Values {
  return follows ? { ...follows.by, [follows.id]: ram.id, [follows.name]: ram.name } : {};
}

/** The unique name that these values give a user. */
export function userNameIn({ resource }: Place, values: Values): unknown {
  return values[nameAttributeOf(resource)];
}
