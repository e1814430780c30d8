import { writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { repository } from "../toolchain/place";
import { noticesOf } from "./bundlePlugin";

/**
 * Puts the clients of GitHub and GitLab into the two compiled files that load them, so that nobody installs 17 MB of
 * types for a pipeline's comment. Their licences lie beside them.
 */
export async function bundleForges(dist: string): Promise<void> {
  const folder = path.join(dist, "provider/cli/ci");
  const { metafile } = await build({
    absWorkingDir: repository,
    entryPoints: ["provider/cli/ci/github.ts", "provider/cli/ci/gitlab.ts"],
    outdir: folder,
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
  writeFileSync(path.join(folder, "THIRD-PARTY-NOTICES.txt"), noticesOf(metafile));
}
