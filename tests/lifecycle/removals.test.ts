import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Brakes } from "../../provider/api/brakes";
import type { Resource } from "../../provider/core/resource";
import { countRemovals, type Removals } from "../../provider/lifecycle/removals/removals";
import { openRemovalStops } from "../../provider/lifecycle/removals/removalStops";
import { openRunRecord, type RunRecord } from "../../provider/lifecycle/journal/runRecord";
import { resources } from "../../provider/resources";
import { type TurnedClock, turnedClock } from "../support/turnedClock";

const [resource] = resources as readonly [Resource];

let folder: string;
let clock: TurnedClock;
const warnings: string[] = [];

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), "removals-")), "journal");
  clock = turnedClock();
  warnings.length = 0;
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

/** The removals of one process in a run of its own, unless the run is told. */
function openProcess(
  run: RunRecord = openRunRecord(undefined),
  setting: string | undefined = folder,
): Removals {
  const stops = openRemovalStops({
    setting: () => setting,
    warn: (sentence) => void warnings.push(sentence),
  });
  return countRemovals({ record: () => run, stops, clock });
}

const brakesOf = (most: number | undefined, allowedRemovals?: number): Brakes => ({
  maxDeletes: most === undefined ? undefined : { value: most, namedBy: "Pulumi.test.yaml" },
  accountIds: [],
  allowedRemovals,
  allowedRecreations: undefined,
});

/** What becomes of a removal: "removed", or why not. */
async function remove(removals: Removals, name: string, brakes: Brakes): Promise<string> {
  const state = { id: `id-${name}`, values: { userName: name }, notReturned: [], drifted: {} };
  const permit = removals.permitOf(
    { resource, urn: `urn:pulumi:test::people::RamUser::${name}`, state },
    brakes,
  );
  return (permit?.() ?? Promise.resolve()).then(
    () => "removed",
    (error: Error) => error.message,
  );
}

/** What becomes of removals that come together. */
async function removeAll(removals: Removals, names: string, brakes: Brakes): Promise<string[]> {
  const asked = [...names].map((name) => remove(removals, name, brakes));
  await clock.turn(150);
  return Promise.all(asked);
}

test("as many users as the limit are removed, and without a limit all at once", async () => {
  expect(await removeAll(openProcess(), "ab", brakesOf(2))).toEqual(["removed", "removed"]);
  expect(await remove(openProcess(), "a", brakesOf(undefined))).toBe("removed");
});

test("of more users than the limit none is removed; one of them tells why and what to do", async () => {
  expect(await removeAll(openProcess(), "abc", brakesOf(2))).toEqual([
    'RamUser "a" (id-a) was not removed and stays in the state: at least 3 users were to be removed, and ' +
      "alicloud-users:maxDeletes allows 2 in one run (Pulumi.test.yaml). Check the program first. To allow the removals for one " +
      "run, set ALICLOUD_USERS_ALLOW_REMOVALS in its environment to the number of users that the preview removes, at least 3; " +
      "for good, change the setting.",
    'RamUser "b" (id-b) was not removed and stays in the state, for the reason given at RamUser "a" (id-a).',
    'RamUser "c" (id-c) was not removed and stays in the state, for the reason given at RamUser "a" (id-a).',
  ]);
});

test("a limit of 0 allows none, and says so", async () => {
  const [said] = await removeAll(openProcess(), "a", brakesOf(0));
  expect(said).toContain(
    "1 user was to be removed, and alicloud-users:maxDeletes allows none (Pulumi.test.yaml).",
  );
});

test("removals wait until none has come for a moment, two seconds at most", async () => {
  const removals = openProcess();
  const done: string[] = [];
  const ask = (name: string) => void remove(removals, name, brakesOf(20)).then((said) => done.push(said));
  ask("a");
  await clock.turn(149);
  ask("b");
  await clock.turn(149);
  expect(done).toEqual([]);
  await clock.turn(1);
  expect(done).toEqual(["removed", "removed"]);

  for (let at = 0; at < 2000; at += 100) {
    ask("c");
    expect(done).toHaveLength(2);
    await clock.turn(100);
  }
  expect(done).toHaveLength(22);
});

test("those that come later are counted with the earlier ones, and the reason says how many are gone", async () => {
  const removals = openProcess();
  expect(await removeAll(removals, "ab", brakesOf(3))).toEqual(["removed", "removed"]);
  const [said] = await removeAll(removals, "cd", brakesOf(3));
  expect(said).toContain("at least 4 users were to be removed");
  expect(said).toContain("allows 3 in one run (Pulumi.test.yaml); 2 of them were removed before.");
  expect(await remove(removals, "e", brakesOf(3))).toContain("was not removed");
});

test("both processes of a run count together", async () => {
  const run = openRunRecord(undefined);
  const one = openProcess(run);
  const other = openProcess(run);
  const asked = [remove(one, "a", brakesOf(1)), remove(other, "b", brakesOf(1))];
  await clock.turn(150);
  for (const said of await Promise.all(asked)) expect(said).toContain("at least 2 users were to be removed");
});

describe("after a run was stopped", () => {
  beforeEach(() => removeAll(openProcess(), "abc", brakesOf(2)));

  test("the next runs remove nobody, not even one user", async () => {
    for (const names of ["a", "b"]) {
      const [said] = await removeAll(openProcess(), names, brakesOf(2));
      expect(said).toMatch(
        /alicloud-users:maxDeletes, which is 2 \(Pulumi\.test\.yaml\), stopped a run on \d{4}-\d\d-\d\d that was to remove at least 3, and since then no user of the stack is removed until somebody decides\. Check the program first\./,
      );
      expect(said).not.toContain("again");
    }
  });

  test("a number allows so many removals in one run, and the runs after it are free again", async () => {
    expect(await removeAll(openProcess(), "abc", brakesOf(2, 3))).toEqual(["removed", "removed", "removed"]);
    expect(await removeAll(openProcess(), "de", brakesOf(2))).toEqual(["removed", "removed"]);
  });

  test("a number that is too small allows none, and the stop stays", async () => {
    const [said] = await removeAll(openProcess(), "abcd", brakesOf(2, 3));
    expect(said).toContain(
      "at least 4 users were to be removed, and ALICLOUD_USERS_ALLOW_REMOVALS allows 3.",
    );
    expect((await removeAll(openProcess(), "a", brakesOf(2)))[0]).toContain("stopped a run on");
  });

  test("another limit lifts the stop", async () => {
    expect(await removeAll(openProcess(), "abc", brakesOf(3))).toEqual(["removed", "removed", "removed"]);
    expect(await removeAll(openProcess(), "ab", brakesOf(2))).toEqual(["removed", "removed"]);
  });

  test("the note of it is private and holds no name", () => {
    const [file] = readdirSync(folder).map((name) => path.join(folder, name));
    expect(readFileSync(file!, "utf8")).toMatch(/^\{"limit":2,"count":3,"day":"[\d-]+"\}$/);
    if (process.platform !== "win32") expect(statSync(file!).mode & 0o077).toBe(0);
  });

  test("a note that cannot be read counts as a stop, until somebody decides", async () => {
    const [file] = readdirSync(folder).map((name) => path.join(folder, name));
    writeFileSync(file!, "{}");
    expect((await removeAll(openProcess(), "a", brakesOf(2)))[0]).toContain(
      "may have stopped an earlier run",
    );
    expect(await removeAll(openProcess(), "a", brakesOf(2, 1))).toEqual(["removed"]);
  });
});

test("a stop that cannot be noted is told, and holds in its own run", async () => {
  await removeAll(openProcess(), "abc", brakesOf(2));
  const [file] = readdirSync(folder).map((name) => path.join(folder, name));
  rmSync(file!);
  // Nobody can write where a folder has the name.
  mkdirSync(`${file}.${process.pid}`);
  const removals = openProcess();
  const refused = await removeAll(removals, "abc", brakesOf(2));
  expect(refused.every((said) => said.includes("was not removed"))).toBe(true);
  expect(warnings).toEqual([
    expect.stringMatching(
      /^The next run will not know that this one was stopped by alicloud-users:maxDeletes: /,
    ),
  ]);
});

test("with the journal off no stop is noted", async () => {
  await removeAll(openProcess(undefined, "off"), "abc", brakesOf(2));
  expect([existsSync(folder), warnings]).toEqual([false, []]);
});
