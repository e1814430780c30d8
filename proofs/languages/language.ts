import path from "node:path";
import { repository } from "../../scripts/toolchain/place";
import { run, type RunOptions } from "../../scripts/toolchain/run";

/** A language of Pulumi that has an SDK generated from the schema. */
export interface Language {
  name: "python" | "go";
  /** The file of a program. */
  program: string;
  /** Builds the language host and generates the SDK in this folder; returns the PATH that programs run with. */
  prepare(folder: string): Promise<string>;
  /** Puts beside a program what it needs to find the SDK. */
  layOut?(program: string, folder: string): Promise<void>;
}

/** The module of Pulumi's SDK for Go. */
export const sdk = "github.com/pulumi/pulumi/sdk/v3";

/** Runs a command and returns what it prints; fails with all of that when it fails. */
export async function must(command: string, args: string[], options?: RunOptions): Promise<string> {
  console.log(`${command} ${args.slice(0, 2).join(" ")} …`);
  const { exitCode, stdout, stderr } = await run(command, args, options);
  if (exitCode !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout.trim();
}

/** Builds a language host, a command of Pulumi's SDK, by the module in this folder; returns the SDK's sources. */
export async function buildHost(cwd: string, command: string, bin: string): Promise<string> {
  const target = path.join(bin, path.basename(command));
  await must("go", ["build", "-mod=readonly", "-o", target, `${sdk}/${command}`], { cwd });
  return must("go", ["list", "-m", "-f", "{{.Dir}}", sdk], { cwd });
}

/** Generates the SDK for a language in this folder. */
export async function generate(language: Language["name"], folder: string): Promise<void> {
  const schema = path.join(repository, "provider/plugin/schema.json");
  await must("go", ["run", "-mod=readonly", ".", language, schema, folder], {
    cwd: path.join(__dirname, "generate"),
  });
}
