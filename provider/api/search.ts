import type { Wire } from "../core/resource";
import type { Send } from "./client";
import type { Product } from "./products";

/** Every user of a directory that the list shows under these filters of its own, read page by page. */
export async function* searchUsers(
  { list }: Product,
  scope: Wire,
  send: Send,
  filter: Wire,
): AsyncGenerator<Wire> {
  let cursor: string | undefined;
  let seen = 0;
  do {
    const answer = await send({ action: list.action, params: { ...scope, ...list.page(cursor), ...filter } });
    const page = list.users(answer);
    for (const user of page) yield { ...scope, ...user };
    seen += page.length;
    cursor = list.next(answer, cursor, seen);
  } while (cursor !== undefined);
}
