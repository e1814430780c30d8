import { mkdir } from "node:fs/promises";
import path from "node:path";
import { findOnPath, peerPrograms, programs, yamlHost } from "./place";
import { run } from "./run";
import { elapsed, type Say, sayWhile } from "./say";
import { alicloudVersion, cliVersion, nodeHostVersion, tofuVersion, yamlHostVersion } from "./version";

/** A program that is built from the Go modules pinned in a folder beside this file. */
interface Module {
  title: string;
  lasts: string;
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

const peers: Module[] = [
  {
    title: `OpenTofu ${tofuVersion}`,
    lasts: "about 4 minutes",
    folder: "tofu",
    main: "github.com/opentofu/opentofu/cmd/tofu",
    version: tofuVersion,
    program: peerPrograms.tofu,
  },
  {
    title: `Terraform provider for Alibaba Cloud ${alicloudVersion}`,
    lasts: "about 10 minutes",
    folder: "alicloud",
    main: "github.com/aliyun/terraform-provider-alicloud",
    version: alicloudVersion,
    program: peerPrograms.alicloud,
  },
];

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

/** Builds OpenTofu and Alibaba Cloud's provider for it from Go modules. */
export async function buildPeers(folder: string, say: Say): Promise<void> {
  for (const module of peers) await build(module, folder, say);
}

async function build(module: Module, binDir: string, say: Say): Promise<void> {
  const started = Date.now();
  const text = `${module.title}: building from Go modules, ${module.lasts}, once`;
  await sayWhile(say, text, () => compile(module, binDir));
  say.work(`${module.title}: built in ${elapsed(started)}`);
}

async function compile(module: Module, binDir: string): Promise<void> {
  const version = module.stamped === undefined ? "" : ` -X ${module.stamped}=v${module.version}`;
  const out = path.join(binDir, module.program);
  await mkdir(path.dirname(out), { recursive: true });
  const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", `-s -w${version}`, "-o", out, module.main];
  const { exitCode, stderr } = await run(go, args, {
    cwd: path.join(__dirname, module.folder),
    env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GO111MODULE: "on" },
  });
  if (exitCode !== 0) throw new Error(`${module.title} does not build:\n${lastLines(stderr)}`);
}

function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-20).join("\n");
}
