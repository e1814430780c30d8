import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** A file to compare with: its name and its bytes, which are none where a commit does not have the file. */
export interface OtherFile {
  name: string;
  bytes: Uint8Array | undefined;
}

/** Reads `FILE`, or `git:REF`: the file of that name as a commit, a branch or a tag has it. */
export async function readOther(against: string, file: string): Promise<OtherFile> {
  const [, ref] = /^git:(.*)$/.exec(against) ?? [];
  if (ref === undefined) return { name: against, bytes: await readFile(against) };
  if (!/^[^-:]/.test(ref))
    throw new Error(`--against: "${ref}" names no commit. Write git: and a branch, a tag or a commit.`);
  const folder = path.dirname(path.resolve(file));
  const name = `./${path.basename(file)}`;
  const commit = (await git(folder, "rev-parse", "--verify", "--quiet", `${ref}^{commit}`)).toString().trim();
  const listed = await git(folder, "ls-tree", "--name-only", commit, name);
  const bytes = listed.length === 0 ? undefined : await git(folder, "show", `${commit}:${name}`);
  return { name: `${ref}:${file}`, bytes };
}

function git(cwd: string, ...args: string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    execFile("git", args, { cwd, encoding: "buffer", maxBuffer: Infinity }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if (error.code === "ENOENT")
        return reject(new Error("--against git:… needs git, which is not on the PATH."));
      const said =
        stderr.toString().trim() || "there is no such commit here. A pipeline may have to fetch it first";
      reject(new Error(`git ${args.join(" ")}: ${said}.`));
    });
  });
}
