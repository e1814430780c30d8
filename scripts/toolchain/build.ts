import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "./lock";
import { repository } from "./place";
import { run } from "./run";
import { elapsed, type Say, sayWhile } from "./say";

/** The folders whose files are built into dist and the plugin, or build them. */
export const sourceFolders = ["provider", "cli", "people", "sdk", "emulator", "scripts/package"];
const settings = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "scripts/build.ts",
];
const outputFolders = ["dist", "plugin"];

/** Runs `npm run build` unless dist and the plugin are what the sources, as they are, were built into. */
export async function build(npm: string[], say: Say, root = repository): Promise<void> {
  const cache = path.join(root, "node_modules/.cache/pulumi-alicloud-users");
  const waiting = (wait: () => Promise<void>) =>
    sayWhile(say, "dist: waiting for another run that builds it", wait);
  await withLock(path.join(cache, "build.lock"), () => buildOnce(npm, say, root, cache), { waiting });
}

async function buildOnce(npm: string[], say: Say, root: string, cache: string): Promise<void> {
  const stamp = path.join(cache, "build.stamp");
  const sources = fingerprint(root, [...settings, ...filesBelow(root, sourceFolders)]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === stampText(root, sources)) {
    return say.done("dist: up to date");
  }
  rmSync(stamp, { force: true });
  const started = Date.now();
  const { exitCode, stdout, stderr } = await sayWhile(say, "dist: building", () => npmRunBuild(npm, root));
  if (exitCode !== 0) throw new Error(`npm run build failed:\n${stdout}${stderr}`.trimEnd());
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, stampText(root, sources));
  say.work(`dist: built in ${elapsed(started)}`);
}

function npmRunBuild([npm, ...args]: string[], root: string) {
  return run(npm!, [...args, "run", "build", "--silent"], { cwd: root });
}

/** Both sides count, so that an output changed or removed by hand is built again. */
function stampText(root: string, sources: string): string {
  return `${sources} ${fingerprint(root, filesBelow(root, outputFolders))}\n`;
}

function fingerprint(root: string, files: string[]): string {
  const hash = createHash("sha256");
  for (const file of files.filter((name) => existsSync(path.join(root, name)))) {
    const text = readFileSync(path.join(root, file));
    hash.update(`${file}\0${text.length}\0`).update(text);
  }
  return hash.digest("hex");
}

function filesBelow(root: string, folders: string[]): string[] {
  const present = folders.filter((folder) => existsSync(path.join(root, folder)));
  const entries = present.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }),
  );
  const files = entries.filter((entry) => entry.isFile());
  const names = files.map((entry) =>
    path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)),
  );
  return names.map((name) => name.split(path.sep).join("/")).sort();
}
