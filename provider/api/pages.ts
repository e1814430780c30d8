import type { Wire } from "../core/resource";
import type { Send } from "./client";
import type { Product } from "./products";

/** How long what a list said may answer for the account, in milliseconds. */
const maximumAgeMs = 5 * 60_000;

/** The pages of one directory's list: read in order, one at a time, and kept for a while. */
export interface Pages {
  /** The user as a page showed it. */
  user(userId: string): Wire | undefined;
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
  users: Map<string, Wire>;
  cursor: string | undefined;
  read: number;
  seen: number;
  total: number | undefined;
  complete: boolean;
  began: number;
}

const nothing = (): State => ({
  users: new Map(),
  cursor: undefined,
  read: 0,
  seen: 0,
  total: undefined,
  complete: false,
  began: Infinity,
});

/** The list of one directory, none of it read yet. A page that fails is not kept. */
export function createPages(product: Product, scope: Wire, send: Send): Pages {
  const { list } = product;
  let state = nothing();
  let flight: Promise<void> | undefined;

  const current = (): State => {
    if (Date.now() - state.began > maximumAgeMs) state = nothing();
    return state;
  };

  const readPage = async (): Promise<void> => {
    const pages = current();
    if (pages.read === 0) pages.began = Date.now();
    const answer = await send({ action: list.action, params: { ...scope, ...list.page(pages.cursor) } });
    const page = list.users(answer);
    page.forEach((user) => pages.users.set(String(user.UserId), { ...scope, ...user }));
    pages.read++;
    pages.seen += page.length;
    pages.total = list.pages(answer);
    pages.cursor = list.next(answer, pages.cursor, pages.seen);
    pages.complete = pages.cursor === undefined;
  };

  return {
    user: (userId) => current().users.get(userId),
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
