import path from "node:path";
import { findOnPath, programs, yamlHost } from "./place";
import { run } from "./run";
import { elapsed, type Say, sayWhile } from "./say";
import { cliVersion, nodeHostVersion, yamlHostVersion } from "./version";

/** A program that is built from the Go modules pinned in a folder beside this file. */
interface Module {
  title: string;
  lasts: string;
  folder: string;
  main: string;
  version: string;
  /** The variable that the program reads its version from. */
  stamped: string;
  program: string;
}

const sdkVersion = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

const toolchain: Module[] = [
  {
    title: `Pulumi CLI ${cliVersion}`,
    lasts: "about 6 minutes",
    folder: "cli",
    main: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: cliVersion,
    stamped: sdkVersion,
    program: programs.cli,
  },
  {
    title: `Pulumi language host for Node ${nodeHostVersion}`,
    lasts: "about 1 minute",
    folder: "nodejs",
    main: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: nodeHostVersion,
    stamped: sdkVersion,
    program: programs.nodeHost,
  },
];

const yaml: Module = {
  title: `Pulumi language host for YAML ${yamlHostVersion}`,
  lasts: "about 2 minutes",
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

async function build(module: Module, binDir: string, say: Say): Promise<void> {
  const started = Date.now();
  const text = `${module.title}: building from Go modules, ${module.lasts}, once`;
  await sayWhile(say, text, () => compile(module, binDir));
  say.work(`${module.title}: built in ${elapsed(started)}`);
}

async function compile(module: Module, binDir: string): Promise<void> {
  const stamp = `-s -w -X ${module.stamped}=v${module.version}`;
  const out = path.join(binDir, module.program);
  const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", stamp, "-o", out, module.main];
  const { exitCode, stderr } = await run(go, args, {
    cwd: path.join(__dirname, module.folder),
    env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GO111MODULE: "on" },
  });
  if (exitCode !== 0) throw new Error(`${module.title} does not build:\n${lastLines(stderr)}`);
}

function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-20).join("\n");
}
