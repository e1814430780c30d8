import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { showText } from "../../core/showText";
import { journalFolder } from "../journal/createJournals";
import { namesIn } from "../journal/journalFiles";
import { stackKeyOf } from "../resourceNames";

/** A run of a stack that was to remove more users than it may. */
export interface Stop {
  /** The limit at that time; another one lifts the stop. */
  limit: number;
  /** How many users were to be removed, as far as the run came. */
  count: number;
  /** The day, as in 2026-11-30. */
  day: string;
}

/** The stops of stacks, which stay when the run has ended. */
export interface RemovalStops {
  /** The stop of the stack of this URN, if there is one under this limit. Throws a sentence where that cannot be told. */
  of(urn: string | undefined, limit: number): Stop | undefined;
  set(urn: string | undefined, stop: Stop): void;
  lift(urn: string | undefined): void;
}

/** Where stops are kept, and where the lines about them go. */
export interface StopOptions {
  /** The setting `journal`, beside whose files they lie. */
  setting(): string | undefined;
  warn(sentence: string): void;
}

/** Opens the stops: a file for each stack, private to the user of this machine, that holds no name. */
export function openRemovalStops({ setting, warn }: StopOptions): RemovalStops {
  const fileOf = (urn: string | undefined): string | undefined => {
    const [key, folder] = [stackKeyOf(urn), journalFolder(setting())];
    if (key === undefined || folder === undefined) return undefined;
    const digest = createHash("sha256").update(key).digest("hex").slice(0, 16);
    return path.join(folder, `stop-${digest}.json`);
  };

  const lift = (urn: string | undefined): void => {
    const file = fileOf(urn);
    if (file !== undefined) rmSync(file, { force: true });
  };

  return {
    of(urn, limit) {
      const file = fileOf(urn);
      if (file === undefined || !namesIn(path.dirname(file)).includes(path.basename(file))) return undefined;
      const found = JSON.parse(readFileSync(file, "utf8")) as Stop;
      if (typeof found.limit !== "number") throw new Error(`${file} is damaged`);
      if (found.limit === limit) return found;
      lift(urn);
      return undefined;
    },
    set(urn, stopped) {
      const file = fileOf(urn);
      if (file === undefined) return;
      try {
        mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
        namesIn(path.dirname(file));
        // Another process of the run may write it too.
        writeFileSync(`${file}.${process.pid}`, JSON.stringify(stopped), { mode: 0o600 });
        renameSync(`${file}.${process.pid}`, file);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        warn(
          `The next run will not know that this one was stopped by alicloud-users:maxDeletes: ${showText(file)} cannot be ` +
            `written (${showText(reason)}). Make room, or set alicloud-users:journal to another folder.`,
        );
      }
    },
    lift,
  };
}
