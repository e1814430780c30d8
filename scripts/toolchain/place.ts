import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { cliVersion } from "./version";

/** What the files of programs end with. */
export const exe = process.platform === "win32" ? ".exe" : "";
const script = process.platform === "win32" ? ".cmd" : "";

/** The checkout this script belongs to. */
export const repository = path.resolve(__dirname, "../..");

/** The programs a toolchain consists of, as their files are named. */
export const programs = {
  cli: `pulumi${exe}`,
  nodeHost: `pulumi-language-nodejs${exe}`,
  dynamicProvider: `pulumi-resource-pulumi-nodejs${script}`,
};

/** The program that runs YAML programs; a CLI that was built has none of its own. */
export const yamlHost = `pulumi-language-yaml${exe}`;

/** A toolchain's folder in the cache: one for each release, platform and set of Go modules. */
export function cachePlace(env: NodeJS.ProcessEnv = process.env): string {
  const name = `${cliVersion}-${process.platform}-${process.arch}-${modulesHash("cli", "nodejs")}`;
  return path.join(cacheFolder(env), "toolchain", name);
}

/** The folder of everything that this project keeps in the user's cache. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const caches = env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
  return path.join(caches, "pulumi-alicloud-users");
}

/** Whether a folder of programs has all that a program in TypeScript needs. */
export function isComplete(binDir: string): boolean {
  return Object.values(programs).every((name) => existsSync(path.join(binDir, name)));
}

/** The full name of a program on the PATH. */
export function findOnPath(program: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env.PATH ?? "").split(path.delimiter).filter(path.isAbsolute);
  return folders.map((folder) => path.join(folder, program)).find(isFile);
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Stands for what the Go modules of these folders, named from this one, pin. */
export function modulesHash(...folders: string[]): string {
  const hash = createHash("sha256");
  for (const name of folders) hash.update(readFileSync(path.resolve(__dirname, name, "go.sum")));
  return hash.digest("hex").slice(0, 8);
}
