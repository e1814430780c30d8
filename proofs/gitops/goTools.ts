import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../../scripts/toolchain/place";
import { run } from "../../scripts/toolchain/run";

const folder = path.join(__dirname, "tools");
const packages = { act: "github.com/nektos/act", actionlint: "github.com/rhysd/actionlint/cmd/actionlint" };

/** The program that runs workflows and the one that checks them, built once from the Go modules pinned beside this file. */
export async function goTools(): Promise<Record<keyof typeof packages, string>> {
  const cache = path.join(cacheFolder(), "gitops");
  mkdirSync(cache, { recursive: true });
  const built = Object.entries(packages).map(async ([name, source]) => {
    const file = path.join(cache, name);
    if (!existsSync(file)) {
      const { exitCode, stderr } = await run("go", ["build", "-o", file, source], { cwd: folder });
      if (exitCode !== 0) throw new Error(`${name} could not be built. Is Go on the PATH?\n${stderr}`);
    }
    return [name, file];
  });
  return Object.fromEntries(await Promise.all(built)) as Record<keyof typeof packages, string>;
}
