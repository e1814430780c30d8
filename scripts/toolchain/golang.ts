import { mkdir } from "node:fs/promises";
import path from "node:path";
import { estimate, progress } from "./buildTime";
import { findOnPath, programs, yamlHost } from "./place";
import { run } from "./run";
import { elapsed, type Say, sayWhile } from "./say";
import { cliVersion, nodeHostVersion, yamlHostVersion } from "./version";

/** A program that is built from the Go modules pinned in a folder, which is named from this one. */
export interface Module {
  title: string;
  /** How long one core would take, as measured on a machine with two. */
  coreMinutes: number;
  folder: string;
  main: string;
  version: string;
  /** The variable that the program reads its version from, if it is told by one. */
  stamped?: string;
  program: string;
}

const sdkVersion = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

const toolchain: Module[] = [
  {
    title: `Pulumi CLI ${cliVersion}`,
    coreMinutes: 12,
    folder: "cli",
    main: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: cliVersion,
    stamped: sdkVersion,
    program: programs.cli,
  },
  {
    title: `Pulumi language host for Node ${nodeHostVersion}`,
    coreMinutes: 2,
    folder: "nodejs",
    main: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: nodeHostVersion,
    stamped: sdkVersion,
    program: programs.nodeHost,
  },
];

const yaml: Module = {
  title: `Pulumi language host for YAML ${yamlHostVersion}`,
  coreMinutes: 4,
  folder: "yaml",
  main: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  version: yamlHostVersion,
  stamped: "github.com/pulumi/pulumi-yaml/pkg/version.Version",
  program: yamlHost,
};

const go = process.platform === "win32" ? "go.exe" : "go";

/** Whether a Go compiler is on the PATH. */
export function hasGo(): boolean {
  return findOnPath(go) !== undefined;
}

/** Builds the CLI and its language host for Node from Go modules. */
export async function buildFromGo(binDir: string, say: Say): Promise<void> {
  for (const module of toolchain) await build(module, binDir, say);
}

/** Builds the language host for YAML from Go modules. */
export async function buildYamlHost(binDir: string, say: Say): Promise<void> {
  await build(yaml, binDir, say);
}

/** Builds a program into a folder. */
export async function build(module: Module, binDir: string, say: Say): Promise<void> {
  const started = Date.now();
  const text = `${module.title}: building from Go modules, ${estimate(module.coreMinutes)}, once`;
  const packages = { done: 0, all: 0, since: started };
  const howFar = () => progress(packages.done, packages.all, Date.now() - packages.since);
  await sayWhile(say, text, () => compile(module, binDir, packages), howFar);
  say.work(`${module.title}: built in ${elapsed(started)}`);
}

async function compile(
  module: Module,
  binDir: string,
  packages: { done: number; all: number; since: number },
): Promise<void> {
  const version = module.stamped === undefined ? "" : ` -X ${module.stamped}=v${module.version}`;
  const out = path.join(binDir, module.program);
  await mkdir(path.dirname(out), { recursive: true });
  const common = ["-mod=readonly", "-trimpath", "-ldflags", `-s -w${version}`];
  const cwd = path.resolve(__dirname, module.folder);
  const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GO111MODULE: "on" };
  const stale = await run(go, ["list", ...common, "-deps", "-f", "{{if .Stale}}-{{end}}", module.main], {
    cwd,
    env,
  });
  Object.assign(packages, { all: stale.stdout.split("\n").filter(Boolean).length, since: Date.now() });
  const { exitCode, stderr } = await run(go, ["build", "-v", ...common, "-o", out, module.main], {
    cwd,
    env,
    // With -v it names each package that it compiles, one a line.
    onStderr: (piece) => (packages.done += piece.split("\n").length - 1),
  });
  if (exitCode !== 0) throw new Error(`${module.title} does not build:\n${lastLines(stderr)}`);
}

function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-20).join("\n");
}
