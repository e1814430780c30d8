import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { makeAside, whileLocked } from "../../scripts/toolchain/cache";
import { build, hasGo, type Module } from "../../scripts/toolchain/golang";
import { cacheFolder, exe, modulesHash } from "../../scripts/toolchain/place";
import { aloud, type Say } from "../../scripts/toolchain/say";
import { wayOut } from "../../scripts/toolchain/toolchain";

const tofuVersion = "1.10.6";

/** The release of Alibaba Cloud's Terraform provider that is measured. */
export const alicloudVersion = "1.285.0";

const goPlatform = `${process.platform.replace("win32", "windows")}_${process.arch.replace("x64", "amd64")}`;

/** OpenTofu, and the provider as a mirror of OpenTofu's registry has it, in the folder of both. */
export const peerPrograms = {
  tofu: `tofu${exe}`,
  alicloud:
    `mirror/registry.opentofu.org/aliyun/alicloud/${alicloudVersion}/${goPlatform}/` +
    `terraform-provider-alicloud_v${alicloudVersion}${exe}`,
};

const modules: Module[] = [
  {
    title: `OpenTofu ${tofuVersion}`,
    coreMinutes: 8,
    folder: path.join(__dirname, "tofu"),
    main: "github.com/opentofu/opentofu/cmd/tofu",
    version: tofuVersion,
    program: peerPrograms.tofu,
  },
  {
    title: `Terraform provider for Alibaba Cloud ${alicloudVersion}`,
    coreMinutes: 20,
    folder: path.join(__dirname, "alicloud"),
    main: "github.com/aliyun/terraform-provider-alicloud",
    version: alicloudVersion,
    program: peerPrograms.alicloud,
  },
];

/** OpenTofu and Alibaba Cloud's provider, ready to run. */
export interface Peers {
  tofu: string;
  /** The folder that OpenTofu takes the provider from, in place of a registry. */
  mirror: string;
}

/** Fills a folder with both programs, where this machine can. */
export interface PeerSource {
  isOpen(): boolean;
  fill(folder: string, say: Say): Promise<void>;
}

const goModules: PeerSource = {
  isOpen: hasGo,
  async fill(folder, say) {
    for (const module of modules) await build(module, folder, say);
  },
};
const title = "OpenTofu and its provider";

/** The folder in the cache of OpenTofu and its provider: one for each release, platform and set of Go modules. */
function peersPlace(): string {
  const pinned = modulesHash(...modules.map(({ folder }) => folder));
  const name = `${tofuVersion}-${alicloudVersion}-${process.platform}-${process.arch}-${pinned}`;
  return path.join(cacheFolder(), "peers", name);
}

/** Makes sure of OpenTofu and the provider in the cache. Two runs at once build them once, and never half. */
export async function ensurePeers(
  say: Say = aloud,
  source = goModules,
  place = peersPlace(),
  pollMs?: number,
): Promise<Peers> {
  const isComplete = () => Object.values(peerPrograms).every((name) => existsSync(path.join(place, name)));
  const fill = async () => {
    if (isComplete()) return;
    if (!source.isOpen()) throw new Error(`There is no Go to build OpenTofu with. ${wayOut}`);
    await makeAside(place, async (making) => {
      await source.fill(making, say);
      await rename(making, place);
    });
  };
  await mkdir(path.dirname(place), { recursive: true });
  if (!isComplete()) await whileLocked(place, title, say, fill, pollMs);
  return { tofu: path.join(place, peerPrograms.tofu), mirror: path.join(place, "mirror") };
}
