import path from "node:path";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { escapeText } from "../core/showText";
import { buildReport, exitCodes, verdictOf } from "./drift/buildReport";
import { inspectStacks } from "./drift/inspectStacks";
import { mapLimited } from "./drift/mapLimited";
import type { Output } from "./drift/outputs";
import { formats, outputOf, writeOutputs } from "./drift/outputs";
import { driftStatuses, reportJsonSchema } from "./drift/report";
import type { Source, Unread } from "./drift/stackStates";
import { readStack, readStateFile } from "./drift/stackStates";

interface Options {
  stack?: string[];
  state?: string[];
  cwd?: string;
  output?: Output[];
  unmanaged: boolean;
  failOn?: string[];
  allowEmpty: boolean;
  schema: boolean;
}

const examples = `
Examples:
  alicloud-users drift                               the selected stack of this folder
  alicloud-users drift --stack dev --stack prod      several stacks, in one reading of the account
  pulumi stack export | alicloud-users drift --state -
  alicloud-users drift --unmanaged -o table -o json:report.json

Exit codes:
  0  everything was compared and is in sync
  2  everything was compared and something drifted
  1  could not tell: a stack, a directory or a user was not read, or nobody was compared

It runs no program, writes no state and takes no lock. It sends Get and List calls only, as the account that the
stack's configuration or the environment names (ALIBABA_CLOUD_ACCESS_KEY_ID and so on).`;

/** Adds the command `drift`, which compares the users of stacks with the account. */
export function addDrift(program: Command): void {
  program
    .command("drift")
    .description("Compare the users that stacks declare with the account.")
    .option("--stack <name>", "a stack, the selected one when left out; may be repeated", collect)
    .option("--state <file>", 'an exported state, "-" for standard input; may be repeated', collect)
    .option("--cwd <folder>", "the folder of the Pulumi project, the current one when left out")
    .option(
      "-o, --output <format[:file]>",
      `${Object.keys(formats).join(", ")}; may be repeated, table when left out`,
      (text: string, outputs: Output[] = []) => [...outputs, argument(() => outputOf(text))],
    )
    .option("--unmanaged", "also find users of these directories that no stack declares", false)
    .option(
      "--fail-on <statuses>",
      `what makes the exit code 2: some of ${driftStatuses.join(",")} (all when left out), or none`,
      statusList,
    )
    .option("--allow-empty", "accept a stack without users", false)
    .option("--schema", "print the JSON Schema of the report and do nothing else", false)
    .addHelpText("after", examples)
    .action(async (options: Options) => {
      if (options.schema) process.stdout.write(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
      else process.exitCode = await drift(options);
    });
}

async function drift(options: Options): Promise<number> {
  const read = await readSources(options);
  const sources = read.filter((each): each is Source => "state" in each);
  const unread = read.filter((each): each is Unread => !("state" in each));
  const notice = (sentence: string): void => void process.stderr.write(`${escapeText(sentence)}\n`);
  // A stack that was not read may declare them.
  const unmanaged = options.unmanaged && unread.length === 0;
  const inspection = await inspectStacks(sources, { unmanaged, notice });
  const { allowEmpty, failOn = driftStatuses } = options;
  const found = buildReport({ sources, unread, inspection, allowEmpty, asOf: new Date() });
  const report = { ...found, verdict: verdictOf(found, failOn) };
  await writeOutputs(report, options.output ?? [outputOf("table")]);
  return exitCodes[report.verdict];
}

async function readSources({ stack = [], state = [], cwd = "." }: Options): Promise<(Source | Unread)[]> {
  const wanted = stack.length + state.length > 0 ? stack : [undefined];
  const stacks = await mapLimited(wanted, 4, (name) => readStack(name, path.resolve(cwd)));
  return [...stacks, ...(await mapLimited(state, 4, readStateFile))];
}

function collect(value: string, values: string[] = []): string[] {
  return [...values, value];
}

function statusList(text: string): string[] {
  const names = text === "none" ? [] : text.split(",");
  const stranger = names.find((name) => !(driftStatuses as readonly string[]).includes(name));
  if (stranger === undefined) return names;
  throw new InvalidArgumentError(
    `There is no status "${stranger}". Choose from ${driftStatuses.join(", ")}, or none.`,
  );
}

function argument<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
