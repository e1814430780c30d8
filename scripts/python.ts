import { copyFile, chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmulator } from "../emulator";
import { resources } from "../provider/resources";
import { failuresIn, readPicture, readQuickStart } from "./quickStart";
import { exampleFile } from "./schema/examples";
import { createStack } from "./stack";
import { repository } from "./toolchain/place";
import { run, type RunOptions } from "./toolchain/run";
import { ensureToolchain } from "./toolchain/toolchain";

const sdk = "github.com/pulumi/pulumi/sdk/v3";
const secrets = { bobPassword: "Correct-Horse-7", carolPassword: "Correct-Horse-7" };

/** Runs a command and returns what it prints; fails with all of that when it fails. */
async function must(command: string, args: string[], options?: RunOptions): Promise<string> {
  console.log(`${command} ${args.slice(0, 2).join(" ")} …`);
  const { exitCode, stdout, stderr } = await run(command, args, options);
  if (exitCode !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout.trim();
}

/** Builds the language host for Python, which is a program and a script that it starts. */
async function buildHost(bin: string): Promise<void> {
  const cwd = path.join(__dirname, "toolchain/nodejs");
  const main = `${sdk}/python/cmd/pulumi-language-python`;
  await must("go", ["build", "-mod=readonly", "-o", path.join(bin, path.basename(main)), main], { cwd });
  const sources = await must("go", ["list", "-m", "-f", "{{.Dir}}", sdk], { cwd });
  const script = path.join(bin, "pulumi-language-python-exec");
  await copyFile(path.join(sources, "python/cmd", path.basename(script)), script);
  await chmod(script, 0o755);
}

/** Makes a virtual environment with Pulumi and the SDK that is generated from the schema. */
async function install(folder: string): Promise<string> {
  const [packages, venv] = [path.join(folder, "sdk"), path.join(folder, "venv")];
  const schema = path.join(repository, "provider/plugin/schema.json");
  await must("go", ["run", "-mod=readonly", ".", schema, packages], {
    cwd: path.join(__dirname, "python/generate"),
  });
  await must("python3", ["-m", "venv", venv]);
  await must(path.join(venv, "bin/pip"), ["install", "--quiet", "pulumi", packages]);
  return path.join(venv, "bin");
}

/** Brings the example up in an emulated account, sees that nothing is left to do, and destroys it. */
async function play(type: string, folder: string, PATH: string): Promise<void> {
  const program = path.join(folder, type);
  await mkdir(program);
  await writeFile(path.join(program, "Pulumi.yaml"), `name: test\nruntime: python\n`);
  await writeFile(path.join(program, "__main__.py"), await readFile(exampleFile(type, "python"), "utf8"));
  const emulator = await startEmulator();
  const access = { ALIBABA_CLOUD_ACCESS_KEY_ID: "testid", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret" };
  const env = { ...access, ALICLOUD_USERS_ENDPOINT: emulator.url, PATH };
  const stack = await createStack({ program, secrets, env });
  try {
    for (const outcome of [
      await stack.up(),
      await stack.preview(["--expect-no-changes"]),
      await stack.destroy(),
    ]) {
      console.log(outcome.stdout);
      if (outcome.exitCode !== 0) throw new Error(`The example of ${type} failed:\n${outcome.stderr}`);
    }
  } finally {
    await stack.remove();
    await emulator.close();
  }
}

/** Puts the package where `npm install` would: the checkout, and its command. */
async function layOut(modules: string): Promise<void> {
  const bin = path.join(modules, ".bin");
  await mkdir(bin, { recursive: true });
  await symlink(repository, path.join(modules, "pulumi-alicloud-users"), "junction");
  const cli = path.join(repository, "dist/provider/cli/main.js");
  await writeFile(path.join(bin, "alicloud-users"), `#!/bin/sh\nexec node '${cli}' "$@"\n`, { mode: 0o755 });
}

/**
 * Runs the README's quick start in Python. The SDK is the one that is installed on the PATH, since the language host that
 * can be built from Go modules is too old for `pulumi package add`.
 */
async function playReadme(folder: string, PATH: string): Promise<void> {
  const { script, failing } = readQuickStart("Python");
  const modules = path.join(folder, "readme_modules");
  await layOut(modules);
  const own = script
    .replace(/^npm install .*$/m, `ln -s '${modules}' node_modules`)
    .replace(/^pulumi (install|package add .*)$/gm, "");
  const { env } = await ensureToolchain();
  const home = { PATH: `${PATH}${path.delimiter}${env.PATH}`, PULUMI_HOME: path.join(folder, "home") };
  const { exitCode, stdout } = await run("bash", ["-c", own], {
    cwd: folder,
    env: { ...env, ...home, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  console.log(stdout);
  const lines = stdout
    .replaceAll("alicloud-users:index:", "pulumi-nodejs:dynamic/alicloud-users:")
    .split("\n");
  const isAsShown = readPicture().every((line) => lines.includes(line));
  if (exitCode !== 0 || failuresIn(stdout).join() !== failing.join() || !isAsShown)
    throw new Error("The quick start in Python is not as the README says.");
}

/** `npm run python`: the README's quick start and the schema's examples in Python, with an SDK that is generated for it. */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "pulumi-alicloud-users-python-"));
  try {
    const bin = path.join(folder, "bin");
    await mkdir(bin);
    await buildHost(bin);
    const installed = await install(folder);
    // This old host does not hear of a virtual environment from the CLI, but takes the first Python on the PATH.
    const PATH = [installed, bin, process.env.PATH].join(path.delimiter);
    await playReadme(folder, PATH);
    for (const { type } of resources) await play(type, folder, PATH);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
