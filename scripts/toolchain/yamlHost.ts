import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { makeAside, whileLocked } from "./cache";
import { buildYamlHost, hasGo } from "./golang";
import { cachePlace, findOnPath, modulesHash, yamlHost } from "./place";
import { aloud, type Say } from "./say";
import { type Toolchain, wayOut } from "./toolchain";

const title = "Pulumi language host for YAML";

/** Fills a folder with the host, where this machine can. */
export interface HostSource {
  isOpen(): boolean;
  fill(binDir: string, say: Say): Promise<void>;
}

const goModules: HostSource = { isOpen: hasGo, fill: buildYamlHost };

/** Makes sure that the CLI runs YAML programs: by the host that came with it, else by one that is built into the cache. */
export async function ensureYamlHost(
  { env }: Toolchain,
  say: Say = aloud,
  source = goModules,
  pollMs?: number,
): Promise<void> {
  const place = cachePlace();
  const usable = () => {
    const found = findOnPath(yamlHost, env);
    return found && !(path.dirname(found) === path.join(place, "bin") && isOutdated(place))
      ? found
      : undefined;
  };
  const found = usable();
  if (found) return say.done(`${title}: ready in ${path.dirname(found)}`);
  if (!source.isOpen())
    throw new Error(
      `The Pulumi CLI has no language host for YAML, and there is no Go to build it with. ${wayOut}`,
    );
  const complete = async () => {
    if (!usable()) await makeAside(place, (making) => add(place, making, source, say));
  };
  await whileLocked(place, title, say, complete, pollMs);
}

/** Adds the host to what the place holds, beside the CLI, which warns of a host that lies elsewhere. */
async function add(place: string, making: string, source: HostSource, say: Say): Promise<void> {
  await source.fill(making, say);
  await mkdir(path.join(place, "bin"), { recursive: true });
  await writeFile(stampOf(place), modulesHash("yaml"));
  await rename(path.join(making, yamlHost), path.join(place, "bin", yamlHost));
}

/** A host without a stamp came with its CLI. */
function isOutdated(place: string): boolean {
  return existsSync(stampOf(place)) && readFileSync(stampOf(place), "utf8") !== modulesHash("yaml");
}

function stampOf(place: string): string {
  return path.join(place, "yaml.stamp");
}
