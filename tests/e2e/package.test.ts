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
import { createStack } from "../../scripts/stack";
import { run } from "../../scripts/toolchain/run";
import { dynamic } from "./face";
import { succeeded, tally } from "./outcome";
import { programOf } from "./program";
import { story } from "./story";

const repository = path.join(__dirname, "../..");

interface Manifest {
  version: string;
  bin: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}

/** A program that only compiles if types are found, and are not `any`. */
const typed = `
  import { EiamUser, RamUser, type RamUserArgs } from "pulumi-alicloud-users";
  import { type Emulator, emulatorControl, startEmulator } from "pulumi-alicloud-users/emulator";
  import * as plugin from "pulumi-alicloud-users/plugin";
  const args: RamUserArgs = { userName: "alice", displayName: "Alice" };
  export const name: string extends typeof args.userName ? true : false = true;
  // @ts-expect-error There is no such attribute.
  new RamUser("alice", { ...args, nickName: "Al" });
  new plugin.RamUser("alice", args, { provider: new plugin.Provider("other", { region: "cn-beijing" }) });
  // @ts-expect-error There is no such attribute.
  new plugin.RamUser("alice", { ...args, nickName: "Al" });
  // @ts-expect-error The attribute has another type.
  new EiamUser("carol", { instanceId: "idaas", username: "carol", emailVerified: "yes" });
  export async function url(): Promise<string> {
    const emulator: Emulator = await startEmulator({ port: 0 });
    await emulatorControl(emulator.url).reset();
    return emulator.url;
  }`;

story(
  "the packed package, installed where there is nothing of this repository",
  (step) => {
    let folder: string;
    let stack: Stack;
    let emulator: ChildProcess | undefined;
    let modules: string;
    let manifest: Manifest;

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), "pulumi-alicloud-users-package-"));
      stack = await createStack({ source: "" });
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
      const needed = [
        "README.md",
        "LICENSE",
        "package.json",
        "dist/sdk/index.js",
        "dist/sdk/index.d.ts",
        "dist/sdk/plugin.js",
        "dist/sdk/plugin.d.ts",
        "dist/provider/hosts/schema.json",
        "plugin/PulumiPlugin.yaml",
        "plugin/package.json",
        "plugin/pulumi-resource-alicloud-users",
        "plugin/pulumi-resource-alicloud-users.cmd",
      ];
      expect(paths).toEqual(expect.arrayContaining(needed));
      const known =
        /^(dist\/(sdk|provider|emulator)\/.+\.(js|d\.ts)|dist\/provider\/hosts\/schema\.json|plugin\/.+|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;
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

    /** Ups and destroys a program of Alice, imported from a module of the package. */
    async function makesAlice(module: string): Promise<void> {
      const program = programOf(["RamUser", "alice", { userName: "alice" }]);
      await stack.writeProgram(program.replace("pulumi-alicloud-users", module));
      expect(tally(succeeded(await stack.up()))).toEqual(["+ 2 created"]);
      const response = await fetch(`${stack.env.ALICLOUD_USERS_ENDPOINT}/_emulator/snapshot`);
      const { ram } = (await response.json()) as Snapshot;
      expect(ram.users.map(({ userName }) => userName)).toEqual(["alice"]);
      succeeded(await stack.destroy());
    }

    const executable = "node_modules/pulumi-alicloud-users/plugin/pulumi-resource-alicloud-users";
    const project = (plugins: string) =>
      writeFileSync(path.join(stack.dir, "Pulumi.yaml"), `name: test\nruntime: nodejs\n${plugins}`);

    step("makes the users of a program of plain CommonJS settings", async () => {
      const compilerOptions = {
        module: "commonjs",
        moduleResolution: "node",
        target: "ES2020",
        strict: true,
      };
      writeFileSync(path.join(stack.dir, "tsconfig.json"), JSON.stringify({ compilerOptions }));
      await makesAlice("pulumi-alicloud-users");
    });

    step("makes them through the plugin that the project names", async () => {
      project(
        `plugins:\n  providers:\n    - name: alicloud-users\n      path: ./${path.dirname(executable)}\n`,
      );
      await makesAlice("pulumi-alicloud-users/plugin");
    });

    step("makes them through the plugin on PATH, as npm links it, where the project names none", async () => {
      project("");
      const bin = path.join(folder, "bin");
      const [name, file] = Object.entries(manifest.bin).find(([, file]) => file.startsWith("plugin/"))!;
      mkdirSync(bin);
      symlinkSync(path.join(modules, "pulumi-alicloud-users", file), path.join(bin, name));
      stack.env.PATH = [bin, stack.env.PATH].join(path.delimiter);
      await makesAlice("pulumi-alicloud-users/plugin");
    });

    step("shows its schema to the CLI by the path of its executable", async () => {
      const { stdout } = succeeded(await stack.run(["package", "get-schema", `./${executable}`]));
      expect(JSON.parse(stdout)).toMatchObject({ name: "alicloud-users", version: manifest.version });
    });

    step("stops its emulator on SIGTERM, in good order", async () => {
      const ended = once(emulator!, "exit");
      emulator!.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
    });
  },
  [dynamic],
);
