import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, type BuildOptions, type Metafile } from "esbuild";
import { repository } from "../toolchain/place";

/** The plugin's folder: what the engine starts, with nothing outside of it. */
export const pluginFolder = path.join(repository, "plugin");

const provider = "provider.js";
const notices = "THIRD-PARTY-NOTICES.txt";

/** The files that the build writes into the plugin's folder. */
export const bundled = [provider, notices, "LICENSE"];

/** Bundles the plugin with everything it needs into one file of its folder, and writes the licences of that code beside it. */
export async function bundlePlugin(): Promise<void> {
  const outfile = path.join(pluginFolder, provider);
  const metafile = await bundle({ entryPoints: ["provider/plugin/index.ts"], outfile });
  writeFileSync(path.join(pluginFolder, notices), noticesOf(metafile));
  copyFileSync(path.join(repository, "LICENSE"), path.join(pluginFolder, "LICENSE"));
}

/** Bundles these entry points, named from the root of the repository, with all that they import, for Node.js 20. */
export async function bundle(
  entries: Pick<BuildOptions, "entryPoints" | "outdir" | "outfile">,
): Promise<Metafile> {
  const { metafile } = await build({
    ...entries,
    absWorkingDir: repository,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    preserveSymlinks: true,
    logLevel: "warning",
    metafile: true,
  });
  return metafile;
}

/** The npm packages whose code is in the bundle, by name and release, under the licence that they share. */
export function noticesOf({ inputs }: Metafile): string {
  const folders = Object.keys(inputs).flatMap(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  const byLicence = new Map<string, string[]>();
  for (const folder of [...new Set(folders)].sort()) {
    const text = licenceText(path.join(repository, folder));
    byLicence.set(text, [...(byLicence.get(text) ?? []), releaseOf(path.join(repository, folder))]);
  }
  return [...byLicence]
    .map(([text, names]) => `${names.join("\n")}\n\n${text}`)
    .join(`\n${"-".repeat(80)}\n\n`);
}

function releaseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  return `${name} ${version} (${license})`;
}

function licenceText(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice)/i.test(name));
  const texts = files.sort().map((name) => readFileSync(path.join(folder, name), "utf8").trim());
  return `${texts.join("\n\n")}\n`;
}
