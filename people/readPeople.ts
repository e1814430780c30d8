import { checkValues } from "../provider/core/check";
import { unknownValue } from "../provider/core/unknown";
import type { Values } from "../provider/core/wire";
import { account, argumentsOf, followed, followsRam, type People, type Person, userNameIn } from "./people";
import { type Problem, refuseProblems } from "./problems";
import { type MapRow, type PeopleOptions } from "./options";
import { readTable } from "./readTable";
import { readYaml } from "./readYaml";

/** How a file becomes people. */
export interface ReadOptions extends PeopleOptions {
  map?: MapRow | undefined;
}

/** Reads a file of people by its bytes, judges every user in it, and throws all that is wrong at once. */
export function readPeople(file: string, bytes: Uint8Array, options: ReadOptions): People {
  const problems: Problem[] = [];
  const people = /\.(csv|tsv|txt)$/i.test(file)
    ? readTable(bytes, options.map, problems)
    : readYaml(new TextDecoder("utf-8", { fatal: false }).decode(bytes), problems);
  if (problems.length === 0) judge(people, problems);
  refuseProblems(file, problems);
  const { minimum = 1 } = options;
  if (people.people.length < minimum)
    throw new Error(
      `${file} holds ${people.people.length} people, and has to hold ${minimum} at least. Nobody was changed.`,
    );
  return people;
}

function judge(people: People, problems: Problem[]): void {
  const names = new Map<string, string>();
  for (const person of people.people)
    for (const user of person.users) {
      const place = people.places.get(user.place);
      if (!place) continue;
      const args = argumentsOf(place, assumed(people, person, user.place, user.values));
      for (const { reason } of checkValues(place.resource, args, { shown: Object.keys(args) }).failures)
        problems.push({ ...user.at, text: `${person.key}, ${user.place}: ${reason}` });
      const name = JSON.stringify([user.place, userNameIn(place, args)]);
      const other = names.get(name);
      if (other !== undefined)
        problems.push({
          ...user.at,
          text: `${person.key}, ${user.place}: ${other} has the same name there.`,
        });
      names.set(name, person.key);
    }
}

/** The values, with what is known at run time alone as unknown. */
function assumed(people: People, person: Person, placeName: string, values: Values): Values {
  const place = people.places.get(placeName)!;
  const isReference = (value: unknown): boolean =>
    value !== null && typeof value === "object" && Object.keys(value).join() === "config";
  const known = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isReference(value) ? unknownValue : value]),
  );
  if (!followsRam(person, place, values)) return known;
  const ram = person.users.find((user) => user.place === "ram")?.values;
  return { ...followed(place, { id: unknownValue, name: userNameIn(account, ram ?? {}) }), ...known };
}
