import { build } from "./build";
import { linkOwnName } from "./ownName";
import { aloud, quiet } from "./say";
import { ensureToolchain, type Toolchain } from "./toolchain";
import { ensureYamlHost } from "./yamlHost";

export interface PrepareOptions {
  /** The command that runs npm. */
  npm: string[];
  /** Whether the Pulumi CLI is wanted. */
  pulumi?: boolean;
  /** Whether the CLI has to run YAML programs as well. */
  yaml?: boolean;
  isQuiet?: boolean;
}

/** What comes after the npm dependencies: dist, the Pulumi CLI, and its host for YAML. */
export async function prepare({
  npm,
  pulumi = true,
  yaml = true,
  isQuiet,
}: PrepareOptions): Promise<Toolchain | undefined> {
  const say = isQuiet ? quiet : aloud;
  linkOwnName();
  await build(npm, say);
  if (!pulumi) return undefined;
  const toolchain = await ensureToolchain(say);
  if (yaml) await ensureYamlHost(toolchain, say);
  return toolchain;
}
