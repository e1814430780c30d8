import { showText } from "../../core/showText";
import { type JournalLine, type JournalNote, openJournalFiles } from "./journalFiles";

/** The journal of one stack, which goes on without its files where they fail. */
export interface StackJournal {
  /** What earlier processes have left about the creates of a resource. */
  ofResource(urn: string): readonly JournalNote[];
  /** The same about a user, whichever resource had it. */
  ofUser(id: string): readonly JournalNote[];
  /** Keeps a line. Resolves once it is on the disk, or to false where it cannot be. */
  append(line: JournalLine): Promise<boolean>;
  /** Drops notes that nobody needs any more. */
  end(notes: readonly JournalNote[]): void;
}

/** Opens the journal of a stack in this folder; `warn` is told at most once, in a sentence. */
export function openStackJournal(
  folder: string,
  stack: string,
  warn: (sentence: string) => void,
): StackJournal {
  const files = openJournalFiles(folder, stack);
  const byUrn = new Map<string, JournalNote[]>();
  const byId = new Map<string, JournalNote[]>();
  const open = new Set<JournalNote>();
  let isWarned = false;
  let isFull = false;

  const fail = (what: string, reason: unknown): void => {
    if (!isWarned) warn(sentenceOf(folder, what, reason));
    isWarned = true;
  };

  const load = (): void => {
    const { notes, damaged } = files.read();
    for (const note of notes) {
      open.add(note);
      byUrn.set(note.urn, [...(byUrn.get(note.urn) ?? []), note]);
      if (note.id !== undefined) byId.set(note.id, [...(byId.get(note.id) ?? []), note]);
    }
    if (damaged.length > 0) fail("is damaged", damaged.join(", "));
  };

  try {
    load();
  } catch (error) {
    fail("cannot be read", error);
  }

  return {
    ofResource: (urn) => (byUrn.get(urn) ?? []).filter((note) => open.has(note)),
    ofUser: (id) => (byId.get(id) ?? []).filter((note) => open.has(note)),
    async append(line) {
      if (isFull) return false;
      try {
        await files.append(line);
        return true;
      } catch (error) {
        isFull = true;
        fail("cannot be written", error);
        return false;
      }
    },
    end(notes) {
      notes.forEach((note) => open.delete(note));
      try {
        notes.forEach(files.end);
      } catch (error) {
        fail("cannot be written", error);
      }
    },
  };
}

function sentenceOf(folder: string, what: string, reason: unknown): string {
  const text = reason instanceof Error ? reason.message : String(reason);
  return (
    `The journal of creates in ${showText(folder)} ${what} (${showText(text)}). The run goes on, but users that a ` +
    `killed run has created may have to be adopted with adopt: true. Make room, correct the permissions or delete damaged ` +
    `files, or set alicloud-users:journal to another folder or to "off".`
  );
}
