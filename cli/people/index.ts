import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { isDay } from "../../people/days";
import type { People } from "../../people/people";
import { readPeople } from "../../people/readPeople";
import { planDay } from "../../people/stages";
import { eventsBetween, eventsOf } from "./events";
import { formats } from "./formats";
import { readOther } from "./otherFile";

interface Options {
  against?: string;
  asOf?: string;
  graceDays: number;
  minimum: number;
  output: string;
}

const examples = `
Examples:
  alicloud-users people                              who joins and who leaves, by the days of users.yaml
  alicloud-users people --as-of 2027-01-01           the same as of another day
  alicloud-users people --against git:main           what this branch changes
  alicloud-users people hr/users.yaml --against git:origin/main -o markdown

Without --against it tells who joins later, who leaves and who is gone. With it, it tells what changes when the file takes
the place of the other one: who joins, moves to other organizational units, changes and leaves. A file that the commit does
not have yet is one without people.

Exit codes:
  0  the file is right
  1  it is not: every error is printed with its line and column

It reads files only: no account, no stack and no credentials.`;

/** Adds the command `people`, which checks a file of people and tells what it brings. */
export function addPeople(program: Command): void {
  program
    .command("people")
    .description("Check a file of people, and tell who joins, moves, changes and leaves.")
    .argument("[file]", "the file of people, in YAML or JSON", "users.yaml")
    .option("--against <file|git:ref>", "the file to compare with, or the commit that has it")
    .addOption(
      new Option("--as-of <day>", "the day, today when left out").env("ALICLOUD_USERS_AS_OF").argParser(day),
    )
    .option("--grace-days <number>", "days between the last day and the delete", whole, 30)
    .option("--minimum <number>", "how many people the file has to hold at least", whole, 1)
    .addOption(
      new Option("-o, --output <format>", "how it is printed").choices(Object.keys(formats)).default("table"),
    )
    .addHelpText("after", examples)
    .action(people);
}

async function people(file: string, options: Options): Promise<void> {
  const { against, graceDays, minimum } = options;
  if (/\.(csv|tsv|txt)$/i.test(file))
    throw new Error(`${file} is a table, of which the program's map makes people: pulumi preview checks it.`);
  const now = readPeople(file, await readFile(file), { minimum });
  const { asOf, sentence } = planDay(now, options);
  const calendar = { asOf, graceDays };
  const events =
    against === undefined
      ? eventsOf(now, calendar)
      : eventsBetween(await otherPeople(against, file), now, calendar);
  const title = against === undefined ? file : `${file}, compared with ${against}`;
  const print = formats[options.output]!;
  process.stdout.write(print({ title, asOf, timeZone: now.timeZone, sentence, events }));
}

async function otherPeople(against: string, file: string): Promise<People> {
  const { name, bytes } = await readOther(against, file);
  if (bytes === undefined) return { places: new Map(), timeZone: "UTC", people: [] };
  return readPeople(name, bytes, { minimum: 0 });
}

function day(given: string): string {
  if (isDay(given)) return given;
  throw new InvalidArgumentError("It is a day such as 2026-12-31.");
}

function whole(given: string): number {
  if (/^\d+$/.test(given)) return Number(given);
  throw new InvalidArgumentError("It is a whole number.");
}
