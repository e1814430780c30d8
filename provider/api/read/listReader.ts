import { type DirectorySchema, idFieldOf } from "../../core/directorySchema";
import type { ListPosition } from "../../core/directory";
import type { Wire } from "../../core/wire";
import type { Send } from "../client";
import { unavailable } from "../fault";

/** More pages than any directory has: a list that is longer does not end. */
export const mostPages = 1000;

/** Where a list is read. */
export interface ListSource {
  schema: DirectorySchema;
  /** The name of the service, for messages. */
  serviceName: string;
  /** The fields that name the directory; they are parameters of each call, and answers leave them out. */
  scope: Wire;
  send: Send;
}

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
export function createListReader(source: ListSource, filter: Wire): () => Promise<Page> {
  const { schema, scope, send } = source;
  const { list } = schema.read;
  const idField = idFieldOf(schema);
  const known = new Set<string>();
  const cursors = new Set<string>();
  let cursor: string | undefined;
  let read = 0;
  let seen = 0;

  return async () => {
    const answer = await send({ action: list.action, params: { ...scope, ...list.page(cursor), ...filter } });
    const users = list.from(answer);
    const ids = users.map((user) => String(user[idField]));
    const next = list.next(answer, cursor, seen + users.length);
    if (next !== undefined) {
      const isNew = ids.some((id) => !known.has(id));
      const problem = problemOf(isNew, cursors.has(next), read + 1);
      if (problem !== undefined) throw endless(source, problem);
      cursors.add(next);
    }
    ids.forEach((id) => known.add(id));
    seen += users.length;
    read++;
    cursor = next;
    return { users: users.map((user) => ({ ...scope, ...user })), pages: list.pages(answer), isLast: !next };
  };
}

/** One page of a list from a position on, for a caller that keeps the position. Throws a fault when the list cannot have an end. */
export async function readPage(
  source: ListSource,
  filter: Wire,
  { cursor, seen, read }: Partial<ListPosition> = {},
): Promise<{ users: Wire[]; next: ListPosition | undefined }> {
  const { schema, scope, send } = source;
  const { list } = schema.read;
  const answer = await send({ action: list.action, params: { ...scope, ...list.page(cursor), ...filter } });
  const users = list.from(answer).map((user) => ({ ...scope, ...user }));
  const before = { seen: (seen ?? 0) + users.length, read: (read ?? 0) + 1 };
  const next = list.next(answer, cursor, before.seen);
  if (next === undefined) return { users, next };
  const problem = problemOf(users.length > 0, next === cursor, before.read);
  if (problem !== undefined) throw endless(source, problem);
  return { users, next: { cursor: next, ...before } };
}

/** Every user that the list shows under these filters of its own, read page by page. */
export async function* listUsers(source: ListSource, filter: Wire): AsyncGenerator<Wire> {
  const readNext = createListReader(source, filter);
  for (;;) {
    const { users, isLast } = await readNext();
    yield* users;
    if (isLast) return;
  }
}

function problemOf(hasNewUsers: boolean, isKnownCursor: boolean, read: number): string | undefined {
  if (!hasNewUsers) return "a page shows no further user, and more pages are said to follow";
  if (isKnownCursor) return "a page names one as the next that was read before";
  return read >= mostPages ? `more than ${mostPages} pages are said to follow` : undefined;
}

function endless({ serviceName, schema }: ListSource, problem: string): Error {
  return unavailable({ name: serviceName }, schema.read.list.action, {
    code: "EndlessList",
    what: `answered with a list that does not end (${problem})`,
    advice: "Run pulumi up again; if it happens again, tell the API's support.",
  });
}
