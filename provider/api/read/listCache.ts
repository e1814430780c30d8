import { idFieldOf, nameKeyOf } from "../../core/directorySchema";
import type { Wire } from "../../core/wire";
import type { Clock } from "../clock";
import { createListReader, type ListSource, type Page } from "./listReader";

/** How long what was read may answer for the account, in milliseconds. */
export const maximumAgeMs = 5 * 60_000;

/** The pages of one directory's list: read in order, one at a time, and kept for a while. */
export interface ListCache {
  /** The user as a page showed it. */
  user(userId: string): Wire | undefined;
  /** Whether a page showed a user of this name. */
  hasName(name: string): boolean;
  /** The id of the user that a page showed under this unique name. */
  idOf(name: string): string | undefined;
  /** How many pages were read. */
  read(): number;
  /** How many are still to be read: 0 when the list has spoken for everyone, nothing when the API does not tell. */
  left(): number | undefined;
  /** Reads the next page; callers at the same time share it. */
  readNext(): Promise<void>;
  /** Forgets one user, who was written since. */
  drop(userId: string): void;
  /** Starts over when the first page was asked for before this time. */
  forgetBefore(time: number): void;
}

interface State {
  users: Map<string, { user: Wire; readAt: number }>;
  ids: Map<string, string>;
  readNext: () => Promise<Page>;
  read: number;
  total: number | undefined;
  complete: boolean;
  began: number;
  /** When the latest page was asked for. */
  readAt: number;
}

/** The list of one directory, none of it read yet. A page that fails is not kept. */
export function createListCache(source: ListSource, clock: Clock): ListCache {
  const idField = idFieldOf(source.schema);
  const { nameField } = source.schema;
  const keyOf = (name: unknown): string => nameKeyOf(source.schema, name);
  const nothing = (): State => ({
    users: new Map(),
    ids: new Map(),
    readNext: createListReader(source, {}),
    read: 0,
    total: undefined,
    complete: false,
    began: Infinity,
    readAt: Infinity,
  });
  let state = nothing();
  let flight: Promise<void> | undefined;

  const isOld = (readAt: number): boolean => clock.now() - readAt > maximumAgeMs;

  /** Counted from the latest page, so that a list that takes longer than that still comes to its end. */
  const current = (): State => {
    if (isOld(state.readAt)) state = nothing();
    return state;
  };

  const readPage = async (): Promise<void> => {
    const pages = current();
    const readAt = clock.now();
    if (pages.read === 0) pages.began = readAt;
    const page = await pages.readNext();
    for (const user of page.users) {
      const userId = String(user[idField]);
      pages.users.set(userId, { user, readAt });
      pages.ids.set(keyOf(user[nameField]), userId);
    }
    pages.readAt = readAt;
    pages.read++;
    pages.total = page.pages;
    pages.complete = page.isLast;
  };

  const userOf = (userId: string): Wire | undefined => {
    const entry = current().users.get(userId);
    return entry && !isOld(entry.readAt) ? entry.user : undefined;
  };

  return {
    user: userOf,
    idOf(name) {
      const userId = current().ids.get(keyOf(name));
      return userId !== undefined && userOf(userId) ? userId : undefined;
    },
    hasName: (name) => current().users.has(current().ids.get(keyOf(name)) ?? ""),
    read: () => current().read,
    left() {
      const { complete, total, read } = current();
      if (complete) return 0;
      return total === undefined ? undefined : Math.max(1, total - read);
    },
    readNext() {
      flight ??= readPage().finally(() => {
        flight = undefined;
      });
      return flight;
    },
    drop: (userId) => void current().users.delete(userId),
    forgetBefore(time) {
      if (state.began < time) state = nothing();
    },
  };
}
