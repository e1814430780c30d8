import fc from "fast-check";
import { shouldList } from "../../provider/api/read/shouldList";

/** A directory that is read user by user: the page on which each of the wanted users is, from 0 on. */
interface Directory {
  pages: number;
  users: number[];
  /** Whether a page tells how many there are, as Bastionhost and EIAM do and RAM does not. */
  counted: boolean;
}

const hint = (users: number): number => 2 ** Math.floor(Math.log2(users));

/** The Gets and pages that reading everyone takes, one user after the other. */
function costOf({ pages, users, counted }: Directory, declared: number | undefined) {
  let gets = 0;
  let pagesRead = 0;
  users.forEach((page, served) => {
    while (pagesRead <= page) {
      const pagesLeft = counted && pagesRead > 0 ? pages - pagesRead : undefined;
      if (!shouldList({ declared, served, gets, pagesRead, pagesLeft })) return void gets++;
      pagesRead++;
    }
  });
  return { gets, pages: pagesRead };
}

const directories = fc.integer({ min: 1, max: 120 }).chain((pages) =>
  fc.record({
    pages: fc.constant(pages),
    users: fc.array(fc.integer({ min: 0, max: pages - 1 }), { minLength: 1, maxLength: 300 }),
    counted: fc.boolean(),
  }),
);

const everyOrder: [string, (users: number[]) => number[]][] = [
  ["in any order", (users) => users],
  ["in the list's order", (users) => [...users].sort((a, b) => a - b)],
  ["from the list's end", (users) => [...users].sort((a, b) => b - a)],
];

describe.each(everyOrder)("users that are read %s", (_order, ordered) => {
  const holds = (declaredBy: (users: number) => number | undefined, least: number): void =>
    fc.assert(
      fc.property(directories, (directory) => {
        const users = ordered(directory.users);
        const cost = costOf({ ...directory, users }, declaredBy(users.length));
        const hindsight = Math.min(users.length, directory.pages);
        expect(cost.gets + cost.pages).toBeLessThanOrEqual(Math.max(least, 2 * hindsight));
      }),
      { numRuns: 400 },
    );

  test("cost no more than twice what hindsight would, when nothing says how many they are", () => {
    holds(() => undefined, 0);
  });

  test("cost no more than twice what hindsight would, or three calls, when the program says how many they are", () => {
    holds(hint, 3);
  });
});

describe("users whose number is known", () => {
  const whole = (counted: boolean, pages: number, perPage: number): Directory => ({
    counted,
    pages,
    users: Array.from({ length: pages * perPage }, (_, at) => Math.floor(at / perPage)),
  });

  test.each([true, false])("are read from the list alone, when they fill it (counted: %s)", (counted) => {
    const directory = whole(counted, 10, 100);
    expect(costOf(directory, hint(1000))).toEqual({ gets: 0, pages: 10 });
  });

  test.each([1, 2, 3])("are read by Gets alone, when they are %i", (count) => {
    const directory = { pages: 50, users: Array.from({ length: count }, () => 49), counted: true };
    expect(costOf(directory, hint(count))).toEqual({ gets: count, pages: 0 });
  });

  test("are read by Gets, once the first page has told that the list is longer than they are many", () => {
    const directory = { pages: 100, users: Array.from({ length: 10 }, () => 99), counted: true };
    expect(costOf(directory, hint(10))).toEqual({ gets: 10, pages: 1 });
  });

  test("are many all the same, when the state still says that they are few", () => {
    const { gets, pages } = costOf(whole(true, 10, 100), 1);
    expect(pages).toBe(10);
    expect(gets).toBeLessThanOrEqual(10);
    expect(costOf(whole(false, 10, 100), 1).gets).toBeLessThanOrEqual(10);
  });
});

describe("users whose number is not known", () => {
  test("are read by a Get first, then by a page", () => {
    expect(costOf({ pages: 1, users: [0], counted: true }, undefined)).toEqual({ gets: 1, pages: 0 });
    expect(costOf({ pages: 1, users: [0, 0, 0], counted: true }, undefined)).toEqual({ gets: 1, pages: 1 });
  });

  test("are read to the list's end once Gets have cost as much as the rest of it", () => {
    const users = Array.from({ length: 30 }, () => 9);
    expect(costOf({ pages: 10, users, counted: true }, undefined)).toEqual({ gets: 9, pages: 10 });
  });
});
