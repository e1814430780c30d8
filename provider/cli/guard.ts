import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { showText } from "../core/showText";
import type { Limits } from "./guard/judge";
import { judge, limitOf } from "./guard/judge";
import { readPreview } from "./guard/previewUsers";

interface Options {
  maxRemovals?: NonNullable<Limits["maxRemovals"]>;
  replace: boolean;
  protect?: string[];
  protectFile?: string;
}

const examples = `
Examples:
  pulumi preview --json | alicloud-users guard --max-removals 5
  pulumi preview --json --show-sames > preview.json && alicloud-users guard preview.json --max-removals 10% --no-replace
  alicloud-users guard preview.json --protect alice --protect-file users.protected

A removal is a user that up would delete, lock out (onDelete: "lock") or replace; users that stay (onDelete: "retain") are
none. A user that is gone already, and would be created again, counts as replaced when dynamic resources show it so.

Exit codes:
  0  up may go on
  3  it would go too far: the reasons and the users are printed
  1  could not tell: the preview failed, or it is none

In a pipeline use "set -o pipefail", or a file as in the second example.`;

/** Adds the command `guard`, which stops a pipeline before an `up` that removes too many users. */
export function addGuard(program: Command): void {
  program
    .command("guard")
    .description("Read `pulumi preview --json` and refuse an up that would remove too many users.")
    .argument("[file]", "what `pulumi preview --json` printed; standard input when left out", "-")
    .option(
      "--max-removals <number|share%>",
      "the most users that may go, such as 5, or 10% (of a preview with --show-sames)",
      limit,
    )
    .option("--no-replace", "refuse every replacement")
    .option("--protect <name>", "a user, or a resource, that may not go; may be repeated", collect)
    .option("--protect-file <file>", "such names, one a line; # begins a comment")
    .addHelpText("after", examples)
    .action(async (file: string, options: Options) => {
      process.exitCode = await guard(file, options);
    });
}

async function guard(file: string, options: Options): Promise<number> {
  const names = options.protectFile === undefined ? [] : await namesIn(options.protectFile);
  const limits: Limits = {
    maxRemovals: options.maxRemovals,
    noReplace: !options.replace,
    protectedNames: [...(options.protect ?? []), ...names],
  };
  if (!limits.maxRemovals && !limits.noReplace && limits.protectedNames.length === 0)
    throw new Error(
      "There is nothing to guard. Give --max-removals, --no-replace, --protect or --protect-file.",
    );
  const preview = readPreview(file === "-" ? await text(process.stdin) : await readFile(file, "utf8"));
  const reasons = judge(preview, limits);
  const rows = preview.removals.map(
    ({ effect, kind, name }) => `  ${effect.padEnd(8)}${kind} ${showText(name)}\n`,
  );
  const verdict =
    reasons.length === 0
      ? `${preview.removals.length} users would go: within the limits.\n`
      : `Refused. ${reasons.map(showText).join(" ")}\n`;
  process.stdout.write(`${verdict}${rows.join("")}`);
  return reasons.length === 0 ? 0 : 3;
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
