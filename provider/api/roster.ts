import type { Directory, Wanted } from "../core/directory";
import type { Call, Wire } from "../core/resource";
import type { Send } from "./client";
import type { Clock } from "./clock";
import type { ApiFault } from "./fault";
import { refusal } from "./fault";
import { createPages } from "./pages";
import type { Product } from "./products";
import { searchUsers } from "./search";
import { isWorthListing } from "./worthListing";

const pollMs = 250;
const longestPollMs = 5000;
/** How long a user that may have been made is looked for while the account cannot be asked. */
const lookMs = 60_000;

/**
 * Who is in one directory, the account or an instance. A user is read by Get or from pages of the list, whichever
 * costs fewer calls for all that are going to be read. Only a Get (and, where a Get takes a name, a whole list without
 * the id) makes anyone say that a user is gone. Users come with the names of their directory, which the API leaves out.
 */
export function createRoster(product: Product, scope: Wire, send: Send, clock: Clock): Directory {
  const pages = createPages(product, scope, send, clock);
  const answers = new Map<string, Promise<Wire>>();
  const writtenAt = new Map<string, number>();
  let gets = 0;
  const served = new Set<string>();

  const get = async (userId: string, name: string | undefined): Promise<Wire | undefined> => {
    const { by, parameter } = product.get;
    const value = by === "id" ? userId : (pages.user(userId)?.[parameter] ?? name);
    const user = value === undefined ? undefined : await getUser(product, scope, send, value);
    return user && String(user.UserId) === userId ? user : undefined;
  };

  const listed = async ({ userId, wires, fresh, declared }: Wanted): Promise<Wire | undefined> => {
    const needsGet = wires.some((wire) => product.list.lacks.includes(wire));
    if (fresh || needsGet || writtenAt.has(userId)) return undefined;
    while (!pages.user(userId) && pages.left() !== 0) {
      const reading = {
        declared,
        served: served.size,
        gets,
        pagesRead: pages.read(),
        pagesLeft: pages.left(),
      };
      if (!isWorthListing(reading)) {
        gets++;
        return undefined;
      }
      await pages.readNext();
    }
    return pages.user(userId);
  };

  /** A Get by name cannot see a user that was renamed outside; a whole list, begun after `since`, can. */
  const renamed = async (userId: string, since: number): Promise<Wire | undefined> => {
    if (product.get.by === "id") return undefined;
    pages.forgetBefore(since);
    while (!pages.user(userId) && pages.left() !== 0) await pages.readNext();
    return pages.user(userId);
  };

  const findByName = async (name: string): Promise<Wire | undefined> => {
    if (product.get.by === "name") return getUser(product, scope, send, name);
    const found = await searchName(product, scope, send, name);
    if (!found || product.list.lacks.length === 0) return found;
    return get(String(found.UserId), name);
  };

  return {
    call: send,

    ask(call: Call) {
      const key = JSON.stringify(call);
      const known = answers.get(key);
      if (known) return known;
      const asked = send(call);
      answers.set(key, asked);
      asked.catch(() => answers.delete(key));
      return asked;
    },

    async find(wanted) {
      const { userId, name } = wanted;
      // What another process has just made may still be invisible to this one when it begins.
      const readable = (writtenAt.get(userId) ?? 0) + product.settleMs;
      let user = await listed(wanted);
      const shown = pages.user(userId);
      user ??= await get(userId, name);
      // A page whose name for the user no longer leads to it is out of date; one that lacks the user stays right.
      const isStale = shown !== undefined && shown === pages.user(userId);
      user ??= await renamed(userId, isStale ? clock.now() : 0);
      while (!user && clock.now() < readable) {
        await clock.sleep(Math.min(pollMs, Math.max(1, readable - clock.now())));
        user = await get(userId, name);
      }
      served.add(userId);
      return user ?? renamed(userId, readable);
    },

    findByName,

    async findNewByName(name) {
      const began = clock.now();
      for (let wait = pollMs; ; wait = Math.min(2 * wait, longestPollMs)) {
        try {
          const user = await findByName(name);
          if (user || clock.now() >= began + product.settleMs) return user;
        } catch (fault) {
          const isOver = clock.now() + wait >= began + lookMs;
          if ((fault as ApiFault).kind !== "unavailable" || isOver) throw fault;
        }
        await clock.sleep(wait);
      }
    },

    async search(filter) {
      const users: Wire[] = [];
      for await (const user of searchUsers(product, scope, send, filter)) users.push(user);
      return users;
    },

    wrote(userId) {
      writtenAt.set(userId, clock.now());
      pages.drop(userId);
    },
  };
}

/** One Get; nothing when the answer is one of the codes that mean that the user does not exist. */
async function getUser(product: Product, scope: Wire, send: Send, value: unknown): Promise<Wire | undefined> {
  const { action, parameter } = product.get;
  try {
    const answer = await send({ action, params: { ...scope, [parameter]: value } });
    if (!answer.User) throw refusal(product, action, { code: "NoUser", message: "the answer holds no user" });
    return { ...scope, ...(answer.User as Wire) };
  } catch (fault) {
    if (product.gone.includes((fault as ApiFault).code)) return undefined;
    throw fault;
  }
}

/** The list's own filter may match by prefix, so the name is compared here. */
async function searchName(
  product: Product,
  scope: Wire,
  send: Send,
  name: string,
): Promise<Wire | undefined> {
  const filter = product.list.named(name);
  const [wire = ""] = Object.keys(filter).map((key) => key.replace(/StartsWith$/, ""));
  for await (const user of searchUsers(product, scope, send, filter)) if (user[wire] === name) return user;
  return undefined;
}
