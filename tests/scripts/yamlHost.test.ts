import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { cachePlace, isComplete, modulesHash, programs, yamlHost } from "../../scripts/toolchain/place";
import { fillCache, findToolchain } from "../../scripts/toolchain/toolchain";
import { ensureYamlHost } from "../../scripts/toolchain/yamlHost";
import { temporaryFolder } from "../support/temporaryFolder";

const silent = { done: () => {}, work: () => {} };
const pollMs = 2;
const original = { ...process.env };

beforeEach(async () => Object.assign(process.env, { PATH: "", XDG_CACHE_HOME: await temporaryFolder() }));
afterEach(() => Object.assign(process.env, original, { XDG_CACHE_HOME: original.XDG_CACHE_HOME ?? "" }));

/** A cache with a CLI in it, as it was filled before there was a host for YAML. */
async function cachedToolchain(...further: string[]) {
  const fill = async (binDir: string) => {
    for (const name of [...Object.values(programs), ...further])
      writeFileSync(path.join(binDir, name), "old");
  };
  await fillCache(cachePlace(), silent, [{ name: "made up", isOpen: () => true, fill }]);
  return (await findToolchain())!;
}

function builder(isOpen = true) {
  const built: string[] = [];
  const fill = async (folder: string) => {
    built.push(folder);
    await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(path.join(folder, yamlHost), "new");
  };
  return { built, source: { isOpen: () => isOpen, fill } };
}

const inCache = (name: string) => path.join(cachePlace(), "bin", name);
const stamp = () => path.join(cachePlace(), "yaml.stamp");

describe("the language host for YAML", () => {
  it("is added to a cached CLI, which stays as it is", async () => {
    const toolchain = await cachedToolchain();
    const { built, source } = builder();
    await ensureYamlHost(toolchain, silent, source);
    expect(built[0]!.startsWith(`${cachePlace()}.making-`)).toBe(true);
    expect(readFileSync(inCache(yamlHost), "utf8")).toBe("new");
    expect(readFileSync(inCache(programs.cli), "utf8")).toBe("old");
    expect(readdirSync(path.dirname(cachePlace()))).toEqual([path.basename(cachePlace())]);
  });

  it("is built once for two runs at once, and not again later", async () => {
    const toolchain = await cachedToolchain();
    const { built, source } = builder();
    const lines: string[] = [];
    const say = { done: (line: string) => lines.push(line), work: (line: string) => lines.push(line) };
    const ensure = () => ensureYamlHost(toolchain, say, source, pollMs);
    await Promise.all([ensure(), ensure()]);
    await ensure();
    expect(built).toHaveLength(1);
    const title = "Pulumi language host for YAML";
    expect(lines).toEqual([
      `${title}: waiting for another run`,
      `${title}: ready in ${path.dirname(inCache("x"))}`,
    ]);
  });

  it("is rebuilt when other modules are pinned", async () => {
    const toolchain = await cachedToolchain();
    const { built, source } = builder();
    await ensureYamlHost(toolchain, silent, source);
    expect(readFileSync(stamp(), "utf8")).toBe(modulesHash("yaml"));
    writeFileSync(stamp(), "of another release");
    await ensureYamlHost(toolchain, silent, source);
    await ensureYamlHost(toolchain, silent, source);
    expect(built).toHaveLength(2);
  });

  it("is taken from the release that the CLI came with", async () => {
    const toolchain = await cachedToolchain(yamlHost);
    const { built, source } = builder();
    await ensureYamlHost(toolchain, silent, source);
    expect(built).toEqual([]);
  });

  it("is taken from beside a CLI on the PATH, or built for one that has none", async () => {
    const bin = await temporaryFolder();
    await mkdir(path.join(bin, "with"));
    writeFileSync(path.join(bin, "with", yamlHost), "");
    const { built, source } = builder();
    const toolchainOn = (PATH: string) => ({ binDir: bin, env: { PATH } });
    await ensureYamlHost(toolchainOn(path.join(bin, "with")), silent, source);
    expect(built).toEqual([]);
    await ensureYamlHost(toolchainOn(bin), silent, source);
    expect(existsSync(inCache(yamlHost))).toBe(true);
    expect(isComplete(path.dirname(inCache(yamlHost)))).toBe(false);
  });

  it("leaves nothing behind when it does not build", async () => {
    const toolchain = await cachedToolchain();
    const source = { isOpen: () => true, fill: () => Promise.reject(new Error("out of disk")) };
    await expect(ensureYamlHost(toolchain, silent, source)).rejects.toThrow("out of disk");
    expect(readdirSync(path.dirname(cachePlace()))).toEqual([path.basename(cachePlace())]);
    expect(existsSync(inCache(yamlHost))).toBe(false);
  });

  it("names the ways out when it cannot be had", async () => {
    const toolchain = await cachedToolchain();
    const none = ensureYamlHost(toolchain, silent, builder(false).source);
    await expect(none).rejects.toThrow(/no language host for YAML.*Install Pulumi from .* or Go 1\.26/);
  });
});
