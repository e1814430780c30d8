import { existsSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";

/** Adds the command `plugin-path`, which prints the plugin's folder for `Pulumi.yaml`. */
export function addPluginPath(program: Command): void {
  program
    .command("plugin-path")
    .description("Print the folder of the Pulumi plugin, as Pulumi.yaml in this folder names it.")
    .addHelpText(
      "after",
      `
In Pulumi.yaml:
  plugins:
    providers:
      - name: alicloud-users
        path: <the folder>`,
    )
    .action(() => void process.stdout.write(`${pluginPath(process.cwd())}\n`));
}

/**
 * The plugin's folder: relative to `from` where it is in a node_modules of that folder or above it, or below that
 * folder; else absolute.
 */
export function pluginPath(from: string): string {
  const own = path.dirname(require.resolve("pulumi-alicloud-users/package.json"));
  // Package managers link a package whose own folder has another name for every release.
  const installed = foldersAbove(from)
    .map((folder) => path.join(folder, "node_modules", "pulumi-alicloud-users"))
    .find(existsSync);
  const folder = path.join(installed ?? own, "plugin");
  const relative = path.relative(from, folder);
  if (!installed && (relative.startsWith("..") || path.isAbsolute(relative))) return folder;
  const posix = relative.split(path.sep).join("/");
  return posix.startsWith("..") ? posix : `./${posix}`;
}

function foldersAbove(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)];
}
