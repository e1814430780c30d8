import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { type Addition, append } from "../../people/append";
import { instanceOf, type People, type Place } from "../../people/people";
import { type Problem, refuseProblems } from "../../people/problems";
import { readYaml } from "../../people/readYaml";
import { inYaml } from "../../people/yamlText";
import type { NewPerson } from "./plan";

const header = `# yaml-language-server: $schema=./node_modules/pulumi-alicloud-users/dist/users.schema.json
# Yours to edit. \`alicloud-users adopt\` only adds.
`;

/** The text of a file of people, and what it says; both are empty for a file that does not exist. */
export interface OpenFile {
  text: string | undefined;
  people: People;
}

/** Reads a file of people; throws all that is wrong with it. */
export function openPeopleFile(file: string): OpenFile {
  if (!existsSync(file))
    return { text: undefined, people: { places: new Map(), timeZone: "UTC", people: [] } };
  const text = readFileSync(file, "utf8");
  const problems: Problem[] = [];
  const people = readYaml(text, problems);
  refuseProblems(file, problems);
  return { text, people };
}

/** The text with these places and people at the end of their maps. */
export function withPeople(
  { text = header, people: { places } }: OpenFile,
  named: ReadonlyMap<string, Place>,
  added: readonly NewPerson[],
): string {
  const newPlaces = [...named].filter(([name]) => name !== "ram" && !places.has(name));
  const additions: Addition[] = [
    {
      under: "directories",
      blocks: newPlaces.map(([name, place]) => [`${inYaml(name)}: ${inYaml(placeText(place))}`]),
    },
    { under: "people", blocks: added.map(personLines) },
  ];
  return append(text, additions);
}

function placeText(place: Place): object {
  const { regionId } = place.values;
  const kind = place.resource.service.toLowerCase();
  return { [kind]: instanceOf(place), ...(regionId !== undefined && { regionId }) };
}

function personLines({ key, whyNot, users }: NewPerson): string[] {
  const take = whyNot === undefined ? [] : [`  take: no # ${whyNot}`];
  return [
    `${inYaml(key)}:`,
    ...take,
    ...users.map(({ place, values }) => `  ${inYaml(place)}: ${inYaml(values)}`),
  ];
}

/** Writes a file as a whole or not at all. */
export function writeWhole(file: string, text: string): void {
  const making = `${file}.new`;
  writeFileSync(making, text);
  renameSync(making, file);
}
