import { existsSync } from "node:fs";
import path from "node:path";
import { type Command, Option } from "commander";
import { readSettings } from "../../provider/api/settings";
import { withOwnNames } from "../../provider/api/auth/sources";
import { escapeText } from "../../provider/core/showText";
import { projectFile } from "../../provider/lifecycle/projectFile";
import { packageName } from "../../provider/lifecycle/packageName";
import { services } from "../../provider/resources/services";
import { account, instanceOf, kinds, type Place, placeOf } from "../../people/people";
import { readStack, readStateFile, type Source } from "../drift/stackStates";
import { type OpenFile, openPeopleFile, withPeople, writeWhole } from "./peopleFile";
import { type Attributes, type Plan, planAdoption } from "./plan";
import { readDirectories, type Reading } from "./readDirectories";

interface Options {
  ram: boolean;
  bastionhost: string[];
  eiam: string[];
  stack: string[];
  state: string[];
  cwd: string;
  file: string;
  program: string;
  plugin: boolean;
  attributes: Attributes;
  importFile?: string;
  print: boolean;
}

const examples = `
Examples:
  alicloud-users adopt --ram
  alicloud-users adopt --ram --bastionhost bastionhost-cn-st220aw0001 --eiam idaas_ue2jvisn35ea
  alicloud-users adopt --ram --stack prod              leaves out the users that the stack has
  alicloud-users adopt --ram --import-file users.json  for pulumi import --file, in any language

It writes users.yaml, and index.ts and Pulumi.yaml where there are none: the program that declares these users with
adopt. Run again, it adds who is new, and changes not a byte of what stands there. It sends Get and List calls only.`;

/** Adds the command `adopt`, which writes the users of an account into a file of people. */
export function addAdopt(program: Command): void {
  program
    .command("adopt")
    .description("Write the users of an account into a file that a program declares them from.")
    .option("--ram", "the RAM users of the account", false)
    .option("--bastionhost <id>", "the users of a bastion host; may be repeated", collect, [])
    .option("--eiam <id>", "the users of an EIAM instance; may be repeated", collect, [])
    .option(
      "--stack <name>",
      "a stack whose users are left out, and which signs in; may be repeated",
      collect,
      [],
    )
    .option(
      "--state <file>",
      'an exported state whose users are left out, "-" for standard input',
      collect,
      [],
    )
    .option("--cwd <folder>", "the folder of the Pulumi project", ".")
    .option("--file <file>", "the file of people", "users.yaml")
    .option("--program <file>", "the program that declares them, made where it is not there", "index.ts")
    .option("--plugin", "let that program use the plugin", false)
    .addOption(
      new Option(
        "--attributes <which>",
        "all that the API returns except its defaults, or none but the identity",
      )
        .choices(["all", "none"])
        .default("all"),
    )
    .option("--import-file <file>", "write the file of pulumi import in place of the file of people")
    .option("--print", "print the file and write nothing", false)
    .addHelpText("after", examples)
    .action(adopt);
}

async function adopt(options: Options): Promise<void> {
  const sources = await readSources(options);
  const file = path.resolve(options.cwd, options.file);
  const open = openPeopleFile(file);
  const places = placesOf(options, open);
  if (places.size === 0)
    throw new Error("No directory was chosen: add --ram, --bastionhost ID or --eiam ID.");
  const [own] = sources;
  const config = own === undefined ? () => undefined : withOwnNames(own.config);
  const settings = readSettings({ config, environment: process.env }, services);
  const reading = await readDirectories(
    settings,
    places,
    (sentence) => void process.stderr.write(`${escapeText(sentence)}\n`),
  );
  const holders = new Map(
    sources.flatMap(({ name, state }) =>
      state.users.map(({ kind, id }): [string, string] => [`${kind} ${id}`, name]),
    ),
  );
  const holderOf = (kind: string, id: string): string | undefined => holders.get(`${kind} ${id}`);
  const plan = planAdoption(reading.users, {
    file: open.people,
    holderOf,
    places,
    attributes: options.attributes,
  });
  if (options.importFile !== undefined) return writeImportFile(options, plan, places, reading);
  const text = withPeople(open, places, plan.people);
  if (options.print) return void process.stdout.write(text);
  if (text !== open.text) writeWhole(file, text);
  const program = path.resolve(options.cwd, options.program);
  const isNew = !existsSync(program);
  if (isNew) writeWhole(program, programText(options));
  const isNewProject = projectFile(path.resolve(options.cwd)) === undefined;
  if (isNewProject) writeWhole(path.resolve(options.cwd, "Pulumi.yaml"), projectText(options));
  const files = [
    ...(open.text === undefined ? [options.file] : []),
    ...(isNew ? [options.program] : []),
    ...(isNewProject ? ["Pulumi.yaml"] : []),
  ];
  say(reportOf({ plan, reading, files }));
}

async function readSources({ stack, state, cwd }: Options): Promise<Source[]> {
  const read = [
    ...(await Promise.all(stack.map((name) => readStack(name, path.resolve(cwd))))),
    ...(await Promise.all(state.map(readStateFile))),
  ];
  const unread = read.find((each) => "message" in each);
  if (unread && "message" in unread) throw new Error(`${unread.name} could not be read: ${unread.message}`);
  return read.filter((each): each is Source => "state" in each);
}

/** The chosen places, under the names that the file has for them, else under new ones. */
function placesOf({ ram, bastionhost, eiam }: Options, { people }: OpenFile): Map<string, Place> {
  const places = new Map<string, Place>(ram ? [["ram", account]] : []);
  const chosen = [
    ...bastionhost.map((id) => ({ kind: "bastionhost", id, name: "bastion" })),
    ...eiam.map((id) => ({ kind: "eiam", id, name: "staff" })),
  ];
  for (const { kind, id, name } of chosen) {
    const resource = kinds.get(kind) as Place["resource"];
    const known = [...people.places].find(
      ([, each]) => each.resource === resource && instanceOf(each) === id,
    );
    const [found, place] = known ?? [
      freeName(name, [...people.places.keys(), ...places.keys()]),
      placeOf(resource, id),
    ];
    places.set(found, place);
  }
  return places;
}

function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  for (let number = 2; ; number++) if (!taken.includes(`${name}${number}`)) return `${name}${number}`;
}

function programText({ file, plugin }: Options): string {
  return `import { usersFromFile } from "pulumi-alicloud-users${plugin ? "/plugin" : ""}";

export const people = usersFromFile(${JSON.stringify(file)});
`;
}

function projectText({ plugin }: Options): string {
  const project = "name: users\nruntime: nodejs\n";
  if (!plugin) return project;
  return `${project}plugins:
  providers:
    - name: alicloud-users
      path: ./node_modules/pulumi-alicloud-users/plugin
`;
}

function writeImportFile(
  { cwd, importFile }: Options,
  plan: Plan,
  places: ReadonlyMap<string, Place>,
  reading: Reading,
): void {
  const resources = plan.people
    .filter(({ whyNot }) => whyNot === undefined)
    .flatMap(({ key, users }) =>
      users.map(({ place, id }) => ({
        type: `${packageName}:index:${(places.get(place) as Place).resource.type}`,
        name: place === "ram" ? key : `${key}@${place}`,
        id,
      })),
    );
  writeWhole(path.resolve(cwd, importFile as string), `${JSON.stringify({ resources }, undefined, 2)}\n`);
  say([
    `${reading.users.length} users read (${reading.reads} reads, 0 writes). ${importFile} has ${resources.length} of them.`,
  ]);
}

function reportOf({ plan, reading, files }: { plan: Plan; reading: Reading; files: string[] }): string[] {
  const { people, known, held, joined, alike, gone } = plan;
  const isTaken = ({ whyNot }: Plan["people"][number]): boolean => whyNot === undefined;
  const count = (list: Plan["people"]): number => list.flatMap(({ users }) => users).length;
  const taken = count(people.filter(isTaken));
  const left = count(people) - taken;
  const parts = [
    `${taken} taken`,
    ...(left > 0 ? [`${left} look like machines by their names (take: no)`] : []),
    ...(known > 0 ? [`${known} stand in the file already`] : []),
    ...[...held].map(([stack, users]) => `${users} belong to stack ${stack}`),
  ];
  return [
    `${reading.users.length} users read (${reading.reads} reads, 0 writes).${files.length > 0 ? ` New: ${files.join(", ")}.` : ""}`,
    `  ${parts.join(" · ")}`,
    ...(joined > 0 ? [`  ${joined} people joined (their bastion user names their RAM user).`] : []),
    ...(alike.length > 0 ? [`  Alike, not joined: ${shown(alike)}`] : []),
    ...(gone.length > 0 ? [`  In the file, and not in the account any more: ${shown(gone)}`] : []),
    ...(taken > 0 ? [`Next: pulumi preview shows ${taken} adoptions and no change.`] : []),
  ];
}

const shownNames = 10;

function shown(names: readonly string[]): string {
  const more = names.length > shownNames ? ` and ${names.length - shownNames} more` : "";
  return names.slice(0, shownNames).join(", ") + more;
}

function say(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${escapeText(line)}\n`).join(""));
}

function collect(value: string, values: string[]): string[] {
  return [...values, value];
}
