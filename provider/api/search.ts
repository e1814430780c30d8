import type { Wire } from "../core/resource";
import type { Send } from "./client";
import { createListReader } from "./listReader";
import type { Product } from "./products";

/** Every user of a directory that the list shows under these filters of its own, read page by page. */
export async function* searchUsers(
  product: Product,
  scope: Wire,
  send: Send,
  filter: Wire,
): AsyncGenerator<Wire> {
  const readNext = createListReader(product, scope, send, filter);
  for (;;) {
    const { users, isLast } = await readNext();
    yield* users;
    if (isLast) return;
  }
}
