import { readFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { type Command, InvalidArgumentError, Option } from "commander";
import { showText } from "../../provider/core/showText";
import { exportState } from "../drift/stackStates";
import { readState, type StackState } from "../drift/stateUsers";
import { judge, limitOf, type Limits } from "./judge";
import { type PreviewUsers, readPreview } from "./previewUsers";
import { ofPreview, ofPreviewAndState, type StackUsers } from "./stackUsers";

interface StateOptions {
  stack?: string;
  cwd?: string;
  state?: string;
  previewOnly: boolean;
}

interface Options extends StateOptions {
  maxRemovals?: NonNullable<Limits["maxRemovals"]>;
  replace: boolean;
  protect?: string[];
  protectFile?: string;
  approved?: number;
}

const examples = `
Examples:
  pulumi preview --json | alicloud-users guard --max-removals 5
  pulumi preview --json > preview.json && alicloud-users guard preview.json --max-removals 10% --no-replace
  alicloud-users guard preview.json --protect alice --protect-file users.protected

A removal is a user that up would delete, lock out (onDelete: "lock") or replace; users that stay (onDelete: "retain") are
none, and neither are users that are gone from the account already. A share allows at least one, unless it is 0%.

A preview does not show deletes that an earlier run left pending, so guard also reads the state: that of the preview's stack
through \`pulumi stack export\`, or --state.

Exit codes:
  0  up may go on
  3  it would go too far: the reasons and the users are printed
  1  could not tell: the preview failed or is none, or the state was not read

In a pipeline use "set -o pipefail", or a file as in the second example.`;

/** Adds the command `guard`, which stops a pipeline before an `up` that removes too many users. */
export function addGuard(program: Command): void {
  program
    .command("guard")
    .description("Read `pulumi preview --json` and refuse an up that would remove too many users.")
    .argument("[file]", "what `pulumi preview --json` printed; standard input when left out", "-")
    .option("--max-removals <number|share%>", "the most users that may go, such as 5, or 10%", limit)
    .option("--no-replace", "refuse every replacement")
    .option("--protect <name>", "a user, or a resource, that may not go; may be repeated", collect)
    .option("--protect-file <file>", "such names, one a line; # begins a comment")
    .addOption(
      new Option(
        "--approved <number>",
        "how many removals a person approved: just so many may go, replacements too, protected users not",
      )
        .env("ALICLOUD_USERS_APPROVED_REMOVALS")
        .argParser(approvedNumber),
    )
    .option("--stack <name>", "the stack of the preview, that of its resources when left out")
    .option("--cwd <folder>", "the folder of the Pulumi project, the current one when left out")
    .option("--state <file>", "what `pulumi stack export` printed, in place of asking for it")
    .option("--preview-only", "read no state, so pending deletes are not counted", false)
    .addHelpText("after", examples)
    .action(async (file: string, options: Options) => {
      process.exitCode = await guard(file, options);
    });
}

async function guard(file: string, options: Options): Promise<number> {
  const listed = options.protectFile === undefined ? [] : await namesIn(options.protectFile);
  const limits: Limits = {
    maxRemovals: options.maxRemovals,
    noReplace: !options.replace,
    protectedNames: [...(options.protect ?? []), ...listed],
    approved: options.approved,
  };
  if (!limits.maxRemovals && !limits.noReplace && limits.protectedNames.length === 0)
    throw new Error(
      "There is nothing to guard. Give --max-removals, --no-replace, --protect or --protect-file.",
    );
  const preview = readPreview(file === "-" ? await text(process.stdin) : await readFile(file, "utf8"));
  const users = await usersOf(preview, options);
  const reasons = judge(users, limits);
  const lines = [
    reasons.length === 0 ? passed(users, limits) : `Refused. ${reasons.map(showText).join(" ")}`,
    ...users.removals.map(({ effect, kind, name }) => `  ${effect.padEnd(8)}${kind} ${showText(name)}`),
    ...unseen(users, limits, options),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return reasons.length === 0 ? 0 : 3;
}

async function usersOf(preview: PreviewUsers, options: StateOptions): Promise<StackUsers> {
  return options.previewOnly
    ? ofPreview(preview)
    : ofPreviewAndState(preview, await stateOf(preview, options));
}

async function stateOf({ stack }: PreviewUsers, options: StateOptions): Promise<StackState> {
  try {
    if (options.state !== undefined) return readState(await readFile(options.state, "utf8"));
    return await exportState(options.stack ?? stack, path.resolve(options.cwd ?? "."));
  } catch (error) {
    throw new Error(
      "A preview does not show deletes that an earlier run left pending, and the state was not read: " +
        `${(error as Error).message.trim()} Run guard in the project's folder (--cwd, --stack), give --state with what ` +
        "`pulumi stack export` printed, or leave such deletes uncounted with --preview-only.",
    );
  }
}

function passed({ before, removals }: StackUsers, { approved }: Limits): string {
  if (before === 0 && removals.length === 0) return "0 users would go: the stack holds none.";
  const isApproved = removals.length > 0 && removals.length === approved;
  return `${removals.length} users would go: ${isApproved ? "a person approved that number" : "within the limits"}.`;
}

/** What the verdict says nothing about. */
function unseen({ names }: StackUsers, { protectedNames }: Limits, { previewOnly }: StateOptions): string[] {
  const strangers = names ? protectedNames.filter((name) => !names.has(name)) : [];
  return [
    ...strangers.map(
      (name) => `Protects nobody: the stack has no user or resource "${showText(name)}". Check the spelling.`,
    ),
    ...(previewOnly
      ? ["Deletes that an earlier run left pending were not looked for (--preview-only)."]
      : []),
  ];
}

async function namesIn(file: string): Promise<string[]> {
  const lines = (await readFile(file, "utf8")).split("\n").map((line) => line.replace(/#.*/, "").trim());
  return lines.filter((line) => line !== "");
}

function collect(value: string, values: string[] = []): string[] {
  return [...values, value];
}

function limit(given: string): NonNullable<Limits["maxRemovals"]> {
  try {
    return limitOf(given);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/** A pipeline hands on an empty text where nobody has approved anything. */
function approvedNumber(given: string): number | undefined {
  if (given.trim() === "") return undefined;
  const number = Number(given);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError("It is a whole number, the one that guard printed.");
}
