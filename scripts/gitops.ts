import { spawnSync } from "node:child_process";
import path from "node:path";
import { goTools } from "./gitops/goTools";
import { openGround } from "./gitops/ground";
import { onGithub } from "./gitops/onGithub";
import { onGitlab } from "./gitops/onGitlab";
import { findOnPath, repository } from "./toolchain/place";

const say = (line: string): void => void process.stdout.write(`… ${line}\n`);
const examples = path.join(repository, "examples/gitops");

/** `npm run gitops`: checks the pipelines of examples/gitops and runs them against an emulator and a forge on loopback. */
async function main(): Promise<void> {
  say("building act and actionlint (a minute, the first time)");
  const { act, actionlint } = await goTools();
  const workflows = ["users.yml", "drift.yml"].map((name) =>
    path.join(examples, "github/.github/workflows", name),
  );
  check("actionlint", actionlint, workflows);
  const zizmor = findOnPath("zizmor");
  if (zizmor) check("zizmor", zizmor, ["--offline", "--no-progress", path.join(examples, "github")]);
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

function check(name: string, program: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${name} complains:\n${stdout}${stderr}`);
  say(`${name}: nothing found`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
