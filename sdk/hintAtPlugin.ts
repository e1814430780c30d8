import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
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

/** Looks where the engine looks: its debugging variable, the project, the PATH, its own folder of plugins. */
function isFound(): boolean {
  const {
    PULUMI_DEBUG_PROVIDERS = "",
    PULUMI_HOME = path.join(homedir(), ".pulumi"),
    PATH = "",
  } = process.env;
  const project = projectFile(process.cwd());
  const executable = `pulumi-resource-${packageName}`;
  const extensions = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const installed = path.join(PULUMI_HOME, "plugins");
  return (
    project === undefined ||
    PULUMI_DEBUG_PROVIDERS.includes(packageName) ||
    /^\s+(-?\s*name:\s*["']?alicloud-users["']?|alicloud-users:.*)\s*$/m.test(
      readFileSync(project, "utf8"),
    ) ||
    PATH.split(path.delimiter).some((folder) =>
      extensions.some((extension) => existsSync(path.join(folder, executable + extension))),
    ) ||
    (existsSync(installed) &&
      readdirSync(installed).some((name) => name.startsWith(`resource-${packageName}-v`)))
  );
}

function projectFile(folder: string): string | undefined {
  const file = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"]
    .map((name) => path.join(folder, name))
    .find(existsSync);
  const parent = path.dirname(folder);
  return file ?? (parent === folder ? undefined : projectFile(parent));
}
