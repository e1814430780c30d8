import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startRegistry } from "./startRegistry";
import { failuresIn, type languages, readPicture, readQuickStart } from "../../tests/support/quickStart";
import { repository } from "../../scripts/toolchain/place";
import { run, type RunOptions } from "../../scripts/toolchain/run";
import { ensureToolchain } from "../../scripts/toolchain/toolchain";

const page = path.join(repository, "docs/performance.md");
const packageName = "pulumi-alicloud-users";
const say = (line: string): void => void process.stdout.write(`… ${line}\n`);

/** Runs a command; returns what it prints, errors last. Fails with that when the command fails. */
async function must(command: string, args: string[], options: RunOptions): Promise<string> {
  const { exitCode, stdout, stderr } = await run(command, args, options);
  if (exitCode === 0) return `${stdout}${stderr}`;
  throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
}

/** What an installation in an empty folder holds. */
interface Installation {
  packages: number;
  megabytes: number;
  version: (name: string) => string;
}

/** Installs these packages as a user does, and fails on a warning of npm about one of them. */
async function install(cwd: string, names: string[], env: NodeJS.ProcessEnv): Promise<Installation> {
  mkdirSync(cwd);
  writeFileSync(path.join(cwd, "package.json"), '{ "private": true }\n');
  const printed = await must("npm", ["install", "--no-audit", "--no-fund", ...names], { cwd, env });
  // npm 11 asks for a consent to the install script of a dependency of Pulumi; the npm of Node.js 20 does not.
  const warnings = printed.split("\n").filter((line) => /warn(?!\s+install-scripts)/i.test(line));
  if (warnings.length > 0) throw new Error(`npm install warned:\n${warnings.join("\n")}`);
  const lock = path.join(cwd, "node_modules/.package-lock.json");
  const { packages } = JSON.parse(readFileSync(lock, "utf8")) as {
    packages: Record<string, { version: string }>;
  };
  const size = await must("du", ["-sk", "node_modules"], { cwd });
  return {
    packages: Object.keys(packages).length,
    megabytes: Math.round(Number.parseInt(size, 10) / 1024),
    version: (name) => packages[`node_modules/${name}`]?.version ?? "?",
  };
}

/** Runs the README's quick start, every command as it stands, and compares what it prints. */
async function playQuickStart(language: (typeof languages)[number], cwd: string, env: NodeJS.ProcessEnv) {
  const { script, failing } = readQuickStart(language);
  mkdirSync(cwd);
  const own = { ...env, PULUMI_HOME: path.join(cwd, "home"), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { stdout, exitCode } = await run("bash", ["-c", script], { cwd, env: own, timeoutMs: 600_000 });
  const lines = stdout
    .replaceAll("alicloud-users:index:", "pulumi-nodejs:dynamic/alicloud-users:")
    .split("\n");
  const isAsShown = readPicture().every((line) => lines.includes(line));
  if (exitCode !== 0 || failuresIn(stdout).join() !== failing.join() || !isAsShown)
    throw new Error(`The quick start in ${language} is not as the README says:\n${stdout}`);
}

function writeResult(alone: Installation, both: Installation): void {
  const day = new Date().toISOString().slice(0, 10);
  const row = (what: string, { packages, megabytes }: Installation): string =>
    `| ${what} | ${packages} | ${megabytes} MB |`;
  const text = [
    "<!-- installation -->\n",
    "| what | packages | size |\n| --- | --- | --- |",
    row(
      `\`@pulumi/pulumi\` ${both.version("@pulumi/pulumi")} and \`typescript\` ${both.version("typescript")}`,
      alone,
    ),
    row(`with \`${packageName}\` ${both.version(packageName)}`, both),
    `\nLast run: ${day}, everything passed; Node.js ${process.versions.node}.\n`,
    "<!-- end of installation -->",
  ].join("\n");
  const before = readFileSync(page, "utf8");
  writeFileSync(
    page,
    before.replace(/<!-- installation -->[^]*<!-- end of installation -->/, () => text),
  );
}

/** `npm run proof -- registry`: publishes the package to a registry on loopback, and installs it from there as a user does. */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-alicloud-users-registry-"));
  const { env: toolchain } = await ensureToolchain();
  const upstream = (await must("npm", ["config", "get", "registry"], { cwd: folder })).trim();
  say("starting a registry");
  const registry = await startRegistry(folder, upstream);
  try {
    // npm publishes with a token only; the registry takes any.
    writeFileSync(path.join(folder, ".npmrc"), `${registry.url.replace("http:", "")}:_authToken=none\n`);
    const env = {
      ...Object.fromEntries(Object.entries(toolchain).filter(([name]) => !/^npm_/i.test(name))),
      npm_config_registry: registry.url,
      npm_config_userconfig: path.join(folder, ".npmrc"),
    };
    say("packing and publishing");
    await must("npm", ["pack", "--pack-destination", folder], { cwd: repository, env });
    const { version } = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as {
      version: string;
    };
    await must("npm", ["publish", `./${packageName}-${version}.tgz`], { cwd: folder, env });
    say("installing from the registry, without a warning");
    const others = ["@pulumi/pulumi", "typescript@5"];
    const alone = await install(path.join(folder, "alone"), others, env);
    const both = await install(path.join(folder, "both"), [packageName, ...others], env);
    for (const language of ["TypeScript", "YAML"] as const) {
      say(`running the README's quick start in ${language}`);
      await playQuickStart(language, path.join(folder, language), env);
    }
    writeResult(alone, both);
    await must(
      process.execPath,
      [path.join(repository, "node_modules/prettier/bin/prettier.cjs"), "--write", page],
      {},
    );
    process.stdout.write(`registry: everything passed; ${both.packages} packages, ${both.megabytes} MB\n`);
  } finally {
    await registry.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
