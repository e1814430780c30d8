import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { failuresIn, type languages, readPicture, readQuickStart } from "../../tests/support/quickStart";
import { repository } from "../../scripts/toolchain/place";
import { run } from "../../scripts/toolchain/run";
import { ensureToolchain } from "../../scripts/toolchain/toolchain";

/** Puts the package where `npm install` would: the checkout, and its command. */
async function layOut(modules: string): Promise<void> {
  const bin = path.join(modules, ".bin");
  await mkdir(bin, { recursive: true });
  await symlink(repository, path.join(modules, "pulumi-alicloud-users"), "junction");
  const cli = path.join(repository, "dist/cli/main.js");
  await writeFile(path.join(bin, "alicloud-users"), `#!/bin/sh\nexec node '${cli}' "$@"\n`, { mode: 0o755 });
}

/**
 * Runs the README's quick start in a language. The SDK is the one that is installed on the PATH, since the language hosts
 * that can be built from Go modules are too old for `pulumi package add`.
 */
export async function playReadme(
  language: (typeof languages)[number],
  folder: string,
  PATH: string,
): Promise<void> {
  const { script, failing } = readQuickStart(language);
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
    throw new Error(`The quick start in ${language} is not as the README says.`);
}
