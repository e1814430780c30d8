import { readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { commentText, markerOf } from "./commentText";
import { openForge } from "./openForge";
import { type Done, putComment, putIssue } from "./threads";
import { markdownFormat } from "../drift/markdownFormat";
import { maskReport, maskText } from "../drift/mask";
import { readReport } from "../drift/since";

interface Options {
  key: string;
  label: string;
  provider?: string;
  number?: number;
  showValues: boolean;
  dryRun: boolean;
}

const commentExamples = `
Examples:
  alicloud-users ci comment preview.txt guard.txt drift.md
  alicloud-users ci comment drift.md --key prod --dry-run

Files that end in .md are Markdown; others are shown as they were printed. The comment with the same key is edited, so a
pull request has one, however often its pipeline runs. Email addresses and telephone numbers are masked, in a preview too.
GitHub: GITHUB_TOKEN with "pull-requests: write". GitLab: GITLAB_TOKEN, a project access token with the scope api.`;

const issueExamples = `
Examples:
  alicloud-users drift -o json:report.json; alicloud-users ci issue report.json

It opens an issue when users drifted or could not be compared, updates it in the next runs, and closes it when all is in
sync. GitHub: GITHUB_TOKEN with "issues: write". GitLab: GITLAB_TOKEN, a project access token with the scope api.`;

/** Adds the commands `ci comment` and `ci issue`, which write for a pipeline on GitHub or GitLab. */
export function addCi(program: Command): void {
  const ci = program
    .command("ci")
    .description("Write the comment of a pull request, or the issue of a drift, from a pipeline.");
  shared(ci.command("comment"))
    .description("Leave one comment in the pull request or merge request, and update it in every run.")
    .argument("<files...>", "what the comment consists of")
    .option(
      "--number <number>",
      "the pull request or merge request, that of the pipeline when left out",
      Number,
    )
    .addHelpText("after", commentExamples)
    .action(comment);
  shared(ci.command("issue"))
    .description("Open, update and close an issue as a drift report says.")
    .argument("<report>", "what `alicloud-users drift -o json:FILE` wrote")
    .option("--label <name>", "the label of the issue", "drift")
    .addHelpText("after", issueExamples)
    .action(issue);
}

function shared(command: Command): Command {
  return command
    .option("--key <text>", "tells apart several comments or issues of one repository", "users")
    .addOption(
      new Option("--provider <name>", "told by the pipeline when left out").choices(["github", "gitlab"]),
    )
    .option("--show-values", "do not mask email addresses and telephone numbers", false)
    .option("--dry-run", "print the text and send nothing", false);
}

async function comment(
  files: string[],
  { key, provider, number, showValues, dryRun }: Options,
): Promise<void> {
  const shown = showValues ? String : maskText;
  const parts = await Promise.all(
    files.map(async (file) => ({ file, text: shown(await readFile(file, "utf8")) })),
  );
  const text = commentText(key, parts);
  if (dryRun) return void process.stdout.write(`${text}\n`);
  const forge = await openForge(provider, number);
  process.stdout.write(`comment: ${await written("comment", putComment(forge, key, text))}\n`);
}

async function issue(file: string, { key, label, provider, showValues, dryRun }: Options): Promise<void> {
  const read = await readReport(file);
  const report = showValues ? read : maskReport(read);
  if (dryRun) return void process.stdout.write(`${markerOf(key)}\n\n${markdownFormat(report)}`);
  const forge = await openForge(provider, undefined);
  process.stdout.write(`issue: ${await written("issue", putIssue(forge, report, { key, label }))}\n`);
}

async function written(what: string, work: Promise<Done>): Promise<Done> {
  try {
    return await work;
  } catch (error) {
    throw new Error(
      `The ${what} was not written: ${(error as Error).message}. Check the address of the API, and what the token may do.`,
    );
  }
}
