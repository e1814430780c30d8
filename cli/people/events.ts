import { rowsOf } from "../../provider/core/resource";
import { secretMark } from "../../provider/core/secrets";
import { isSame } from "../../provider/core/values";
import type { Values } from "../../provider/core/wire";
import { dayAfter, type Stage, stageOf } from "../../people/days";
import { argumentsOf, type DeclaredUser, type People, type Person } from "../../people/people";

/** What may happen to a person, in the order in which it is told. */
export const happenings = ["joins", "moves", "changes", "leaves", "gone"] as const;

/** A value that differs between two files; of the person itself where no directory is named. */
export interface Change {
  directory?: string;
  attribute: string;
  before?: unknown;
  after?: unknown;
}

/** Something that happens to a person. Days are written as `2026-12-31`. */
export interface Event {
  what: (typeof happenings)[number];
  person: string;
  /** The directories in which it happens, by their names in the file. */
  directories: string[];
  /** The day from which a person who joins has users; nothing where the next `up` creates them. */
  from?: string;
  /** The first day on which a person who leaves is locked out, in the directories that can lock a user. */
  lockedOn?: string;
  /** The day from which the users are deleted; nothing where they are no longer in the file. */
  deletedOn?: string;
  changes?: Change[];
}

/** The day for which events are told, and how many days lie between a last day and the delete. */
export interface Calendar {
  asOf: string;
  graceDays: number;
}

/** What the days of a file bring: who joins later, who leaves, and who is gone and may be taken out of the file. */
export function eventsOf(people: People, calendar: Calendar): Event[] {
  const events = takenOf(people).flatMap((person): Event[] => {
    const stage = stageIn(calendar, person);
    const ends = endOf(people, person, calendar);
    if (stage === "deleted") return ends.map((event) => ({ ...event, what: "gone" }));
    return stage === "planned" ? [joins(person, person.users, calendar), ...ends] : ends;
  });
  return inOrder(events);
}

/** What comes of putting one file into the place of another. */
export function eventsBetween(before: People, after: People, calendar: Calendar): Event[] {
  const byKey = (people: People, isTold: (person: Person) => boolean): Map<string, Person> =>
    new Map(
      takenOf(people)
        .filter(isTold)
        .map((person) => [person.key, person]),
    );
  const isThere = (person: Person): boolean => stageIn(calendar, person) !== "deleted";
  const old = byKey(before, isThere);
  const now = byKey(after, (person) => old.has(person.key) || isThere(person));
  const events = [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    personEvents({ people: before, person: old.get(key) }, { people: after, person: now.get(key) }, calendar),
  );
  return inOrder(events);
}

/** A person as one file has it, if it does. */
interface Side {
  people: People;
  person: Person | undefined;
}

function personEvents(before: Side, after: Side, calendar: Calendar): Event[] {
  const old = before.person;
  const now = after.person;
  const gained = usersMissingIn(old, now);
  const lost = usersMissingIn(now, old);
  const ends = now && now.until !== old?.until ? endOf(after.people, now, calendar) : [];
  return [
    ...(now && gained.length > 0 ? [joins(now, gained, calendar)] : []),
    ...(old && now ? changesOf({ ...before, person: old }, { ...after, person: now }) : []),
    ...(old && lost.length > 0 ? [event("leaves", old, lost)] : []),
    ...ends,
  ];
}

/** The users of a person in directories in which the other side has none. */
function usersMissingIn(other: Person | undefined, person: Person | undefined): DeclaredUser[] {
  const places = other?.users.map(({ place }) => place) ?? [];
  return (person?.users ?? []).filter(({ place }) => !places.includes(place));
}

function changesOf(before: Side & { person: Person }, after: Side & { person: Person }): Event[] {
  const { person } = after;
  const both = person.users.filter(({ place }) => before.person.users.some((user) => user.place === place));
  const changes = both.flatMap(({ place }) => {
    const was = valuesOf(before, place);
    const is = valuesOf(after, place);
    return differences(was, is).map((change): Change => ({ directory: place, ...change }));
  });
  const ofMove = changes.filter((change) => isMove(after.people, change));
  const ofPerson = differences({ ...termOf(before.person) }, { ...termOf(person) })
    // A new last day is told with its dates.
    .filter(({ attribute, after: value }) => attribute !== "until" || value === undefined);
  const others = [...ofPerson, ...changes.filter((change) => !ofMove.includes(change))];
  return [...changing("moves", person, ofMove), ...changing("changes", person, others)];
}

const termOf = ({ from, until }: Person): Values => ({ from, until });

/** The values of a person's user in a place, without those that are secret. */
function valuesOf({ people, person }: Side, placeName: string): Values {
  const place = people.places.get(placeName)!;
  const values = argumentsOf(place, person?.users.find((user) => user.place === placeName)?.values ?? {});
  const secrets = rowsOf(place.resource).flatMap(([name, { secret }]) => (secret ? [name] : []));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      secrets.includes(name) && typeof value === "string" ? secretMark : value,
    ]),
  );
}

function differences(before: Values, after: Values): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((attribute) => !isSame(before[attribute], after[attribute]))
    .map((attribute) => ({ attribute, before: before[attribute], after: after[attribute] }));
}

function isMove({ places }: People, { directory = "", attribute }: Change): boolean {
  const { attributes = {}, movedBy = [] } = places.get(directory)?.resource ?? {};
  return movedBy.includes(attributes[attribute]?.setter ?? "");
}

function changing(what: Event["what"], person: Person, changes: Change[]): Event[] {
  if (changes.length === 0) return [];
  const directories = [...new Set(changes.flatMap(({ directory = [] }) => directory))];
  return [{ what, person: person.key, directories, changes }];
}

function joins(person: Person, users: readonly DeclaredUser[], { asOf }: Calendar): Event {
  const { from } = person;
  return { ...event("joins", person, users), ...(from !== undefined && from > asOf && { from }) };
}

/** The end of a person's term, where it has one. */
function endOf({ places }: People, person: Person, { graceDays }: Calendar): Event[] {
  const { until, users } = person;
  if (until === undefined) return [];
  const canLock = users.some(({ place }) => places.get(place)?.resource.leaving !== undefined);
  const lockedOn = canLock ? { lockedOn: dayAfter(until, 1) } : {};
  return [{ ...event("leaves", person, users), ...lockedOn, deletedOn: dayAfter(until, graceDays + 1) }];
}

function event(what: Event["what"], { key }: Person, users: readonly DeclaredUser[]): Event {
  return { what, person: key, directories: users.map(({ place }) => place) };
}

const takenOf = ({ people }: People): Person[] => people.filter(({ take }) => take);

const stageIn = ({ asOf, graceDays }: Calendar, person: Person): Stage => stageOf(person, asOf, graceDays);

const inOrder = (events: Event[]): Event[] =>
  happenings.flatMap((what) => events.filter((each) => each.what === what));
