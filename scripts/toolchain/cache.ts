import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { withCleanup } from "./interrupt";
import { withLock } from "./lock";
import { type Say, sayWhile } from "./say";

/** Runs the work while no other run changes this place in the cache. */
export async function whileLocked(
  place: string,
  title: string,
  say: Say,
  work: () => Promise<void>,
  pollMs?: number,
): Promise<void> {
  const waiting = (wait: () => Promise<void>) => sayWhile(say, `${title}: waiting for another run`, wait);
  await withLock(`${place}.lock`, work, { waiting, pollMs });
}

/** Lets something be made in a folder beside a place in the cache, so that the place never holds half of it. */
export async function makeAside(place: string, make: (making: string) => Promise<void>): Promise<void> {
  await removeLeftovers(place);
  const making = `${place}.making-${process.pid}`;
  const remove = () => rm(making, { recursive: true, force: true });
  await withCleanup(remove, async () => {
    try {
      await mkdir(making);
      await make(making);
    } finally {
      await remove();
    }
  });
}

/** What runs left behind that were killed outright. */
async function removeLeftovers(place: string): Promise<void> {
  const parent = path.dirname(place);
  const names = await readdir(parent);
  const leftovers = names.filter((name) => name.startsWith(`${path.basename(place)}.making-`));
  for (const name of leftovers) await rm(path.join(parent, name), { recursive: true, force: true });
}
