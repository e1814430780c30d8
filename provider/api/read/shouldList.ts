/** What is known when a user has to be read that no page so far has shown. */
export interface Reading {
  /** A power of two: the program declares at least so many users of this directory, and fewer than twice as many. */
  declared: number | undefined;
  /** How many users were read so far. */
  served: number;
  /** Gets spent so far. */
  gets: number;
  pagesRead: number;
  /** Pages that are still to be read, where the API tells how many there are. */
  pagesLeft: number | undefined;
}

/** A directory of unknown size is taken to fill this many pages. */
const usualPages = 4;

/**
 * Whether the next page of the list is the better buy than one Get, so that all reading takes no more than twice the
 * calls of hindsight, which is a Get for each user or the whole list, or three. With the number of declared users known,
 * when the rest of the list costs no more than a Get for each of them; else once the Gets have cost as much as the list.
 */
export function shouldList({ declared, served, gets, pagesRead, pagesLeft }: Reading): boolean {
  if (declared === undefined) return gets >= (pagesLeft ?? pagesRead + 1);
  // A state may still hold what a smaller program said.
  const least = served + 1 < 2 * declared ? declared : served + 1;
  if (pagesRead === 0) return usualPages <= least;
  if (pagesLeft === undefined) return pagesRead < Math.max(least, gets);
  return pagesLeft <= 2 * least - 1 - served;
}
