/*
 * The journal of creates: a run that is killed leaves users that no state has. So each create is noted on the disk, before
 * the call and after it, in a file of the process's own; core knows it as the interface
 * `lifecycle/journal/createJournal.ts`. A create that meets an existing user takes it over in two cases: the journal says
 * that this URN has made this id, or it has a create of this URN and name without an answer, and the user passes the proofs
 * of a lost answer (`lifecycle/creation/isOurs.ts`). An API that does not tell when a user was made (Bastionhost) gets a
 * look for the name before the create, without which "made then" could not be told. Entries never lead to a delete. They
 * count for 30 days, since the state may go on from another machine, and end by id, whichever resource the state has it
 * under, because a URN changes with an alias. Names are kept as digests, so a secret name needs no case of its own. Whether
 * a writer still lives decides only about removing its file: an ended process may stay a zombie where nobody waits for it,
 * so the notes of any process count. Writes that come together share one sync.
 */
import { createHash } from "node:crypto";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import type { CreateJournal } from "./createJournal";
import { nameAttributeOf, scopeOf } from "../../core/identity";
import type { Values } from "../../core/wire";
import type { Owner } from "../owners";
import type { Report } from "../report/report";
import { stackKeyOf } from "../resourceNames";
import { openStackJournal, type StackJournal } from "./stackJournal";

/** The journals of the creates of this process, and what earlier ones have left in theirs. */
export interface CreateJournals {
  /** The journal of one create; none where it is switched off, or no URN tells the resource. */
  of(owner: Owner, inputs: Values): CreateJournal | undefined;
  /** Says that the state holds a user, so that what the journals note about it is no longer needed. */
  noteRecorded(owner: Owner, id: string): void;
}

/** Where the journals lie, and where the lines about them go. */
export interface JournalOptions {
  /** The setting `journal`: a folder, "off", or nothing for the usual folder. */
  setting(): string | undefined;
  report: Report;
}

/** Opens the journals. Nothing is read before the first create, and before the first user of the state. */
export function openCreateJournals({ setting, report }: JournalOptions): CreateJournals {
  const warn = (sentence: string): void => void report.warning(undefined, sentence);
  const stacks = new Map<string, StackJournal>();

  const journalOf = (urn: string | undefined): StackJournal | undefined => {
    const key = stackKeyOf(urn);
    const folder = journalFolder(setting());
    if (key === undefined || folder === undefined) return undefined;
    const known = stacks.get(key) ?? openStackJournal(folder, key, warn);
    stacks.set(key, known);
    return known;
  };

  return {
    of({ resource, urn = "" }, inputs) {
      const journal = journalOf(urn);
      if (!journal) return undefined;
      const name = inputs[nameAttributeOf(resource)];
      const user = digestOf([resource.type, scopeOf(resource, inputs), name]);
      const notes = journal.ofResource(urn);
      const ids = notes.flatMap(({ id }) => id ?? []);
      const unanswered = notes.filter((note) => note.id === undefined && note.user === user);
      const made = async (id: string): Promise<void> => {
        // The notes of earlier runs stay until this one outlives its process too.
        if (await journal.append({ urn, id })) journal.end(notes);
      };
      return {
        earlier: notes.length === 0 ? undefined : { madeIds: ids, unanswered },
        async sending(nameWasFree, token) {
          await journal.append({ urn, user, at: Date.now(), nameWasFree, token });
        },
        made,
        async refused() {
          await journal.append({ urn, ended: true });
        },
        async takenOver(id) {
          await made(id);
          await report.takenOver(urn, id);
        },
      };
    },

    noteRecorded({ urn }, id) {
      const journal = journalOf(urn);
      journal?.end(journal.ofUser(id));
    },
  };
}

/** The folder that the setting `journal` names; nothing where it switches the journal off. */
export function journalFolder(setting: string | undefined): string | undefined {
  return setting === "off" ? undefined : (setting ?? usualFolder());
}

/** Beside what Pulumi itself keeps for this user of the machine. */
export function usualFolder(): string {
  const home = process.env.PULUMI_HOME || path.join(homeFolder(), ".pulumi");
  return path.join(home, "alicloud-users", "journal");
}

function homeFolder(): string {
  try {
    return homedir();
  } catch {
    // A container may run under a user id that has no home.
    return tmpdir();
  }
}

function digestOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
