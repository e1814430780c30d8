import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cachePlace, findOnPath, isComplete, programs } from "../../scripts/toolchain/place";
import {
  ensureToolchain,
  fillCache,
  findToolchain,
  firstOpen,
  type Source,
  sources,
} from "../../scripts/toolchain/toolchain";
import { temporaryFolder } from "../support/temporaryFolder";

const silent = { done: () => {}, work: () => {} };
const pollMs = 2;

function source(name: string, open: boolean, asked: string[] = []): Source {
  const isOpen = () => (asked.push(name), open);
  return { name, isOpen, fill: async () => {} };
}

function builder() {
  const built: string[] = [];
  const fill = async (binDir: string) => {
    built.push(binDir);
    for (const name of Object.values(programs)) writeFileSync(path.join(binDir, name), "");
  };
  return { built, sources: [{ name: "made up", isOpen: () => true, fill }] };
}

describe("firstOpen", () => {
  it("takes the first source that is open and asks no further", async () => {
    const asked: string[] = [];
    const list = [
      source("release", false, asked),
      source("modules", true, asked),
      source("other", true, asked),
    ];
    expect((await firstOpen(list)).name).toBe("modules");
    expect(asked).toEqual(["release", "modules"]);
  });

  it("names the ways out when no source is open", async () => {
    const none = firstOpen([source("release", false), source("modules", false)]);
    await expect(none).rejects.toThrow(/Install Pulumi from https:\/\/www\.pulumi\.com.* or Go 1\.26/);
  });

  it("prefers the official release to building", () => {
    expect(sources.map(({ name }) => name)).toEqual(["official release", "Go modules"]);
  });
});

describe("fillCache", () => {
  it("builds once for two runs at once", async () => {
    const place = path.join(await temporaryFolder(), "3.0.0");
    const lines: string[] = [];
    const say = { ...silent, work: (line: string) => lines.push(line) };
    const { built, sources } = builder();
    await Promise.all([fillCache(place, say, sources, pollMs), fillCache(place, say, sources, pollMs)]);
    expect(built).toHaveLength(1);
    expect(lines).toEqual(["Pulumi CLI: waiting for another run"]);
    expect(isComplete(path.join(place, "bin"))).toBe(true);
  });

  it("builds beside its place and puts the launcher of dynamic providers in", async () => {
    const place = path.join(await temporaryFolder(), "3.0.0");
    const { built, sources } = builder();
    await fillCache(place, silent, sources);
    expect(built[0]!.startsWith(`${place}.making-`)).toBe(true);
    expect(readdirSync(path.join(place, "bin"))).toEqual(Object.values(programs).sort());
  });

  it("leaves nothing behind when the build fails", async () => {
    const parent = await temporaryFolder();
    const broken = {
      name: "broken",
      isOpen: () => true,
      fill: () => Promise.reject(new Error("out of disk")),
    };
    await expect(fillCache(path.join(parent, "3.0.0"), silent, [broken])).rejects.toThrow("out of disk");
    expect(readdirSync(parent)).toEqual([]);
  });

  it("clears away what a killed run left, and a place that lacks a program", async () => {
    const parent = await temporaryFolder();
    const place = path.join(parent, "3.0.0");
    mkdirSync(`${place}.making-1`);
    mkdirSync(path.join(place, "bin"), { recursive: true });
    const { built, sources } = builder();
    await fillCache(place, silent, sources);
    expect(built).toHaveLength(1);
    expect(readdirSync(parent)).toEqual(["3.0.0"]);
    expect(isComplete(path.join(place, "bin"))).toBe(true);
  });
});

describe("findToolchain", () => {
  const original = { ...process.env };
  afterEach(() => Object.assign(process.env, original, { XDG_CACHE_HOME: original.XDG_CACHE_HOME ?? "" }));

  const { nodeHost, dynamicProvider } = programs;
  const both = [nodeHost, dynamicProvider];

  async function machineWith(pulumi: string, others: string[]): Promise<string> {
    const bin = await temporaryFolder();
    writeFileSync(path.join(bin, programs.cli), `#!/bin/sh\n${pulumi}\n`, { mode: 0o755 });
    for (const name of others) writeFileSync(path.join(bin, name), "", { mode: 0o755 });
    Object.assign(process.env, { PATH: bin, XDG_CACHE_HOME: await temporaryFolder() });
    return bin;
  }

  it("takes a CLI on the PATH, runs it first on the PATH, and what was built for it last", async () => {
    const bin = await machineWith("echo v3.216.0", both);
    const { binDir, env } = (await findToolchain())!;
    expect(binDir).toBe(bin);
    const folders = env.PATH!.split(path.delimiter);
    expect([folders[0], folders.at(-1)]).toEqual([bin, path.join(cachePlace(), "bin")]);
  });

  it.each([
    ["is too old", "echo v3.215.0", both, "it is v3.215.0, and 3.216.0 or newer is needed"],
    [
      "lacks its language host",
      "echo v3.250.0",
      [dynamicProvider],
      `${nodeHost}, which runs programs in TypeScript, is missing`,
    ],
    [
      "lacks what runs dynamic resources",
      "echo v3.250.0",
      [nodeHost],
      `${dynamicProvider}, which runs dynamic resources, is missing`,
    ],
    ["does not run", "exit 127", both, `"${programs.cli} version" fails`],
  ])("leaves a CLI that %s, and says so and what is used instead", async (_, pulumi, others, lack) => {
    const bin = await machineWith(pulumi, others);
    expect(await findToolchain()).toBeUndefined();
    const lines: string[] = [];
    const say = { ...silent, work: (line: string) => lines.push(line) };
    await ensureToolchain(say, builder().sources);
    expect(lines).toEqual([
      `Pulumi CLI on the PATH, in ${bin}: ${lack}. A CLI in the cache is used instead.`,
    ]);
  });

  it("falls back to the cache", async () => {
    await machineWith("echo v3.1.0", both);
    await fillCache(cachePlace(), silent, builder().sources);
    expect((await findToolchain())!.binDir).toBe(path.join(cachePlace(), "bin"));
  });
});

describe("places", () => {
  it("keeps the cache below XDG_CACHE_HOME, apart for each release and platform", () => {
    const place = cachePlace({ XDG_CACHE_HOME: path.resolve("/caches") });
    const folder = path.join(path.resolve("/caches"), "pulumi-alicloud-users", "toolchain");
    expect(path.dirname(place)).toBe(folder);
    expect(path.basename(place)).toMatch(/^3\.\d+\.\d+-\w+-\w+-[0-9a-f]{8}$/);
  });

  it("finds a program in the first folder of the PATH that has it", async () => {
    const first = await temporaryFolder();
    const second = await temporaryFolder();
    writeFileSync(path.join(second, "tool"), "");
    const PATH = ["relative", first, second].join(path.delimiter);
    expect(findOnPath("tool", { PATH })).toBe(path.join(second, "tool"));
    expect(findOnPath("other", { PATH })).toBeUndefined();
    expect(existsSync(path.join(first, "tool"))).toBe(false);
  });
});
