// Plain Node without dependencies, since it runs before there are any: what comes after `npm ci` is TypeScript.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Brings npm dependencies, dist and the Pulumi CLI up to date, and returns where the CLI is and how to run it. */
export async function setUp({ pulumi = true, yaml = true, isQuiet = false } = {}) {
  installDependencies({ isQuiet });
  const { prepare } = await typescript("./toolchain/prepare.ts");
  return prepare({ npm: npm(), pulumi, yaml, isQuiet });
}

/** Makes sure of the Pulumi CLI alone: `{ binDir, env }`. */
export async function ensureToolchain() {
  const { ensureToolchain: ensure } = await typescript("./toolchain/toolchain.ts");
  return ensure();
}

/** Installs what the lock file of a folder, the checkout's own unless told, says, where that is not installed yet. */
export function installDependencies({ folder = root, title = "npm dependencies", isQuiet = false } = {}) {
  const lockFile = path.join(folder, "package-lock.json");
  const stamp = path.join(folder, "node_modules/.package-lock.sha256");
  const hash = createHash("sha256").update(readFileSync(lockFile)).digest("hex");
  if (isInstalled(lockFile, stamp, hash)) {
    if (!isQuiet) console.log(`${title}: up to date`);
  } else {
    (isQuiet ? console.error : console.log)(`${title}: installing`);
    const [command, ...args] = npm();
    const stdio = ["ignore", isQuiet ? 2 : "inherit", "inherit"];
    const { status, error } = spawnSync(command, [...args, "ci", "--no-audit", "--no-fund"], {
      cwd: folder,
      stdio,
    });
    if (status !== 0) throw error ?? new Error("npm ci failed.");
  }
  writeFileSync(stamp, hash);
}

/** The stamp names this lock file, or npm itself finished an install after the lock file was last written. */
function isInstalled(lockFile, stamp, hash) {
  const installed = path.join(path.dirname(stamp), ".package-lock.json");
  if (!existsSync(installed)) return false;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return true;
  return statSync(installed).mtimeMs >= statSync(lockFile).mtimeMs;
}

/** npm as a script for this Node, wherever it is found, because Windows cannot start `npm` without a shell. */
function npm() {
  const node = path.dirname(process.execPath);
  const places = ["node_modules", "../lib/node_modules"].map((folder) =>
    path.join(node, folder, "npm/bin/npm-cli.js"),
  );
  const script = [process.env.npm_execpath ?? "", ...places].find(
    (file) => /\.c?js$/.test(file) && existsSync(file),
  );
  return script ? [process.execPath, script] : ["npm"];
}

async function typescript(file) {
  const tsx = await import("tsx/cjs/api");
  return tsx.require(file, import.meta.url);
}

async function main() {
  if (Number(process.versions.node.split(".")[0]) < 20) throw new Error("Node 20 or newer is needed.");
  const has = (flag) => process.argv.includes(flag);
  await setUp({ pulumi: !has("--no-pulumi"), yaml: !has("--no-yaml"), isQuiet: has("--quiet") });
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    // An interrupt has set the exit code; what it cut short is no news.
    if (!process.exitCode) console.error(error.message);
    process.exitCode ||= 1;
  });
}
