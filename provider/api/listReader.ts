import type { Wire } from "../core/resource";
import type { Send } from "./client";
import { unavailable } from "./fault";
import type { Product } from "./products";

/** More pages than any directory has: a list that is longer does not end. */
export const mostPages = 1000;

/** One page of a list. */
export interface Page {
  users: Wire[];
  /** How many pages the list has, as far as the API tells. */
  pages: number | undefined;
  isLast: boolean;
}

/**
 * Returns a function that reads the next page of a list, narrowed by filters of the API's own. A page that fails is the
 * next one again. Throws a fault when the list cannot have an end: a page or a cursor that was there before, or
 * more than `mostPages`.
 */
export function createListReader(
  product: Product,
  scope: Wire,
  send: Send,
  filter: Wire,
): () => Promise<Page> {
  const { list } = product;
  const known = new Set<string>();
  const cursors = new Set<string>();
  let cursor: string | undefined;
  let read = 0;
  let seen = 0;

  return async () => {
    const answer = await send({ action: list.action, params: { ...scope, ...list.page(cursor), ...filter } });
    const users = list.users(answer);
    const next = list.next(answer, cursor, seen + users.length);
    if (next !== undefined) {
      const isNew = users.some(({ UserId }) => !known.has(String(UserId)));
      const problem = problemOf(isNew, cursors.has(next), read + 1);
      if (problem !== undefined) throw endless(product, problem);
      cursors.add(next);
    }
    users.forEach(({ UserId }) => known.add(String(UserId)));
    seen += users.length;
    read++;
    cursor = next;
    return { users: users.map((user) => ({ ...scope, ...user })), pages: list.pages(answer), isLast: !next };
  };
}

function problemOf(hasNewUsers: boolean, isKnownCursor: boolean, read: number): string | undefined {
  if (!hasNewUsers) return "a page shows no further user, and more pages are said to follow";
  if (isKnownCursor) return "a page names one as the next that was read before";
  return read >= mostPages ? `more than ${mostPages} pages are said to follow` : undefined;
}

function endless(product: Product, problem: string): Error {
  return unavailable(product, product.list.action, {
    code: "EndlessList",
    what: `answered with a list that does not end (${problem})`,
    advice: "Run pulumi up again; if it happens again, tell the API's support.",
  });
}
