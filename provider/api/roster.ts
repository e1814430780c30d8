import type { Directory, FindRequest } from "../core/directory";
import type { Call, Wire } from "../core/resource";
import type { Send } from "./client";
import type { Clock } from "./clock";
import type { ApiFault } from "./fault";
import { unavailable } from "./fault";
import { createPages } from "./pages";
import type { Product } from "./products";
import { searchUsers } from "./search";
import { isWorthListing } from "./worthListing";

const pollMs = 250;
const longestPollMs = 5000;
/** How long a user that may have been made is looked for while the account cannot be asked. */
const lookMs = 60_000;
/** The pause between two Gets that say that a user is gone, in milliseconds. */
const doubtMs = 500;

/**
 * Who is in one directory, the account or an instance. A user is read by Get or from pages of the list, whichever
 * costs fewer calls for all that are going to be read. A user is gone when two Gets with a pause between them and the list
 * say so; where the list shows the user nevertheless, that is a fault. Users come with the names of their directory, which the API leaves out.
 */
export function createRoster(product: Product, scope: Wire, send: Send, clock: Clock): Directory {
  const pages = createPages(product, scope, send, clock);
  const answers = new Map<string, Promise<Wire>>();
  const writtenAt = new Map<string, number>();
  const missing = new Set<string>();
  let gets = 0;
  let searches = 0;
  const served = new Set<string>();

  const get = async (userId: string, name: string | undefined): Promise<Wire | undefined> => {
    const { by, parameter } = product.get;
    const value = by === "id" ? userId : (pages.user(userId)?.[parameter] ?? name);
    const user = value === undefined ? undefined : await getUser(product, scope, send, value);
    return user && String(user.UserId) === userId ? user : undefined;
  };

  const listed = async ({ userId, fields, fresh, declaredCount }: FindRequest): Promise<Wire | undefined> => {
    const needsGet = fields.some((field) => product.list.lacks.includes(field));
    if (fresh || needsGet || writtenAt.has(userId)) return undefined;
    while (!pages.user(userId) && pages.left() !== 0) {
      const reading = {
        declared: declaredCount,
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

  /** By pages, once those cost no more than the looks for names so far. A page may lack a user because it was written since. */
  const isListed = async (userId: string, name: string): Promise<boolean> => {
    while (!writtenAt.has(userId) && pages.left() !== 0) {
      const costs = { gets: searches, pagesRead: pages.read(), pagesLeft: pages.left() };
      if (!isWorthListing({ declared: undefined, served: 0, ...costs })) break;
      await pages.readNext();
    }
    if (!writtenAt.has(userId) && pages.left() === 0 && !pages.user(userId)) return false;
    searches++;
    const found = await searchName(product, scope, send, name);
    return found !== undefined && String(found.UserId) === userId;
  };

  /** One wrong answer must not cost a user: asks again, and asks the list. */
  const getAgain = async (userId: string, name: string | undefined): Promise<Wire | undefined> => {
    await clock.sleep(doubtMs);
    const user = await get(userId, name);
    if (user || product.get.by === "name" || name === undefined) return user;
    if (!(await isListed(userId, name))) return undefined;
    throw unavailable(product, product.get.action, {
      code: "Contradiction",
      what: `answered ${product.get.action} with "no such user", and ${product.list.action} with that user`,
      advice: "Run pulumi up again.",
    });
  };

  const findByName = async (name: string): Promise<Wire | undefined> => {
    if (product.get.by === "name") return getUser(product, scope, send, name);
    const found = await searchName(product, scope, send, name);
    if (!found || product.list.lacks.length === 0) return found;
    const userId = String(found.UserId);
    return (await get(userId, name)) ?? getAgain(userId, undefined);
  };

  const seek = async (request: FindRequest): Promise<Wire | undefined> => {
    const { userId, name } = request;
    // What another process has just made may still be invisible to this one when it begins.
    const readable = (writtenAt.get(userId) ?? 0) + product.settleMs;
    let user = await listed(request);
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
    return user ?? (await renamed(userId, readable)) ?? getAgain(userId, name);
  };

  return {
    call: send,

    callOnce(call: Call) {
      const key = JSON.stringify(call);
      const known = answers.get(key);
      if (known) return known;
      const asked = send(call);
      answers.set(key, asked);
      asked.catch(() => answers.delete(key));
      return asked;
    },

    async find(request) {
      const user = await seek(request);
      if (user) missing.delete(request.userId);
      else missing.add(request.userId);
      return user;
    },

    wasMissing: (userId) => missing.has(userId),

    findByName,

    async findNewByName(name) {
      const began = clock.now();
      for (let wait = pollMs; ; wait = Math.min(2 * wait, longestPollMs)) {
        try {
          const user = await findByName(name);
          if (user || clock.now() >= began + product.settleMs) return user;
        } catch (fault) {
          const isOver = clock.now() + wait >= began + lookMs;
          if (isOver || !["unreached", "unavailable"].includes((fault as ApiFault).kind)) throw fault;
        }
        await clock.sleep(wait);
      }
    },

    async search(filter) {
      const users: Wire[] = [];
      for await (const user of searchUsers(product, scope, send, filter)) users.push(user);
      return users;
    },

    invalidate(userId) {
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
