import type { Values } from "../../provider/core/wire";
import { pick } from "../../provider/core/values";
import { keyOf } from "../../people/keys";
import type { People, Place } from "../../people/people";
import type { FoundUser } from "./readDirectories";

/** Which values of a user are written: all that the API returns, or its identity alone. */
export type Attributes = "all" | "none";

/** A person to add to the file. */
export interface NewPerson {
  key: string;
  /** Why the person is not taken over unless somebody decides so. */
  whyNot: string | undefined;
  users: { place: string; id: string; values: Values }[];
}

/** What an adoption comes to. */
export interface Plan {
  people: NewPerson[];
  /** Users that stand in the file already. */
  known: number;
  /** Names of entries in the file whose user the account does not have any more. */
  gone: string[];
  /** How many users each stack holds. */
  held: Map<string, number>;
  joined: number;
  /** Names that users of several directories have and nothing else connects. */
  alike: string[];
}

/** What is known besides of the account. */
export interface Known {
  file: People;
  /** The stack that holds a user, by kind and id. */
  holderOf: (kind: string, id: string) => string | undefined;
  places: ReadonlyMap<string, Place>;
  attributes: Attributes;
}

/** Plans which users to write into the file, and joins those of one person where an id proves it. */
export function planAdoption(users: readonly FoundUser[], known: Known): Plan {
  const { file, holderOf, places } = known;
  const inFile = new Set(
    file.people.flatMap((person) => person.users.map(({ place, values }) => adoptedKey(place, values.adopt))),
  );
  const held = new Map<string, number>();
  const free = users.filter(({ place, id, userId }) => {
    const holder = holderOf((places.get(place) as Place).resource.type, id);
    if (holder !== undefined) held.set(holder, (held.get(holder) ?? 0) + 1);
    return (
      holder === undefined && !inFile.has(adoptedKey(place, userId)) && !inFile.has(adoptedKey(place, id))
    );
  });
  const groups = join(free, places);
  const taken = new Set(file.people.map(({ key }) => key));
  const people = groups
    .sort((one, other) => compare(nameOf(one), nameOf(other)) || compare(one[0].id, other[0].id))
    .map((group) => {
      const key = keyOf(nameOf(group), taken);
      taken.add(key);
      return { key, whyNot: whyNot(group[0]), users: group.map((user) => declared(user, group[0], known)) };
    });
  const live = new Set(
    users.flatMap(({ place, userId, id }) => [adoptedKey(place, userId), adoptedKey(place, id)]),
  );
  return {
    people,
    held,
    joined: groups.filter((group) => group.length > 1).length,
    alike: alikeIn(groups),
    known: users.filter(
      ({ place, id, userId }) => inFile.has(adoptedKey(place, userId)) || inFile.has(adoptedKey(place, id)),
    ).length,
    gone: file.people.flatMap(({ key, users: declaredUsers }) =>
      declaredUsers
        .filter(
          ({ place, values: { adopt } }) =>
            typeof adopt === "string" && places.has(place) && !live.has(adoptedKey(place, adopt)),
        )
        .map(({ place }) => `${key} (${place})`),
    ),
  };
}

type Group = [FoundUser, ...FoundUser[]];

const adoptedKey = (place: string, id: unknown): string => JSON.stringify([place, id]);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const nameOf = ([first]: Group): string => first.name;

/** Joins a user that names a RAM user as its source with that one; one of each place at most. */
function join(users: readonly FoundUser[], places: Known["places"]): Group[] {
  const groups = new Map<string, Group>();
  const single: Group[] = [];
  for (const user of users) if (user.place === "ram") groups.set(user.userId, [user]);
  for (const user of users) {
    if (user.place === "ram") continue;
    const group = groups.get(String(followedId(places.get(user.place) as Place, user.values)));
    if (group && !group.some(({ place }) => place === user.place)) group.push(user);
    else single.push([user]);
  }
  return [...groups.values(), ...single];
}

/** The id of the RAM user that these values follow; nothing where they follow none. */
function followedId({ resource: { follows } }: Place, values: Values): unknown {
  const isLinked = follows && Object.entries(follows.by).every(([name, value]) => values[name] === value);
  return isLinked ? values[follows.id] : undefined;
}

function declared({ place, id, userId, values }: FoundUser, first: FoundUser, { places, attributes }: Known) {
  const { resource, values: own } = places.get(place) as Place;
  const identity = Object.keys(values).filter((name) => isIdentity(resource, name));
  const kept = attributes === "all" ? values : pick(values, identity);
  // A user who follows the person's RAM user has these values from there.
  const { follows } = resource;
  const linked =
    follows && place !== "ram" && first.place === "ram" ? [...Object.keys(follows.by), follows.id] : [];
  const same = follows && linked.length > 0 && values[follows.name] === first.name ? [follows.name] : [];
  const left = [...Object.keys(own), ...linked, ...same];
  const entries = Object.entries(kept).filter(([name]) => !left.includes(name));
  return { place, id, values: { adopt: userId, ...Object.fromEntries(entries) } };
}

function isIdentity(resource: Place["resource"], name: string): boolean {
  const row = resource.attributes[name];
  return (
    row !== undefined &&
    (row.field === resource.nameField || !row.schema.isOptional() || name === resource.follows?.id)
  );
}

const machineNames =
  /^(svc|service|srv|bot|robot|ci|cicd)[-_.]|[-_.](svc|service|srv|bot|robot|sa|ci)$|^Aliyun/i;

function whyNot({ name }: FoundUser): string | undefined {
  return machineNames.test(name) ? "by its name it looks like a machine" : undefined;
}

/** Names that people of different places share, by name or e-mail address, in any case. */
function alikeIn(groups: readonly Group[]): string[] {
  const byMark = new Map<string, Group[]>();
  for (const group of groups) {
    const marks = new Set(
      group.flatMap(({ name, values }) =>
        [name, values.email].flatMap((mark) => (typeof mark === "string" ? [mark.toLowerCase()] : [])),
      ),
    );
    for (const mark of marks) byMark.set(mark, [...(byMark.get(mark) ?? []), group]);
  }
  const alike = [...byMark.values()].filter(
    (found) =>
      new Set(found.flatMap((group) => group.map(({ place }) => place))).size > 1 && found.length > 1,
  );
  return [...new Set(alike.map(([first]) => nameOf(first as Group)))];
}
