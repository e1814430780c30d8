import path from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { escapeText } from "../../provider/core/showText";
import { accept, acceptCurrent, readAcceptFile } from "./accept";
import { buildReport, exitCodes, verdictOf } from "./buildReport";
import { inspectStacks } from "./inspectStacks";
import { mapLimited } from "./mapLimited";
import { commentCharacters } from "./markdownFormat";
import { maskReport } from "./mask";
import { isWorthTelling, notify, notifyKinds, type Recipient } from "./notify";
import { formats, type Output, outputOf, writeOutputs } from "./outputs";
import { driftStatuses, type Report, reportJsonSchema } from "./report";
import { readReport, since } from "./since";
import { readStack, readStateFile, type Source, type Unread } from "./stackStates";

interface Options {
  stack?: string[];
  state?: string[];
  cwd?: string;
  output?: Output[];
  maxChars: number;
  showValues: boolean;
  unmanaged: boolean;
  failOn?: string[];
  allowEmpty: boolean;
  accept?: string;
  acceptCurrent: boolean;
  reason?: string;
  until?: string;
  since?: string;
  notify?: string;
  notifyAs?: Recipient["kind"];
  schema: boolean;
}

const examples = `
Examples:
  alicloud-users drift                               the selected stack of this folder
  alicloud-users drift --stack dev --stack prod      several stacks, in one reading of the account
  pulumi stack export | alicloud-users drift --state -
  alicloud-users drift --unmanaged -o table -o json:report.json -o html:report.html
  alicloud-users drift --accept-current --reason "moved by hand, INC-7" --until 2027-01-31

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
    .option("--max-chars <number>", "the longest Markdown", positive, commentCharacters)
    .option("--show-values", "do not mask email addresses and telephone numbers", false)
    .option("--unmanaged", "also find users of these directories that no stack declares", false)
    .option(
      "--fail-on <statuses>",
      `what makes the exit code 2: some of ${driftStatuses.join(",")} (all when left out), or none`,
      statusList,
    )
    .option("--allow-empty", "accept a stack without users", false)
    .option("--accept <file>", "known drift, drift-accept.yaml of the project when left out")
    .option("--accept-current", "write all drift into that file, with --reason and --until", false)
    .option("--reason <text>", "why it is accepted")
    .option("--until <date>", "until when it is accepted")
    .option(
      "--since <report>",
      "an earlier JSON report: tell what is new, still there, resolved, and what was not looked at",
    )
    .addOption(
      new Option("--notify <url>", "send what is new to a web hook").env("ALICLOUD_USERS_NOTIFY_URL"),
    )
    .addOption(
      new Option(
        "--notify-as <kind>",
        "what the web hook reads, told by its host when left out; the key that signs is ALICLOUD_USERS_NOTIFY_SECRET",
      ).choices(notifyKinds),
    )
    .option("--schema", "print the JSON Schema of the report and do nothing else", false)
    .addHelpText("after", examples)
    .action(async (options: Options) => {
      if (options.schema) process.stdout.write(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
      else process.exitCode = await drift(options);
    });
}

async function drift(options: Options): Promise<number> {
  const file = options.accept ?? path.join(options.cwd ?? ".", "drift-accept.yaml");
  const entries = await readAcceptFile(file, options.accept !== undefined && !options.acceptCurrent);
  const earlier = options.since === undefined ? undefined : await readReport(options.since);
  const found = accept(await inspect(options), entries);
  const compared = earlier ? since(found, earlier) : found;
  const report = { ...compared, verdict: verdictOf(compared, options.failOn ?? driftStatuses) };
  if (options.acceptCurrent) return acceptAll(report, file, options);
  await writeOutputs(report, options.output ?? [outputOf("table")], options);
  const told = await tell(report, options);
  return told ? exitCodes[report.verdict] : exitCodes[report.verdict] || 1;
}

async function inspect({ unmanaged, allowEmpty, ...options }: Options): Promise<Report> {
  const read = await readSources(options);
  const sources = read.filter((each): each is Source => "state" in each);
  const unread = read.filter((each): each is Unread => !("state" in each));
  const notice = (sentence: string): void => void process.stderr.write(`${escapeText(sentence)}\n`);
  // A stack that was not read may declare them.
  const inspection = await inspectStacks(sources, { unmanaged: unmanaged && unread.length === 0, notice });
  return buildReport({ sources, unread, inspection, allowEmpty, asOf: new Date() });
}

async function readSources({
  stack = [],
  state = [],
  cwd = ".",
}: Pick<Options, "stack" | "state" | "cwd">): Promise<(Source | Unread)[]> {
  const wanted = stack.length + state.length > 0 ? stack : [undefined];
  const stacks = await mapLimited(wanted, 4, (name) => readStack(name, path.resolve(cwd)));
  return [...stacks, ...(await mapLimited(state, 4, readStateFile))];
}

/** Writes the accept file; refuses as long as something was not compared, since that would be accepted unseen. */
async function acceptAll(
  report: Report,
  file: string,
  { reason, until, ...options }: Options,
): Promise<number> {
  if (!reason || !until)
    throw new Error(
      "--accept-current needs --reason, why the drift is right, and --until, a date such as 2027-01-31.",
    );
  if (report.verdict === "unknown") {
    await writeOutputs(report, [outputOf("table")], options);
    throw new Error(`${file} was not written: not everything was compared.`);
  }
  const count = await acceptCurrent(report, { file, reason, until });
  process.stdout.write(
    `${file}: ${count} ${count === 1 ? "entry" : "entries"} added, accepted until ${until}.\n`,
  );
  return 0;
}

/** Sends the message, if there is something to tell. False when nobody took it. */
async function tell(report: Report, { notify: url, notifyAs, showValues }: Options): Promise<boolean> {
  if (url === undefined || !isWorthTelling(report)) return true;
  const secret = process.env.ALICLOUD_USERS_NOTIFY_SECRET;
  try {
    await notify(showValues ? report : maskReport(report), { url, kind: notifyAs, secret });
    return true;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return false;
  }
}

function collect(value: string, values: string[] = []): string[] {
  return [...values, value];
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1000) return number;
  throw new InvalidArgumentError("It is a whole number of 1000 or more.");
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
