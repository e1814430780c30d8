import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { accept, acceptCurrent, readAcceptFile } from "../../cli/drift/accept";
import { verdictOf } from "../../cli/drift/buildReport";
import { driftStatuses, summaryOf } from "../../cli/drift/report";
import { markdownFormat } from "../../cli/drift/markdownFormat";
import { since } from "../../cli/drift/since";
import { tableFormat } from "../../cli/drift/tableFormat";
import { changedUser, reportOfUsers } from "../support/sampleReport";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "drift-accept-"));
  file = path.join(folder, "drift-accept.yaml");
});
afterEach(() => rm(folder, { recursive: true }));

const gone = changedUser("gary", undefined, { status: "gone", attributes: [] });
const drifted = reportOfUsers([gone, changedUser("bob", "Bobby")]);
const known = { reason: "INC-7", until: "2027-01-31" };
const verdict = (report: typeof drifted) => verdictOf(report, driftStatuses);

describe("an accept file that was written from the current drift", () => {
  const written = async () => {
    await acceptCurrent(drifted, { ...known, file });
    return readAcceptFile(file, true);
  };

  test("takes the alarm from just that drift and keeps it in the figures", async () => {
    const report = accept(drifted, await written());
    expect(verdict(report)).toBe("inSync");
    expect(report.summary).toMatchObject({ changed: 1, gone: 1, accepted: 2 });
    const further = reportOfUsers([...drifted.users, changedUser("dan", "x")]);
    expect(verdict(accept(further, await written()))).toBe("drifted");
  });

  test("alarms when the value drifts further", async () => {
    const report = accept(reportOfUsers([gone, changedUser("bob", "Robert")]), await written());
    expect(report.acceptance).toEqual([
      expect.objectContaining({ user: "RamUser id of bob", what: "comments", problem: "driftedFurther" }),
    ]);
    expect(verdict(report)).toBe("drifted");
  });

  test("alarms when its day is over, and when the drift is", async () => {
    const later = { ...drifted, asOf: "2027-02-01T00:00:00.000Z" };
    expect(accept(later, await written()).acceptance.map(({ problem }) => problem)).toEqual([
      "expired",
      "expired",
    ]);
    const inSync = reportOfUsers([changedUser("bob", "", { status: "inSync", attributes: [] })]);
    const resolved = accept(inSync, await written());
    expect(resolved.acceptance.map(({ problem }) => problem)).toEqual(["stale", "stale"]);
    expect(verdict(resolved)).toBe("drifted");
  });

  test("does not call stale what could not be compared", async () => {
    const user = changedUser("bob", "", { status: "unverifiable", attributes: [] });
    const incomplete = { ...reportOfUsers([user]), complete: false };
    expect(accept(incomplete, await written()).acceptance).toEqual([]);
  });

  test("does not call stale what lies in another stack, or is found only with --unmanaged", async () => {
    const stranger = changedUser("uma", "", { status: "unmanaged", stack: undefined, attributes: [] });
    await acceptCurrent(reportOfUsers([stranger]), { file, reason: "moving", until: "2027-01-31" });
    const entries = await written();
    const elsewhere = reportOfUsers([], { stacks: [{ name: "ops", users: 1 }] });
    expect(accept(elsewhere, entries).acceptance).toEqual([]);
    const here = accept(reportOfUsers([], { listed: ["RAM"] }), entries).acceptance;
    expect(here.map(({ what, problem }) => [what, problem])).toEqual(
      entries.map((entry) => [entry.attribute ?? entry.status, "stale"]),
    );
  });

  test("is extended by the next, and keeps what it had", async () => {
    const before = await written();
    const more = accept(reportOfUsers([...drifted.users, changedUser("dan", "x")]), before);
    expect(await acceptCurrent(more, { ...known, file, reason: "INC-8" })).toBe(1);
    const entries = await readAcceptFile(file, true);
    expect(entries.map(({ name, reason }) => [name, reason])).toEqual([
      ["gary", "INC-7"],
      ["bob", "INC-7"],
      ["dan", "INC-8"],
    ]);
  });
});

test.each([
  ["version: 1\naccept: [{ user: RamUser 1, attribute: comments, until: 2027-01-31 }]", "accept.0.reason"],
  ["version: 1\naccept: [{ user: RamUser 1, attribute: a, reason: x, until: soon }]", "must be a date"],
  ["version: 1\naccept: [{ user: RamUser 1, reason: x, until: 2027-01-31 }]", "an attribute or a status"],
  ["accept: [", "cannot be read"],
])("a bad accept file is refused with its place: %s", async (text, said) => {
  await writeFile(file, text);
  await expect(readAcceptFile(file, true)).rejects.toThrow(said);
  expect(await readFile(file, "utf8")).toBe(text);
});

const inSync = { status: "inSync" as const, attributes: [] };

describe("beside an earlier report", () => {
  const earlier = { ...since(drifted, reportOfUsers([])), asOf: "2026-11-23T02:00:00.000Z" };
  const first = { ...drifted, asOf: "2026-11-23T02:00:00.000Z" };
  const of = (users: ReturnType<typeof changedUser>[]) =>
    since(reportOfUsers(users), since(first, reportOfUsers([])));

  test("drift is new, still there since its first day, or resolved", () => {
    const inSync = { ...gone, status: "inSync" as const };
    const report = of([inSync, changedUser("bob", "Bobby"), changedUser("dan", "x")]);
    expect(report.users.map(({ name, age, firstSeen }) => [name, age, firstSeen?.slice(0, 10)])).toEqual([
      ["gary", undefined, undefined],
      ["bob", "still", "2026-11-23"],
      ["dan", "new", "2026-11-24"],
    ]);
    expect(report.since).toMatchObject({ new: 1, still: 1, resolved: [{ name: "gary", status: "gone" }] });
    expect(earlier.since!.new).toBe(2);
  });

  test("a value that drifts further is new", () => {
    expect(of([changedUser("bob", "Robert")]).users[0]!.age).toBe("new");
  });

  const stranger = changedUser("uma", "", { status: "unmanaged", stack: undefined, attributes: [] });
  const byHand = changedUser("bob", "Bobby");
  const otherStack = { stacks: [{ name: "ops", users: 1 }] };
  const unread = { complete: false, incomplete: [{ stack: "sales", message: "no" }] };
  const inOther = { stack: "ops", urn: "urn" };

  test.each([
    ["a user that could not be read", byHand, [{ ...byHand, status: "unverifiable" as const }], {}],
    [
      "an attribute that is no longer compared",
      byHand,
      [{ ...byHand, ...inSync, notCompared: [{ path: "comments", why: "ignoreChanges names it" }] }],
      {},
    ],
    ["a user of a stack that was not asked for", byHand, [], otherStack],
    ["a user of a stack that could not be read", byHand, [], unread],
    ["a user of two stacks, one of which was read", { ...byHand, alsoClaimedBy: [inOther] }, [], {}],
    ["a user of no stack, without --unmanaged", stranger, [], {}],
    ["a user of no stack, whose directory was not listed", stranger, [], { listed: ["idaas_1"] }],
  ])("%s is not looked at, not resolved, and comes back as it was", (_what, before, users, more) => {
    const earlierReport = reportOfUsers([before], { asOf: "2026-11-23T02:00:00.000Z" });
    const report = since(reportOfUsers(users, more), earlierReport);
    expect(report.since!.resolved).toEqual([]);
    expect(report.since!.notLookedAt!.map(({ name, status }) => [name, status])).toEqual([
      [before.name, before.status],
    ]);
    for (const text of [tableFormat(report), markdownFormat(report)]) {
      expect(text).toContain("0 resolved");
      expect(text).toMatch(new RegExp(`1 not looked at.*${before.name}`));
    }
    const [again] = since(reportOfUsers([before]), report).users;
    expect(again).toMatchObject({ age: "still", firstSeen: "2026-11-23T02:00:00.000Z" });
  });

  test("a user of a stack that was read is resolved once no stack declares it, and one of no stack once it is gone", () => {
    const before = reportOfUsers([byHand, stranger]);
    const { resolved, notLookedAt } = since(reportOfUsers([], { listed: ["RAM"] }), before).since!;
    expect(resolved.map(({ name }) => name)).toEqual(["bob", "uma"]);
    expect(notLookedAt).toBeUndefined();
  });
});

test("the figures are those of the rows", () => {
  expect(summaryOf(drifted.users)).toMatchObject({ users: 2, compared: 2, changed: 1, gone: 1 });
});

test("what was not compared is not known to be in sync, and neither is nobody", () => {
  const inSync = reportOfUsers([changedUser("bob", "", { status: "inSync", attributes: [] })]);
  expect(verdict(inSync)).toBe("inSync");
  expect(verdict({ ...inSync, complete: false })).toBe("unknown");
  expect(verdict({ ...drifted, complete: false })).toBe("unknown");
  expect(verdict(reportOfUsers([]))).toBe("unknown");
});
