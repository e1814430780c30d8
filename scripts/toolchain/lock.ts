import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { withCleanup } from "./interrupt";

/** Who holds a lock folder. */
export interface Owner {
  pid: number;
  host: string;
  since: number;
}

export interface LockOptions {
  /** Wraps the wait for another run, so that it can be told; not called when the lock is free. */
  waiting?: (wait: () => Promise<void>) => Promise<void>;
  pollMs?: number;
}

const oldestMs = 60 * 60 * 1000;
const unownedMs = 60 * 1000;

/** Runs the work while no other run holds the lock folder; a lock whose owner is dead or an hour old is taken over. */
export async function withLock<T>(
  lock: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  await acquire(lock, options);
  const release = () => rm(lock, { recursive: true, force: true });
  return withCleanup(release, async () => {
    try {
      return await work();
    } finally {
      await release();
    }
  });
}

/** Whether an owner can no longer be at work, as seen from this machine. */
export function isStale(owner: Owner, now = Date.now(), isAlive = isRunning): boolean {
  if (now - owner.since > oldestMs) return true;
  return owner.host === hostname() && !isAlive(owner.pid);
}

async function acquire(
  lock: string,
  { waiting = (wait) => wait(), pollMs = 500 }: LockOptions,
): Promise<void> {
  await mkdir(path.dirname(lock), { recursive: true });
  if (await attempt(lock)) return;
  await waiting(async () => {
    while (!(await attempt(lock))) await delay(pollMs);
  });
}

async function attempt(lock: string): Promise<boolean> {
  if (await take(lock)) return true;
  const owner = await ownerOf(lock);
  if (!(owner ? isStale(owner) : await isAbandoned(lock))) return false;
  await takeOver(lock, owner);
  return take(lock);
}

async function take(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  const owner: Owner = { pid: process.pid, host: hostname(), since: Date.now() };
  await writeFile(path.join(lock, "owner.json"), JSON.stringify(owner));
  return true;
}

async function ownerOf(lock: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path.join(lock, "owner.json"), "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

/** Its maker was killed between making the folder and writing its name. */
async function isAbandoned(lock: string): Promise<boolean> {
  const made = await stat(lock).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > unownedMs;
}

/** Moved aside before it is removed, so that of two runs only one takes it, and a lock renewed meanwhile goes back. */
async function takeOver(lock: string, stale: Owner | undefined): Promise<void> {
  const aside = `${lock}.${randomUUID()}`;
  const moved = await rename(lock, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  const owner = await ownerOf(aside);
  if (owner?.pid !== stale?.pid || owner?.since !== stale?.since) await rename(aside, lock).catch(() => {});
  await rm(aside, { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
