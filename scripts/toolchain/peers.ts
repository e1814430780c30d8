import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { makeAside, whileLocked } from "./cache";
import { buildPeers, hasGo } from "./golang";
import { peerPrograms, peersPlace } from "./place";
import { aloud, type Say } from "./say";
import { wayOut } from "./toolchain";

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

const goModules: PeerSource = { isOpen: hasGo, fill: buildPeers };
const title = "OpenTofu and its provider";

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
