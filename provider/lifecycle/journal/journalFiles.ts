import { createHash, randomUUID } from "node:crypto";
import { appendFileSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { isLiving } from "./isLiving";

/** One line of a journal. The latest line of a URN counts, as far as the file goes. */
export type JournalLine =
  /** A create is about to be sent; `user` is a digest of the resource and its unique name. */
  | { urn: string; user: string; at: number; nameWasFree: boolean; token?: string | undefined }
  /** It has made the user with this id. */
  | { urn: string; id: string }
  /** Nothing is left to be known of it. */
  | { urn: string; ended: true };

/** A create that a file tells of and whose end it does not. */
export interface JournalNote {
  readonly file: string;
  readonly urn: string;
  readonly user: string;
  readonly at: number;
  readonly nameWasFree: boolean;
  /** The token that the call was sent with, where the API knows one. */
  readonly token?: string | undefined;
  /** The id of the user that it made. */
  readonly id?: string;
}

/** The files of one stack in the journal's folder, one for each process that has created users. */
export interface JournalFiles {
  /** What earlier processes have left, and the files that are damaged. Throws where the folder cannot be read. */
  read(): { notes: JournalNote[]; damaged: string[] };
  /** Writes the line to this process's own file. Resolves once it is on the disk; lines at the same time go together. */
  append(line: JournalLine): Promise<void>;
  /** Says in the note's file that it is over; with the last one of a process that has ended, the file is removed. */
  end(note: JournalNote): void;
}

/** How long a note counts. A later state may be on another machine, whose runs cannot end the notes of this one. */
const noteLifeMs = 30 * 86_400_000;

/** How long files of other machines stay whose processes may still run there, in milliseconds. */
const foreignFileMs = 86_400_000;

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** Opens the files of a stack. Nothing is read or written before the first use. */
export function openJournalFiles(folder: string, stack: string): JournalFiles {
  const prefix = digestOf(stack);
  const host = digestOf(hostname());
  const left = new Map<string, Set<JournalNote>>();
  let own: Promise<FileHandle> | undefined;
  let text = "";
  let latest: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const removeIfEnded = (file: string): boolean => {
    const isOver = left.get(file)?.size === 0 && hasEnded(file, host);
    if (isOver) rmSync(file, { force: true });
    return isOver;
  };

  const write = async (): Promise<void> => {
    next = undefined;
    const lines = text;
    text = "";
    own ??= createFile(folder, `${prefix}.${randomUUID()}.${host}.${process.pid}`);
    const handle = await own;
    await handle.appendFile(lines);
    await handle.datasync();
  };

  return {
    read() {
      const files = namesIn(folder).filter((name) => name.startsWith(`${prefix}.`));
      const read = files.map((name) => readNotes(path.join(folder, name)));
      for (const { file, notes } of read) {
        left.set(file, new Set(notes));
        // Where a file cannot be removed, it still says that nothing is left.
        attempt(() => removeIfEnded(file));
      }
      return {
        notes: read.flatMap(({ notes }) => notes),
        damaged: read.filter(({ isWhole }) => !isWhole).map(({ file }) => file),
      };
    },
    append(line) {
      text += `${JSON.stringify(line)}\n`;
      // A failed write fails those that wait for it, and not the next.
      next ??= latest = latest.catch(() => undefined).then(write);
      return next;
    },
    end(note) {
      if (!left.get(note.file)?.delete(note) || removeIfEnded(note.file)) return;
      const line: JournalLine = { urn: note.urn, ended: true };
      // The file's last line may have been cut off.
      appendFileSync(note.file, `\n${JSON.stringify(line)}\n`);
    },
  };
}

/** The names in the folder, none where it does not exist. Throws where others could have put something there. */
export function namesIn(folder: string): string[] {
  let status;
  try {
    status = statSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const isOpen =
    process.getuid !== undefined && (status.uid !== process.getuid() || (status.mode & 0o022) !== 0);
  if (isOpen) throw new Error("other users of this machine can write in it");
  return readdirSync(folder);
}

async function createFile(folder: string, name: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  namesIn(folder);
  return open(path.join(folder, name), "ax", 0o600);
}

function readNotes(file: string): { file: string; notes: JournalNote[]; isWhole: boolean } {
  const content = attempt(() => readFileSync(file, "utf8"));
  // What follows the last line break was cut off when its process was killed.
  const lines = content?.split("\n").slice(0, -1) ?? [];
  const parsed = lines.filter(Boolean).map(parseLine);
  const notes = new Map<string, JournalNote>();
  for (const line of parsed) {
    if (line === undefined) continue;
    const known = notes.get(line.urn);
    if ("user" in line) notes.set(line.urn, { file, ...line });
    else if ("ended" in line) notes.delete(line.urn);
    else if (known) notes.set(line.urn, { ...known, id: line.id });
  }
  const recent = [...notes.values()].filter(({ at }) => at > Date.now() - noteLifeMs);
  return { file, notes: recent, isWhole: content !== undefined && !parsed.includes(undefined) };
}

function parseLine(text: string): JournalLine | undefined {
  const line = attempt(() => JSON.parse(text) as Record<string, unknown>);
  const isNote =
    typeof line?.user === "string" &&
    typeof line.at === "number" &&
    ["string", "undefined"].includes(typeof line.token);
  const isLine =
    typeof line?.urn === "string" && (isNote || typeof line.id === "string" || line.ended === true);
  return isLine ? (line as JournalLine) : undefined;
}

/** Whether the process that writes the file has ended, as far as this machine can tell. */
function hasEnded(file: string, host: string): boolean {
  const [, , writer, pid] = path.basename(file).split(".");
  if (writer === host) return !isLiving(Number(pid));
  return statSync(file).mtimeMs < Date.now() - foreignFileMs;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
