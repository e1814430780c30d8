import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import type * as Yaml from "yaml";
import { projectFile } from "../provider/lifecycle/projectFile";
import { isMocked } from "./isMocked";
import { packageName } from "./packageName";
import { perRun } from "./perRun";

const sentence =
  `The Pulumi plugin "${packageName}" is neither in Pulumi.yaml nor installed on this machine. ` +
  "If Pulumi cannot download it, use the one in the npm package. In Pulumi.yaml:\n" +
  "plugins:\n" +
  "  providers:\n" +
  `    - name: ${packageName}\n` +
  "      path: ./node_modules/pulumi-alicloud-users/plugin\n" +
  "Where npm packages are elsewhere, as in workspaces, `npx alicloud-users plugin-path` prints the path.";

const hintOfRun = perRun(() => ({ isGiven: false }));

/** Says once in a run how to name the plugin in Pulumi.yaml, if Pulumi has none on this machine to start. */
export function hintAtPlugin(): void {
  const hint = hintOfRun();
  if (hint.isGiven || isMocked()) return;
  hint.isGiven = true;
  // The engine shows it on the stack's row, and ends before a message by its log service would arrive.
  if (!isFound()) process.stderr.write(`${sentence}\n`);
}

/** Looks where the engine looks: its debugging variable, the PATH, its own folder of plugins, the project. */
function isFound(): boolean {
  const {
    PULUMI_DEBUG_PROVIDERS = "",
    PULUMI_HOME = path.join(homedir(), ".pulumi"),
    PATH = "",
  } = process.env;
  const executable = `pulumi-resource-${packageName}`;
  const extensions = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const installed = path.join(PULUMI_HOME, "plugins");
  return (
    PULUMI_DEBUG_PROVIDERS.includes(packageName) ||
    PATH.split(path.delimiter).some((folder) =>
      extensions.some((extension) => existsSync(path.join(folder, executable + extension))),
    ) ||
    (existsSync(installed) &&
      readdirSync(installed).some((name) => name.startsWith(`resource-${packageName}-v`))) ||
    isNamedInProject()
  );
}

/** Whether the project names the plugin; true too where there is no project or where it cannot be read, which Pulumi says itself. */
function isNamedInProject(): boolean {
  const file = projectFile(process.cwd());
  if (file === undefined) return true;
  const text = readFileSync(file, "utf8");
  if (!text.includes(packageName)) return false;
  // Loaded here, since most programs never come to this line. A JSON text is YAML as well.
  const { parse } = createRequire(__filename)("yaml") as typeof Yaml;
  try {
    const { plugins, packages } = parse(text) as Project;
    const named = plugins?.providers?.some(({ name }) => name === packageName) ?? false;
    return named || Object.hasOwn(packages ?? {}, packageName);
  } catch {
    return true;
  }
}

/** What of a project tells which plugins there are. */
interface Project {
  plugins?: { providers?: { name?: unknown }[] };
  packages?: object;
}
