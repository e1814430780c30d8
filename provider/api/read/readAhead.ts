/*
 * Reading ahead: the engine compares dynamic resources one after another, and tells of each one only then. So the SDK tells
 * with each user that takes a Get (`sdk/namesAhead.ts`) which ones the program declares next; `check` takes the names out
 * again, so no state holds them, and announces them to the directory. This file takes their ids from
 * the list's pages and sends their Gets, which `find` then awaits: a fault therefore belongs to the user whose Get it was.
 * An answer serves once, for five minutes, and not after a write.
 */
import type { Wire } from "../../core/wire";
import type { Clock } from "../clock";
import { type ListCache, maximumAgeMs } from "./listCache";
import { shouldList } from "./shouldList";

/** How many Gets are under way at once before they are asked for. */
const mostUnderWay = 16;

/** Users that take a Get each, read before they are asked for. */
export interface ReadAhead {
  /** Says that the user of this name is compared next, and which users probably follow, in this order. */
  announce(name: string, next: readonly string[]): void;
  /**
   * Counts a user that takes a Get, and returns the answer to the Get that was sent for it already, if there is one: it
   * serves one reader, within five minutes. A Get that failed rejects here and nowhere else.
   */
  take(userId: string, declaredCount: number | undefined): Promise<Wire | undefined> | undefined;
  /** Forgets what was read of a user, who was written since. */
  drop(userId: string): void;
}

/** What reading ahead works with. */
export interface ReadAheadSource {
  pages: ListCache;
  get(userId: string, name: string): Promise<Wire | undefined>;
  clock: Clock;
}

/**
 * Sends the Gets of announced users side by side. The list tells their ids; its pages are read once the Gets so far have
 * cost as much. Pages and answers that nobody has taken yet are never more than the users asked for so far, so a run that
 * compares few of the announced users sends few calls in vain.
 */
export function createReadAhead({ pages, get, clock }: ReadAheadSource): ReadAhead {
  const wanted = new Set<string>();
  /** The names whose own comparison or Get has begun. */
  const begunNames = new Set<string>();
  const answers = new Map<string, { answer: Promise<Wire | undefined>; askedAt: number }>();
  let declared: number | undefined;
  let asked = 0;
  let underWay = 0;
  let isListing = false;
  let isListRefused = false;

  const begin = (userId: string, name: string): void => {
    wanted.delete(name);
    begunNames.add(name);
    underWay++;
    const answer = get(userId, name);
    answers.set(userId, { answer, askedAt: clock.now() });
    const settled = (): void => {
      underWay--;
      proceed();
    };
    answer.then(settled, settled);
  };

  const isPageWorthIt = (): boolean => {
    if (isListRefused || pages.left() === 0) return false;
    const reading = { served: asked, gets: asked, pagesRead: pages.read(), pagesLeft: pages.left() };
    return shouldList({ ...reading, declared }) && shouldList({ ...reading, declared: undefined });
  };

  const list = async (): Promise<void> => {
    if (isListing) return;
    isListing = true;
    try {
      while ([...wanted].some((name) => pages.idOf(name) === undefined) && isPageWorthIt()) {
        await pages.readNext();
        proceed();
      }
    } catch {
      // Nobody asked for the page: whoever needs it asks again, and is told.
      isListRefused = true;
    } finally {
      isListing = false;
    }
  };

  const proceed = (): void => {
    for (const name of wanted) {
      if (underWay >= mostUnderWay || answers.size + pages.read() >= asked) break;
      const userId = pages.idOf(name);
      if (userId !== undefined) begin(userId, name);
    }
    void list();
  };

  return {
    announce(name, next) {
      begunNames.add(name);
      wanted.delete(name);
      next.filter((each) => !begunNames.has(each)).forEach((each) => wanted.add(each));
      proceed();
    },

    take(userId, declaredCount) {
      declared = declaredCount;
      asked++;
      const known = answers.get(userId);
      answers.delete(userId);
      const isFresh = known !== undefined && clock.now() - known.askedAt <= maximumAgeMs;
      proceed();
      return isFresh ? known.answer : undefined;
    },

    drop: (userId) => void answers.delete(userId),
  };
}
