import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Snapshot } from "../../emulator";
import type { Stack } from "../../scripts/stack";
import { run } from "../../scripts/toolchain/run";
import { succeeded, tally } from "./outcome";
import { programOf } from "./program";
import { story } from "./story";

const repository = path.join(__dirname, "../..");

interface Manifest {
  bin: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}

/** A program that only compiles if types are found, and are not `any`. */
const typed = `
  import { EiamUser, RamUser, type RamUserArgs } from "pulumi-alicloud-users";
  import { type Emulator, emulatorControl, startEmulator } from "pulumi-alicloud-users/emulator";
  const args: RamUserArgs = { userName: "alice", displayName: "Alice" };
  export const name: string extends typeof args.userName ? true : false = true;
  // @ts-expect-error There is no such attribute.
  new RamUser("alice", { ...args, nickName: "Al" });
  // @ts-expect-error The attribute has another type.
  new EiamUser("carol", { instanceId: "idaas", username: "carol", emailVerified: "yes" });
  export async function url(): Promise<string> {
    const emulator: Emulator = await startEmulator({ port: 0 });
    await emulatorControl(emulator.url).reset();
    return emulator.url;
  }`;

story("the packed package, installed where there is nothing of this repository", (step, face) => {
  let folder: string;
  let stack: Stack;
  let emulator: ChildProcess | undefined;
  let modules: string;
  let manifest: Manifest;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "pulumi-alicloud-users-package-"));
    stack = await face.createStack({ source: programOf(["RamUser", "alice", { userName: "alice" }]) });
    modules = path.join(stack.dir, "node_modules");
  });
  afterAll(async () => {
    emulator?.kill("SIGKILL");
    await stack.remove();
    rmSync(folder, { recursive: true });
  });

  step("is built by npm pack, and holds what users need and nothing else", async () => {
    const checkout = path.join(folder, "checkout");
    const notCopied = /^(node_modules|dist|\.git|coverage)$/;
    const filter = (from: string) => !notCopied.test(path.relative(repository, from));
    cpSync(repository, checkout, { recursive: true, filter });
    symlinkSync(path.join(repository, "node_modules"), path.join(checkout, "node_modules"), "junction");
    const packed = succeeded(await run("npm", ["pack", "--json", "--offline"], { cwd: checkout }));
    const [{ filename, files }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf("[\n"))) as [
      { filename: string; files: { path: string }[] },
    ];
    const paths = files.map((file) => file.path);
    const needed = ["README.md", "LICENSE", "package.json", "dist/sdk/index.js", "dist/sdk/index.d.ts"];
    expect(paths).toEqual(expect.arrayContaining(needed));
    const known =
      /^(dist\/(sdk|provider|emulator)\/.+\.(js|d\.ts)|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;
    expect(paths.filter((file) => !known.test(file))).toEqual([]);
    await install(path.join(checkout, filename));
  });

  /** Lays the package out as npm would, its dependencies as links, and cuts the program off from this checkout. */
  async function install(tarball: string): Promise<void> {
    const own = path.join(modules, "pulumi-alicloud-users");
    mkdirSync(own, { recursive: true });
    succeeded(await run("tar", ["-xzf", tarball, "-C", own, "--strip-components=1"]));
    manifest = JSON.parse(readFileSync(path.join(own, "package.json"), "utf8")) as Manifest;
    const others = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    for (const name of [...others, "typescript", "@types/node"]) {
      const link = path.join(modules, name);
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.join(repository, "node_modules", name), link, "junction");
    }
    rmSync(path.join(stack.dir, "../node_modules"));
  }

  step("gives types to programs with either way of resolving modules", async () => {
    const compiler = path.join(modules, "typescript/bin/tsc");
    writeFileSync(path.join(stack.dir, "typed.ts"), typed);
    for (const [module, moduleResolution] of [
      ["commonjs", "node"],
      ["node16", "node16"],
    ]) {
      const compilerOptions = {
        module,
        moduleResolution,
        target: "ES2022",
        strict: true,
        skipLibCheck: true,
      };
      const config = { compilerOptions: { ...compilerOptions, noEmit: true, types: ["node"] } };
      writeFileSync(path.join(stack.dir, "tsconfig.json"), JSON.stringify(config));
      succeeded(await run(process.execPath, [compiler, "-p", stack.dir]));
    }
  });

  step("runs its own emulator, which names its address", async () => {
    const bin = path.join(modules, "pulumi-alicloud-users", manifest.bin["alicloud-users"]!);
    expect(existsSync(bin)).toBe(true);
    emulator = spawn(process.execPath, [bin, "emulator", "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface({ input: emulator.stdout! }), "line")) as [string];
    expect(line).toMatch(/^emulator listening on http:\/\/127\.0\.0\.1:\d+$/);
    const url = line.split(" ").at(-1)!;
    Object.assign(stack.env, {
      ALICLOUD_USERS_ENDPOINT: url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: "testid",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret",
    });
  });

  step("makes the users of a program of plain CommonJS settings", async () => {
    const compilerOptions = { module: "commonjs", moduleResolution: "node", target: "ES2020", strict: true };
    writeFileSync(path.join(stack.dir, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    expect(tally(succeeded(await stack.up()))).toEqual(["+ 2 created"]);
    const response = await fetch(`${stack.env.ALICLOUD_USERS_ENDPOINT}/_emulator/snapshot`);
    const { ram } = (await response.json()) as Snapshot;
    expect(ram.users.map(({ userName }) => userName)).toEqual(["alice"]);
    succeeded(await stack.destroy());
  });

  step("stops its emulator on SIGTERM, in good order", async () => {
    const ended = once(emulator!, "exit");
    emulator!.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });
});
