import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
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
import { writeReleaseArchives } from "../../scripts/package/releaseArchives";
import { readPicture } from "../support/quickStart";
import { createStack, type Outcome, type Stack } from "../support/stack";
import { run } from "../../scripts/toolchain/run";
import { dynamic } from "./frontend";
import { failed, succeeded, tally } from "./outcome";
import { programOf } from "./program";
import { runQuickStart } from "./runQuickStart";
import { serveFolder } from "./serveFolder";
import { scenario } from "./scenario";

const repository = path.join(__dirname, "../..");

interface Manifest {
  version: string;
  bin: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}

/** What npm says of a package that it packed. */
interface Packed {
  filename: string;
  files: { path: string }[];
  size: number;
  unpackedSize: number;
  integrity: string;
}

const packedBy = ({ stdout }: Outcome): Packed => {
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as [Packed];
  return packed;
};

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

scenario(
  "the packed package, installed where there is nothing of this repository",
  (step) => {
    let folder: string;
    let stack: Stack;
    let emulator: ChildProcess | undefined;
    let modules: string;
    let manifest: Manifest;
    let packed: Packed;

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
      const notCopied = /^(node_modules|dist|release|\.git|coverage|plugin\/(provider\.js|LICENSE|THIRD.*))$/;
      const filter = (from: string) => !notCopied.test(path.relative(repository, from));
      cpSync(repository, checkout, { recursive: true, filter });
      symlinkSync(path.join(repository, "node_modules"), path.join(checkout, "node_modules"), "junction");
      packed = packedBy(succeeded(await run("npm", ["pack", "--json", "--offline"], { cwd: checkout })));
      const paths = packed.files.map((file) => file.path);
      const needed = [
        "README.md",
        "LICENSE",
        "package.json",
        "dist/sdk/index.js",
        "dist/sdk/index.d.ts",
        "dist/sdk/plugin.js",
        "dist/sdk/plugin.d.ts",
        "dist/drift-report.schema.json",
        "dist/users.schema.json",
        "plugin/LICENSE",
        "plugin/PulumiPlugin.yaml",
        "plugin/THIRD-PARTY-NOTICES.txt",
        "plugin/package.json",
        "plugin/provider.js",
        "plugin/pulumi-resource-alicloud-users",
        "plugin/pulumi-resource-alicloud-users.cmd",
      ];
      expect(paths).toEqual(expect.arrayContaining(needed));
      expect(paths.filter((file) => file.startsWith("plugin/"))).toHaveLength(7);
      const known =
        /^(dist\/(drift-report|users)\.schema\.json|dist\/(sdk|cli|people|provider|emulator)\/(.+\.(js|d\.ts)|.*THIRD-PARTY-NOTICES\.txt)|plugin\/.+|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;
      expect(paths.filter((file) => !known.test(file))).toEqual([]);
      expect(packed.size).toBeLessThan(950_000);
      expect(packed.unpackedSize).toBeLessThan(4_500_000);
      await install(path.join(checkout, packed.filename));
    });

    step("has the same bytes when the same sources are built elsewhere", async () => {
      const args = ["pack", "--json", "--offline", "--dry-run", "--ignore-scripts"];
      const { integrity } = packedBy(succeeded(await run("npm", args, { cwd: repository })));
      expect(integrity).toBe(packed.integrity);
    });

    step("passes publint and Are The Types Wrong", async () => {
      const script = path.join(repository, "scripts/package/lintPackage.mjs");
      const tarball = path.join(folder, "checkout", packed.filename);
      succeeded(await run(process.execPath, [script, tarball]));
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
      mkdirSync(path.join(modules, ".bin"));
      for (const [name, file] of Object.entries(manifest.bin)) {
        chmodSync(path.join(own, file), 0o755);
        symlinkSync(path.join("../pulumi-alicloud-users", file), path.join(modules, ".bin", name));
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

    const writeAlice = (module: string) =>
      stack.writeProgram(
        programOf(["RamUser", "alice", { userName: "alice" }]).replace("pulumi-alicloud-users", module),
      );

    /** Previews the program of Alice. */
    async function plansAlice(): Promise<void> {
      const planned = succeeded(await stack.preview());
      expect(planned.stdout).not.toContain("Pulumi.yaml");
      expect(tally(planned)).toEqual(["+ 2 to create"]);
    }

    /** Has the CLI run the program of Alice in YAML, whose plugin it finds by itself or in this folder. */
    const declareInYaml = (place?: string) => {
      const alice = "resources: { alice: { type: alicloud-users:RamUser, properties: { userName: alice } } }";
      const plugins = `plugins: { providers: [{ name: alicloud-users, path: ${JSON.stringify(place)} }] }`;
      const lines = ["name: test", "runtime: yaml", alice, ...(place === undefined ? [] : [plugins])];
      writeFileSync(path.join(stack.dir, "Pulumi.yaml"), lines.join("\n"));
    };

    step("plans the users of a program of plain CommonJS settings", async () => {
      const compilerOptions = {
        module: "commonjs",
        moduleResolution: "node",
        target: "ES2020",
        strict: true,
      };
      writeFileSync(path.join(stack.dir, "tsconfig.json"), JSON.stringify({ compilerOptions }));
      await writeAlice("pulumi-alicloud-users");
      await plansAlice();
    });

    // Its commands are those of a POSIX shell.
    if (process.platform !== "win32") {
      step(
        "runs the README's quick start in TypeScript as it stands, and prints what the README shows",
        async () => {
          const { lines, shown } = await runQuickStart("TypeScript", modules, stack.env);
          expect(lines).toEqual(expect.arrayContaining([...readPicture(), ...shown]));
        },
      );
    }

    step("says how to name the plugin, where there is none", async () => {
      writeFileSync(path.join(stack.dir, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
      await writeAlice("pulumi-alicloud-users/plugin");
      expect(failed(await stack.preview()).stdout).toContain(
        "path: ./node_modules/pulumi-alicloud-users/plugin",
      );
    });

    step("plans them through the plugin whose folder its own command prints", async () => {
      const bin = path.join(modules, "pulumi-alicloud-users", manifest.bin["alicloud-users"]!);
      const printed = succeeded(await run(process.execPath, [bin, "plugin-path"], { cwd: stack.dir }));
      expect(printed.stdout).toBe("./node_modules/pulumi-alicloud-users/plugin\n");
      declareInYaml(printed.stdout.trim());
      await plansAlice();
    });

    step("plans them through the plugin's folder alone, wherever it lies", async () => {
      const alone = path.join(folder, "alone");
      cpSync(path.join(modules, "pulumi-alicloud-users/plugin"), alone, { recursive: true });
      declareInYaml(alone);
      await plansAlice();
      const executable = path.join(alone, "pulumi-resource-alicloud-users");
      const { stdout } = succeeded(await stack.run(["package", "get-schema", executable]));
      expect(JSON.parse(stdout)).toMatchObject({ name: "alicloud-users", version: manifest.version });
    });

    step("plans them through the plugin on PATH, as npm links it", async () => {
      declareInYaml();
      const bin = path.join(folder, "bin");
      const [name, file] = Object.entries(manifest.bin).find(([, file]) => file.startsWith("plugin/"))!;
      mkdirSync(bin);
      symlinkSync(path.join(modules, "pulumi-alicloud-users", file), path.join(bin, name));
      const { PATH } = stack.env;
      stack.env.PATH = [bin, PATH].join(path.delimiter);
      await plansAlice();
      stack.env.PATH = PATH;
    });

    step("plans them through a release archive that the CLI installs from a server", async () => {
      const archives = path.join(folder, "archives");
      await writeReleaseArchives(archives);
      const server = await serveFolder(archives);
      const version = `v${manifest.version}`;
      const args = ["plugin", "install", "resource", "alicloud-users", version, "--server", server.url];
      const installed = await stack.run(args);
      await server.close();
      succeeded(installed);
      await plansAlice();
    });

    step("stops its emulator on SIGTERM, in good order", async () => {
      const ended = once(emulator!, "exit");
      emulator!.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
    });
  },
  [dynamic],
);
