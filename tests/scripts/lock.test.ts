import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { isStale, type Owner, withLock } from "../../scripts/toolchain/lock";
import { temporaryFolder } from "../support/temporaryFolder";

const pollMs = 2;
const endedPid = spawnSync(process.execPath, ["--version"]).pid;

async function lockOf(owner?: Owner): Promise<string> {
  const lock = path.join(await temporaryFolder(), "thing.lock");
  if (!owner) return lock;
  mkdirSync(lock);
  writeFileSync(path.join(lock, "owner.json"), JSON.stringify(owner));
  return lock;
}

describe("withLock", () => {
  it("lets one run work at a time", async () => {
    const lock = await lockOf();
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      for (let turns = 0; turns < 5; turns++) await turn();
      working--;
    };
    await Promise.all(Array.from({ length: 6 }, () => withLock(lock, work, { pollMs })));
    expect(most).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  it("tells a run that it waits, and only then", async () => {
    const lock = await lockOf();
    let waits = 0;
    let end = () => {};
    const first = withLock(lock, () => new Promise<void>((resolve) => (end = resolve)), {
      waiting: () => Promise.reject(new Error("the lock is free")),
    });
    while (!existsSync(path.join(lock, "owner.json"))) await turn();
    const waiting = async (wait: () => Promise<void>) => {
      waits++;
      setImmediate(end);
      await wait();
    };
    await Promise.all([first, withLock(lock, async () => {}, { pollMs, waiting })]);
    expect(waits).toBe(1);
  });

  it("frees the lock when the work fails", async () => {
    const lock = await lockOf();
    const work = () => Promise.reject(new Error("no compiler"));
    await expect(withLock(lock, work)).rejects.toThrow("no compiler");
    expect(existsSync(lock)).toBe(false);
  });

  it("takes over the lock of a run that was killed", async () => {
    const lock = await lockOf({ pid: endedPid, host: hostname(), since: Date.now() });
    await expect(withLock(lock, async () => "done", { pollMs })).resolves.toBe("done");
  });

  it("takes over a lock folder that was left without an owner", async () => {
    const lock = await lockOf();
    mkdirSync(lock);
    const longAgo = new Date(Date.now() - 5 * 60_000);
    utimesSync(lock, longAgo, longAgo);
    await expect(withLock(lock, async () => "done", { pollMs })).resolves.toBe("done");
  });

  it("gives a stale lock to one of several runs that find it", async () => {
    const lock = await lockOf({ pid: endedPid, host: hostname(), since: Date.now() });
    let working = 0;
    const work = async () => {
      expect(++working).toBe(1);
      await turn();
      working--;
    };
    await Promise.all(Array.from({ length: 4 }, () => withLock(lock, work, { pollMs })));
  });
});

describe("isStale", () => {
  const now = Date.now();
  const here = { pid: 7, host: hostname(), since: now - 60_000 };

  it("goes by the process on this machine, and by age alone on another", () => {
    expect(isStale(here, now, () => true)).toBe(false);
    expect(isStale(here, now, () => false)).toBe(true);
    expect(isStale({ ...here, host: "elsewhere" }, now, () => false)).toBe(false);
  });

  it("gives no run more than an hour", () => {
    expect(isStale({ ...here, since: now - 61 * 60_000 }, now, () => true)).toBe(true);
  });
});
