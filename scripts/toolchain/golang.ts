import path from "node:path";
import { findOnPath, programs } from "./place";
import { run } from "./run";
import { elapsed, type Say, sayWhile } from "./say";
import { cliVersion, nodeHostVersion } from "./version";

const modules = [
  {
    title: `Pulumi CLI ${cliVersion}`,
    lasts: "about 6 minutes",
    folder: "cli",
    main: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: cliVersion,
    program: programs.cli,
  },
  {
    title: `Pulumi language host for Node ${nodeHostVersion}`,
    lasts: "about 1 minute",
    folder: "nodejs",
    main: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: nodeHostVersion,
    program: programs.nodeHost,
  },
];

const go = process.platform === "win32" ? "go.exe" : "go";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Whether a Go compiler is on the PATH. */
export function hasGo(): boolean {
  return findOnPath(go) !== undefined;
}

/** Builds the CLI and its language host from the Go modules pinned in the go.sum files beside this file. */
export async function buildFromGo(binDir: string, say: Say): Promise<void> {
  for (const module of modules) {
    const started = Date.now();
    const text = `${module.title}: building from Go modules, ${module.lasts}, once`;
    await sayWhile(say, text, () => build(module, binDir));
    say.work(`${module.title}: built in ${elapsed(started)}`);
  }
}

async function build(module: (typeof modules)[number], binDir: string): Promise<void> {
  const stamp = `-s -w -X ${versionVariable}=v${module.version}`;
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
