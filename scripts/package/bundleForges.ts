import { writeFileSync } from "node:fs";
import path from "node:path";
import { bundle, noticesOf } from "./bundlePlugin";

/**
 * Puts the clients of GitHub and GitLab into the two compiled files that load them, so that nobody installs 17 MB of
 * types for a pipeline's comment. Their licences lie beside them.
 */
export async function bundleForges(dist: string): Promise<void> {
  const folder = path.join(dist, "cli/ci");
  const entryPoints = ["cli/ci/github.ts", "cli/ci/gitlab.ts"];
  const metafile = await bundle({ entryPoints, outdir: folder });
  writeFileSync(path.join(folder, "THIRD-PARTY-NOTICES.txt"), noticesOf(metafile));
}
