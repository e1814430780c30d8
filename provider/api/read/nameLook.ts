import type { Wire } from "../../core/wire";
import type { ListCache } from "./listCache";
import { shouldList } from "./shouldList";

/** Finds a user by its unique name as `Directory.look` does. */
export type NameLook = (name: string, declaredCount: number | undefined) => Promise<Wire | undefined>;

/** What looks work with. */
interface NameLookSource {
  pages: ListCache;
  /** Asks for one name by a call of its own. */
  ask(name: string): Promise<Wire | undefined>;
}

/**
 * Looks for users of which most do not exist. Only the whole list can say so, so its pages are read where they cost fewer
 * calls than a look for each name; what they show serves everyone.
 */
export function createNameLook({ pages, ask }: NameLookSource): NameLook {
  const looked = new Set<string>();
  let asked = 0;
  return async (name, declaredCount) => {
    for (;;) {
      const userId = pages.idOf(name);
      const pagesLeft = pages.left();
      if (userId !== undefined || pagesLeft === 0) {
        looked.add(name);
        return userId === undefined ? undefined : pages.user(userId);
      }
      const reading = { served: looked.size, gets: asked, pagesRead: pages.read(), pagesLeft };
      if (!shouldList({ ...reading, declared: declaredCount })) {
        looked.add(name);
        asked++;
        return ask(name);
      }
      await pages.readNext();
    }
  };
}
