import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../../scripts/toolchain/place";
import { run } from "../../scripts/toolchain/run";
import { temporaryFolder } from "../support/temporaryFolder";

interface Lock {
  packages: Record<string, { dev?: boolean; deprecated?: string; engines?: { node?: string } }>;
}

const lock = JSON.parse(readFileSync(path.join(repository, "package-lock.json"), "utf8")) as Lock;

/** npm's own judgement of what is installed by the lock file in this folder, without the network. */
function judge(folder: string, ...options: string[]) {
  const args = ["ci", "--dry-run", "--offline", "--no-audit", "--no-fund", "--no-update-notifier"];
  return run("npm", [...args, ...options], { cwd: folder });
}

/** What users install, without what only a checkout needs. */
const ofUsers = ["--omit=dev", "--engine-strict", "--ignore-scripts"];

async function checkout(part = "."): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of ["package.json", "package-lock.json"])
    copyFileSync(path.join(repository, part, name), path.join(folder, name));
  return folder;
}

// Node.js 20 is the oldest that the package supports; the workflow runs this with it and with the newer ones.
describe.each([
  ["a checkout", "."],
  ["what its proofs need", "proofs"],
])("%s", (_, part) => {
  test("installs without a warning: nothing asks for a newer Node.js, and no install script waits for a decision", async () => {
    const { exitCode, stderr } = await judge(await checkout(part));
    expect(stderr).not.toMatch(/warn/i);
    expect(exitCode).toBe(0);
  }, 60_000);

  test("has a lock file that names no registry, so that it installs from any", () => {
    const text = readFileSync(path.join(repository, part, "package-lock.json"), "utf8");
    expect(text).not.toMatch(/"resolved": "https?:/);
  });
});

describe("what users install", () => {
  test("runs on this release of Node.js, and npm warns of nothing in it", async () => {
    const { exitCode, stderr } = await judge(await checkout(), ...ofUsers);
    expect(stderr).not.toMatch(/warn/i);
    expect(exitCode).toBe(0);
  }, 60_000);

  test("is refused where a part of it asks for another release", async () => {
    const folder = await checkout();
    const { packages } = structuredClone(lock);
    packages["node_modules/zod"]!.engines = { node: ">=99" };
    writeFileSync(path.join(folder, "package-lock.json"), JSON.stringify({ ...lock, packages }));
    expect((await judge(folder, ...ofUsers)).stderr).toContain("EBADENGINE");
  }, 60_000);

  test("has no part that its authors have deprecated", () => {
    const parts = Object.entries(lock.packages).filter(([, { dev }]) => !dev);
    expect(parts.filter(([, { deprecated }]) => deprecated !== undefined)).toEqual([]);
  });
});
