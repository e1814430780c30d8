import { createHash } from "node:crypto";
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isLiving } from "./isLiving";

/** Facts that all provider processes of one run of the engine share. */
export interface RunRecord {
  /** Notes facts for the rest of the run. */
  add(...facts: readonly (readonly unknown[])[]): void;
  /** Whether this process, or another living one of the same run, has noted the fact. */
  has(fact: readonly unknown[]): boolean;
  /** How often this process and the other living ones of the same run have noted the fact. */
  times(fact: readonly unknown[]): number;
}

/** The folder of the records: private to the user of this machine. */
const recordFolder = (): string =>
  path.join(tmpdir(), `pulumi-alicloud-users-${process.getuid?.() ?? "runs"}`);

/**
 * Opens the record of the run whose engine listens at `engine`. Each process writes a file of its own, which counts only
 * while the process lives, so that a later run on the same port starts empty. The files hold digests alone. Where no
 * file can be written, this process keeps its facts to itself.
 */
export function openRunRecord(engine: string | undefined, folder = recordFolder()): RunRecord {
  const own = new Map<string, number>();
  const run = engine?.replace(/\W+/g, "-");
  let file: string | undefined;
  let isOpened = run === undefined;

  const times = (fact: readonly unknown[]): number => {
    const digest = digestOf(fact);
    const others = othersOf(folder, run).filter((each) => each === digest);
    return (own.get(digest) ?? 0) + others.length;
  };

  return {
    add(...facts) {
      const digests = facts.map(digestOf);
      for (const digest of digests) own.set(digest, (own.get(digest) ?? 0) + 1);
      if (!isOpened) file = attempt(() => createFile(folder, `${run}.${process.pid}`));
      isOpened = true;
      if (file !== undefined)
        attempt(() => appendFileSync(file as string, digests.map((digest) => `${digest}\n`).join("")));
    },
    has: (fact) => times(fact) > 0,
    times,
  };
}

/** What the other living processes of the run have noted. */
function othersOf(folder: string, run: string | undefined): string[] {
  return filesOf(folder, run).flatMap(
    (name) => attempt(() => readFileSync(path.join(folder, name), "utf8"))?.split("\n") ?? [],
  );
}

/** The files that other living processes of the run have written. */
function filesOf(folder: string, run: string | undefined): string[] {
  if (run === undefined || !attempt(() => isPrivate(folder))) return [];
  const names = attempt(() => readdirSync(folder)) ?? [];
  return names.filter((name) => {
    const writer = writerOf(name);
    return name === `${run}.${writer}` && writer !== process.pid && isLiving(writer);
  });
}

function digestOf(fact: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(fact)).digest("hex");
}

/** Makes this process's own file, empty, and removes those of processes that have ended. */
function createFile(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isPrivate(folder)) throw new Error(`${folder} is open to others.`);
  for (const each of readdirSync(folder))
    if (!isLiving(writerOf(each))) attempt(() => rmSync(path.join(folder, each)));
  const file = path.join(folder, name);
  writeFileSync(file, "", { mode: 0o600 });
  return file;
}

/** Whether nobody else can write in the folder. Windows gives each user a folder for temporary files. */
function isPrivate(folder: string): boolean {
  const { mode, uid } = lstatSync(folder);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
}

const writerOf = (name: string): number => Number(name.slice(name.lastIndexOf(".") + 1));

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
