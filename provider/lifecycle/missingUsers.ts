import { allowances, type Brakes } from "../api/brakes";
import { type Clock, machineClock } from "../api/clock";
import { nameAttributeOf } from "../core/identity";
import { showValue } from "../core/showText";
import type { Values } from "../core/wire";
import type { Owner } from "./owners";
import { createRemovalWindow } from "./removals/removalWindow";
import type { Report } from "./report/report";

/**
 * Follows how many users of the state the account does not have. In another account it has none of them, and a run would
 * create them all again there.
 */
export interface MissingUsers {
  /** Notes a user that the program declares, and how many it declares in all where that is known. */
  noteDeclared(urn: string | undefined, declared: { isNew: boolean; total: number | undefined }): void;
  /**
   * Notes a user of the state that was looked for, and how many there are at least. Asks once about the account when most
   * of them are missing.
   */
  noteCompared(urn: string | undefined, isMissing: boolean, least?: number): Promise<void>;
  /** Whether the state is known to have a user. */
  hasSeen(): boolean;
  /** Throws a sentence where a create would replace one of most users, which are missing, and nothing says that this is right. */
  permitCreate(owner: Owner, inputs: Values, brakes: Brakes): Promise<void>;
}

/** So many missing users may be a coincidence. */
const fewest = 5;

/**
 * How long a create waits for comparisons, in milliseconds: until none has come for a while, since a missing user takes
 * two Gets with a pause, and a user may depend on the one that is created.
 */
const waits = { quietMs: 5000, longestMs: 60_000 };

/** Follows the users that this process compares. */
export function followMissingUsers(report: Report, clock: Clock = machineClock): MissingUsers {
  const window = createRemovalWindow(clock, waits);
  const compared = new Map<string, boolean>();
  const recorded = new Set<string>();
  const declared = new Set<string>();
  let total = 0;
  let recreated = 0;
  let isAsked = false;
  let told: string | undefined;

  const missing = (): number => [...compared.values()].filter(Boolean).length;
  const isAllKnown = (): boolean => declared.size >= total && [...recorded].every((urn) => compared.has(urn));
  const isSuspect = (): boolean => {
    const all = isAllKnown() ? compared.size : Math.max(compared.size, total);
    return missing() >= fewest && missing() * 2 > all;
  };
  const finding = (): string =>
    `${missing()} of ${compared.size} users that were compared are not in the account`;
  /** Whether no further comparison can change the answer. */
  const isDecided = (): boolean => {
    const present = compared.size - missing();
    const open = total - present - (declared.size - recorded.size);
    const canBeMost = total === 0 || (open >= fewest && open * 2 > total);
    return isSuspect() || isAllKnown() || !canBeMost;
  };
  let waiting: (() => void)[] = [];
  const progress = (): void => {
    if (waiting.length === 0) return;
    if (!isDecided()) return void window();
    waiting.forEach((wake) => wake());
    waiting = [];
  };

  return {
    noteDeclared(urn, { isNew, total: all = 0 }) {
      if (urn === undefined) return;
      total = Math.max(total, all);
      declared.add(urn);
      if (!isNew) recorded.add(urn);
      progress();
    },

    async noteCompared(urn, isMissing, least = 0) {
      if (urn === undefined) return;
      total = Math.max(total, least);
      compared.set(urn, isMissing);
      progress();
      if (isAsked || !isSuspect()) return;
      isAsked = true;
      await report.warning(undefined, `${finding()}. Is this the right account? ${wayOut}`);
    },

    hasSeen: () => recorded.size + compared.size > 0,

    async permitCreate({ resource, urn }, inputs, { accountIds, allowedRecreations }) {
      if (urn === undefined || compared.get(urn) !== true || accountIds.length > 0) return;
      recreated += 1;
      if (recreated <= (allowedRecreations ?? 0)) return;
      if (!isDecided()) await Promise.race([window(), new Promise<void>((wake) => waiting.push(wake))]);
      if (!isSuspect()) return;
      const subject = `${resource.type} ${showValue(inputs[nameAttributeOf(resource)])}`;
      const kept = `${subject} was not created again`;
      if (told !== undefined) throw new Error(`${kept}, for the reason given at ${told}.`);
      told = subject;
      throw new Error(
        `${kept}: ${finding()}, as it is with the credentials of another one. ${wayOut} Or allow it for one run: set ` +
          `${allowances.recreations} in its environment to the number of users that are to be created again.`,
      );
    },
  };
}

const wayOut =
  '"alicloud-users doctor" shows the account of the credentials. If it is the right one, set it, and no other is used from ' +
  "then on: pulumi config set alicloud-users:accountId ID.";
