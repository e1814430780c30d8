import { build } from "./build";
import { linkOwnName } from "./ownName";
import { aloud, quiet } from "./say";
import { ensureToolchain, type Toolchain } from "./toolchain";

export interface PrepareOptions {
  /** The command that runs npm. */
  npm: string[];
  /** Whether the Pulumi CLI is wanted. */
  pulumi?: boolean;
  quietly?: boolean;
}

/** What comes after the npm dependencies: dist, and the Pulumi CLI. */
export async function prepare({
  npm,
  pulumi = true,
  quietly,
}: PrepareOptions): Promise<Toolchain | undefined> {
  const say = quietly ? quiet : aloud;
  linkOwnName();
  await build(npm, say);
  return pulumi ? ensureToolchain(say) : undefined;
}
