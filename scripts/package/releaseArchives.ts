import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { create } from "tar";
import { repository } from "../toolchain/place";
import { bundled, pluginFolder } from "./bundlePlugin";

/** The platforms that the Pulumi CLI asks for, as archives name them. */
const platforms = ["darwin", "linux", "windows"].flatMap((os) =>
  ["amd64", "arm64"].map((arch) => ({ os, arch })),
);

const executable = "pulumi-resource-alicloud-users";

/**
 * Writes one release archive of the built plugin for each platform, and SHA256SUMS beside them; returns their names. The
 * same build gives the same bytes, whenever and wherever it is packed.
 */
export async function writeReleaseArchives(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const { version } = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as {
    version: string;
  };
  const names: string[] = [];
  for (const { os, arch } of platforms) {
    const name = `${executable}-v${version}-${os}-${arch}.tar.gz`;
    // Without PulumiPlugin.yaml: the CLI would install npm packages, of which the plugin needs none.
    const files = [...(os === "windows" ? [`${executable}.cmd`] : []), executable, ...bundled];
    await create(
      {
        file: path.join(folder, name),
        cwd: pluginFolder,
        gzip: true,
        portable: true,
        mtime: new Date(0),
        strict: true,
        onWriteEntry: (entry) => {
          if (entry.stat) entry.stat.mode = entry.path.startsWith(executable) ? 0o755 : 0o644;
        },
      },
      files,
    );
    names.push(name);
  }
  writeFileSync(path.join(folder, "SHA256SUMS"), sumsOf(folder, names));
  return names;
}

function sumsOf(folder: string, names: readonly string[]): string {
  const lines = names.map((name) => {
    const bytes = readFileSync(path.join(folder, name));
    return `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`;
  });
  return lines.join("");
}
