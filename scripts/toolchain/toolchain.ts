import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { buildFromGo, hasGo } from "./golang";
import { makeAside, whileLocked } from "./cache";
import { download, isReachable } from "./official";
import { cachePlace, findOnPath, isComplete, programs, repository } from "./place";
import { run } from "./run";
import { aloud, type Say, sayWhile } from "./say";
import { cliVersion, isAtLeast, oldestVersion } from "./version";

/** A Pulumi CLI with its language host, ready to run. */
export interface Toolchain {
  binDir: string;
  /** The environment to run it in: this process's own, with the CLI first on the PATH. */
  env: NodeJS.ProcessEnv;
}

/** One way to have the programs: whether it is open on this machine, and how it fills a folder. */
export interface Source {
  name: string;
  isOpen(): boolean | Promise<boolean>;
  fill(binDir: string, say: Say): Promise<void>;
}

/** The ways to fill the cache, the cheaper first. */
export const sources: Source[] = [
  {
    name: "official release",
    isOpen: () => isReachable(),
    fill: (binDir, say) => sayWhile(say, `Pulumi CLI ${cliVersion}: downloading`, () => download(binDir)),
  },
  { name: "Go modules", isOpen: hasGo, fill: buildFromGo },
];

/** What to do where nothing is open. */
export const wayOut =
  "Install Pulumi from https://www.pulumi.com/docs/install/ or Go 1.26 or newer from https://go.dev/doc/install, " +
  "then try again.";

/** The CLI to use: the one on the PATH, else the cached one, which is made first if there is none. */
export async function ensureToolchain(say: Say = aloud, from = sources): Promise<Toolchain> {
  const { binDir, lack } = await onPath();
  if (lack !== undefined)
    say.work(`Pulumi CLI on the PATH, in ${binDir}: ${lack}. A CLI in the cache is used instead.`);
  const found = await findToolchain();
  if (found) {
    say.done(`Pulumi CLI: ready in ${found.binDir}`);
    return found;
  }
  const place = cachePlace();
  await fillCache(place, say, from);
  return toolchainIn(path.join(place, "bin"));
}

/** The CLI on the PATH or in the cache, if there is one. */
export async function findToolchain(): Promise<Toolchain | undefined> {
  const { binDir, lack } = await onPath();
  if (binDir !== undefined && lack === undefined) return toolchainIn(binDir);
  const cached = path.join(cachePlace(), "bin");
  return isComplete(cached) ? toolchainIn(cached) : undefined;
}

/** Fills a place in the cache from the first open source; two runs at once fill it once, and never half. */
export async function fillCache(place: string, say: Say, from: Source[], pollMs?: number): Promise<void> {
  const fill = async () => {
    if (isComplete(path.join(place, "bin"))) return;
    const source = await firstOpen(from);
    await makeAside(place, async (making) => {
      const binDir = path.join(making, "bin");
      await mkdir(binDir);
      await source.fill(binDir, say);
      await copyLauncher(binDir);
      await rm(place, { recursive: true, force: true });
      await rename(making, place);
    });
  };
  await whileLocked(place, "Pulumi CLI", say, fill, pollMs);
}

/** The first source that is open; the later ones are not asked. */
export async function firstOpen(from: Source[]): Promise<Source> {
  for (const source of from) if (await source.isOpen()) return source;
  throw new Error(
    "No Pulumi CLI was found, its release site does not answer, and there is no Go to build it with. " +
      wayOut,
  );
}

/** The CLI warns on every run when the launcher of dynamic providers is not beside it. */
async function copyLauncher(binDir: string): Promise<void> {
  const name = programs.dynamicProvider;
  await copyFile(path.join(repository, "node_modules/@pulumi/pulumi", name), path.join(binDir, name));
}

/** The folder of the CLI on the PATH, and what it lacks to run a program in TypeScript with dynamic resources. */
async function onPath(): Promise<{ binDir?: string; lack?: string }> {
  const cli = findOnPath(programs.cli);
  if (!cli) return {};
  const binDir = path.dirname(cli);
  const version = await versionOf(cli);
  if (version === "") return { binDir, lack: `"${programs.cli} version" fails` };
  if (!isAtLeast(version, oldestVersion))
    return { binDir, lack: `it is ${version.trim()}, and ${oldestVersion} or newer is needed` };
  const env = { PATH: [binDir, process.env.PATH].join(path.delimiter) };
  const missing = Object.entries(purposes).find(([program]) => !findOnPath(program, env));
  return missing ? { binDir, lack: `${missing[0]}, which ${missing[1]}, is missing` } : { binDir };
}

const purposes: Readonly<Record<string, string>> = {
  [programs.nodeHost]: "runs programs in TypeScript",
  [programs.dynamicProvider]: "runs dynamic resources",
};

/** A program that does not run has no version. */
async function versionOf(cli: string): Promise<string> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return run(cli, ["version"], { env, timeoutMs: 10_000 }).then(
    ({ stdout }) => stdout,
    () => "",
  );
}

function toolchainIn(binDir: string): Toolchain {
  // Last, what was built for a CLI that came without it.
  const PATH = [binDir, process.env.PATH, path.join(cachePlace(), "bin")].join(path.delimiter);
  return { binDir, env: { ...process.env, PATH, PULUMI_SKIP_UPDATE_CHECK: "true" } };
}
