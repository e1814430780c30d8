/*
 * Which answers count: an answer counts when it names its request and holds what its action returns; anything else is a lost
 * answer, whatever its status. A user does not exist when two Gets, with a pause between them, and the list agree. The
 * directory remembers the users that it found missing: before it deletes one of them it looks again, and refuses if the user
 * exists. Lists end by `provider/api/read/listReader.ts`, and a wait that the API asks for lasts two minutes at most.
 */
import type { Directory, FindRequest } from "../../core/directory";
import { idFieldOf, needsGet } from "../../core/directorySchema";
import type { Call, Wire } from "../../core/wire";
import type { Clock } from "../clock";
import { type ApiFault, unavailable } from "../fault";
import { createListCache } from "./listCache";
import { type ListSource, listUsers, readPage } from "./listReader";
import { createNameLook } from "./nameLook";
import { createReadAhead } from "./readAhead";
import { shouldList } from "./shouldList";

const pollMs = 250;
const longestPollMs = 5000;
/** How long a user that may have been created is looked for while the account cannot be asked. */
const lookMs = 60_000;
/** The pause between two Gets that say that a user does not exist, in milliseconds. */
const doubtMs = 500;

/**
 * The users of one directory, the account or an instance. A user is read by Get or from pages of the list, whichever
 * costs fewer calls for all that are going to be read. A user is missing when two Gets with a pause between them and the
 * list say so; where the list shows the user nevertheless, that is a fault. Users come with the fields that name their
 * directory, which the API leaves out.
 */
export function createDirectory({ clock, ...source }: ListSource & { clock: Clock }): Directory {
  const { schema, send, serviceName } = source;
  const { get: getCall, list, consistencyWindowMs } = schema.read;
  const idField = idFieldOf(schema);
  const isReadByName = getCall.by === schema.nameField;
  const pages = createListCache(source, clock);
  const answers = new Map<string, Promise<Wire>>();
  const writtenAt = new Map<string, number>();
  const missing = new Set<string>();
  let gets = 0;
  let searches = 0;
  const served = new Set<string>();

  const get = async (userId: string, name: string | undefined): Promise<Wire | undefined> => {
    const value = isReadByName ? (pages.user(userId)?.[getCall.by] ?? name) : userId;
    const user = value === undefined ? undefined : await getUser(source, value);
    return user && String(user[idField]) === userId ? user : undefined;
  };

  const ahead = createReadAhead({ pages, get, clock });
  const look = createNameLook({
    pages,
    ask: (name) => (isReadByName ? getUser(source, name) : findInList(source, name)),
  });

  const listed = async ({ userId, fields, fresh, declaredCount }: FindRequest): Promise<Wire | undefined> => {
    if (fresh || needsGet(schema, fields) || writtenAt.has(userId)) return undefined;
    while (!pages.user(userId) && pages.left() !== 0) {
      const reading = {
        declared: declaredCount,
        served: served.size,
        gets,
        pagesRead: pages.read(),
        pagesLeft: pages.left(),
      };
      if (!shouldList(reading)) {
        gets++;
        return undefined;
      }
      await pages.readNext();
    }
    return pages.user(userId);
  };

  /** A Get by name cannot see a user that was renamed outside; a whole list, begun after `since`, can. */
  const renamed = async (userId: string, since: number): Promise<Wire | undefined> => {
    if (!isReadByName) return undefined;
    pages.forgetBefore(since);
    while (!pages.user(userId) && pages.left() !== 0) await pages.readNext();
    return pages.user(userId);
  };

  /** Reads the pages once those cost no more than the looks for names so far; whether all are read then. */
  const readAllPages = async (): Promise<boolean> => {
    while (pages.left() !== 0) {
      const costs = { gets: searches, pagesRead: pages.read(), pagesLeft: pages.left() };
      if (!shouldList({ declared: undefined, served: 0, ...costs })) return false;
      await pages.readNext();
    }
    return true;
  };

  const search = async (name: string): Promise<Wire | undefined> => {
    searches++;
    return findInList(source, name);
  };

  /** A page may lack a user because it was written since. */
  const isListed = async (userId: string, name: string): Promise<boolean> => {
    if (!writtenAt.has(userId) && (await readAllPages()) && !pages.user(userId)) return false;
    const found = await search(name);
    return found !== undefined && String(found[idField]) === userId;
  };

  /** One wrong answer must not cost a user: asks again, and asks the list. */
  const getAgain = async (userId: string, name: string | undefined): Promise<Wire | undefined> => {
    await clock.sleep(doubtMs);
    const user = await get(userId, name);
    if (user || isReadByName || name === undefined) return user;
    if (!(await isListed(userId, name))) return undefined;
    throw unavailable({ name: serviceName }, getCall.action, {
      code: "Contradiction",
      what: `answered ${getCall.action} with "no such user", and ${list.action} with that user`,
      advice: "Run pulumi up again.",
    });
  };

  const findByName = async (name: string): Promise<Wire | undefined> => {
    if (isReadByName) return getUser(source, name);
    const found = await findInList(source, name);
    if (!found || list.omittedFields.length === 0) return found;
    const userId = String(found[idField]);
    return (await get(userId, name)) ?? getAgain(userId, undefined);
  };

  const seek = async (request: FindRequest): Promise<Wire | undefined> => {
    const { userId, name, fresh, declaredCount } = request;
    // What another process has just made may still be invisible to this one when it begins.
    const readable = (writtenAt.get(userId) ?? 0) + consistencyWindowMs;
    let user = await listed(request);
    const shown = pages.user(userId);
    user ??= await ((fresh ? undefined : ahead.take(userId, declaredCount)) ?? get(userId, name));
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

    announce: ahead.announce,

    async find(request) {
      const user = await seek(request);
      if (user) missing.delete(request.userId);
      else missing.add(request.userId);
      return user;
    },

    wasMissing: (userId) => missing.has(userId),

    findByName,

    look,

    async findNewByName(name) {
      const began = clock.now();
      for (let wait = pollMs; ; wait = Math.min(2 * wait, longestPollMs)) {
        try {
          const user = await findByName(name);
          if (user || clock.now() >= began + consistencyWindowMs) return user;
        } catch (fault) {
          const isOver = clock.now() + wait >= began + lookMs;
          if (isOver || !["unreached", "unavailable"].includes((fault as ApiFault).kind)) throw fault;
        }
        await clock.sleep(wait);
      }
    },

    isFree: async (name) => ((await readAllPages()) ? !pages.hasName(name) : !(await search(name))),

    async search(filter) {
      const users: Wire[] = [];
      for await (const user of listUsers(source, filter)) users.push(user);
      return users;
    },

    page: (filter, position) => readPage(source, filter, position),

    invalidate(userId) {
      writtenAt.set(userId, clock.now());
      pages.drop(userId);
      ahead.drop(userId);
    },
  };
}

/** One Get; nothing when the answer is one of the codes that mean that the user does not exist. */
async function getUser({ schema, scope, send }: ListSource, value: unknown): Promise<Wire | undefined> {
  const { get, from, notFoundCodes } = schema.read;
  try {
    const answer = await send({ action: get.action, params: { ...scope, [get.by]: value } });
    return { ...scope, ...from(answer) };
  } catch (fault) {
    if (notFoundCodes.includes((fault as ApiFault).code)) return undefined;
    throw fault;
  }
}

/** The list's own filter may match by prefix, so the name is compared here. */
async function findInList(source: ListSource, name: string): Promise<Wire | undefined> {
  const { nameField, read } = source.schema;
  const { filterByName } = read.list;
  const filter = filterByName === undefined ? {} : { [filterByName]: name };
  for await (const user of listUsers(source, filter)) if (user[nameField] === name) return user;
  return undefined;
}
