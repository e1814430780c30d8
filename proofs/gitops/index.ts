import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { goTools } from "./goTools";
import { openGround } from "./ground";
import { onGithub } from "./onGithub";
import { onGitlab } from "./onGitlab";
import { findOnPath, repository } from "../../scripts/toolchain/place";

const say = (line: string): void => void process.stdout.write(`… ${line}\n`);
const examples = path.join(repository, "examples/gitops");

/**
 * `npm run proof -- gitops`: checks the workflows of this repository and the pipelines of examples/gitops, and runs the latter
 * against an emulator and a forge on loopback.
 */
async function main(): Promise<void> {
  say("building act and actionlint (a minute, the first time)");
  const { act, actionlint } = await goTools();
  check("actionlint", actionlint, [
    ...workflowsIn(path.join(examples, "github")),
    ...workflowsIn(repository),
  ]);
  const zizmor = findOnPath("zizmor");
  if (zizmor)
    for (const folder of [path.join(examples, "github"), path.join(repository, ".github")])
      check("zizmor", zizmor, ["--offline", "--no-progress", folder]);
  else say("zizmor is not on the PATH (pip install zizmor): left out");
  const wanted = process.argv.slice(2);
  if (wanted.length === 0 || wanted.includes("github"))
    await within("github", (ground) => onGithub(ground, act, say));
  const npx = findOnPath("npx");
  if (npx && (wanted.length === 0 || wanted.includes("gitlab")))
    await within("gitlab", (ground) => onGitlab(ground, npx, say));
  process.stdout.write("gitops: everything passed\n");
}

async function within(
  example: string,
  work: (ground: Awaited<ReturnType<typeof openGround>>) => Promise<void>,
): Promise<void> {
  say(`${example}: a stack with two users`);
  const ground = await openGround(example);
  try {
    await work(ground);
  } finally {
    await ground.close();
  }
}

/** The workflows of a repository. */
function workflowsIn(folder: string): string[] {
  const workflows = path.join(folder, ".github/workflows");
  return readdirSync(workflows).map((name) => path.join(workflows, name));
}

function check(name: string, program: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${name} complains:\n${stdout}${stderr}`);
  say(`${name}: nothing found`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
