import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { programs } from "./place";
import { run } from "./run";
import { cliVersion } from "./version";

/** Where Pulumi publishes its releases. */
export const releases = "https://get.pulumi.com/releases/sdk";

const checksumsName = `pulumi-${cliVersion}-checksums.txt`;
const systems: Partial<Record<NodeJS.Platform, string>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "windows",
};

/** The name of the release's archive for a platform, if Pulumi publishes one. */
export function archiveName(platform = process.platform, arch: string = process.arch): string | undefined {
  const system = systems[platform];
  if (!system || !["x64", "arm64"].includes(arch)) return undefined;
  return `pulumi-v${cliVersion}-${system}-${arch}.${system === "windows" ? "zip" : "tar.gz"}`;
}

/** Whether the release site answers, asked once and waited for at most five seconds. */
export async function isReachable(base = releases, timeoutMs = 5000): Promise<boolean> {
  if (!archiveName()) return false;
  const signal = AbortSignal.timeout(timeoutMs);
  return fetch(`${base}/${checksumsName}`, { method: "HEAD", signal }).then(
    (response) => response.ok,
    () => false,
  );
}

/** The SHA-256 of each file that a checksums text names. */
export function parseChecksums(text: string): Map<string, string> {
  const lines = text.matchAll(/^([0-9a-f]{64})[ \t]+\*?(\S+)[ \t]*\r?$/gim);
  return new Map([...lines].map(([, sum, name]) => [name!, sum!.toLowerCase()]));
}

/** Downloads the release, compares it with the published checksum and unpacks it into the folder. */
export async function download(binDir: string, base = releases): Promise<void> {
  const name = archiveName();
  if (!name) throw new Error(`Pulumi publishes no release for ${process.platform} ${process.arch}.`);
  const sums = parseChecksums(await (await get(`${base}/${checksumsName}`)).text());
  const archive = path.join(path.dirname(binDir), name);
  const body = (await get(`${base}/${name}`)).body as ReadableStream;
  await pipeline(Readable.fromWeb(body), createWriteStream(archive));
  const sum = await sha256(archive);
  if (sum !== sums.get(name)) {
    throw new Error(
      `${name} has the checksum ${sum}, not the published ${sums.get(name) ?? "one (none is)"}.`,
    );
  }
  await unpack(archive, binDir);
  await rm(archive);
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** The archive holds its programs in `pulumi/`, the one for Windows in `pulumi/bin/`. */
async function unpack(archive: string, binDir: string): Promise<void> {
  const unpacked = `${binDir}.unpacked`;
  await mkdir(unpacked);
  const { exitCode, stderr } = await run("tar", ["-xf", archive, "-C", unpacked]);
  if (exitCode !== 0) throw new Error(`tar could not unpack ${archive}:\n${stderr}`);
  const entries = await readdir(unpacked, { recursive: true, withFileTypes: true });
  const cli = entries.find((entry) => entry.isFile() && entry.name === programs.cli);
  if (!cli) throw new Error(`${path.basename(archive)} holds no ${programs.cli}.`);
  await rm(binDir, { recursive: true, force: true });
  await rename(cli.parentPath ?? cli.path, binDir);
  await rm(unpacked, { recursive: true, force: true });
}
