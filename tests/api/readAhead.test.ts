import type { Send } from "../../provider/api/client";
import { connect } from "../../provider/api/connect";
import type { Directory } from "../../provider/core/directory";
import type { Call, Wire } from "../../provider/core/wire";
import { instanceIds, settingsFor, units, useAccount } from "./account";
import { passingClock } from "./passingClock";
import { schemaOf } from "./schemaOf";

const account = useAccount();
const scope = { InstanceId: instanceIds.Eiam };

const idOf = (number: number): string => `user_${number}`;
const nameOf = (number: number): string => `user-${number}`;
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** Fills the account with EIAM users, whose custom field is their number. */
async function fill(count: number): Promise<void> {
  const snapshot = await account.emulator.control.snapshot();
  const [instance] = snapshot.eiam.instances;
  const users = upTo(count).map((number) => ({
    userId: idOf(number),
    userExternalId: idOf(number),
    username: nameOf(number),
    userSourceId: instanceIds.Eiam,
    customFields: { nick_name: String(number) },
    primaryOrganizationalUnitId: units.root,
    organizationalUnitIds: [units.root],
  }));
  await account.emulator.control.restore({ ...snapshot, eiam: { instances: [{ ...instance!, users }] } });
}

/** A process's directory, whose calls pass this function on their way. */
function directoryOf(through: (call: Call, send: Send) => Promise<Wire> = (call, send) => send(call)) {
  const clock = passingClock();
  const guard =
    (_schema: unknown, send: Send): Send =>
    (call) =>
      through(call, send);
  const connection = connect(settingsFor(account.emulator.url), { clock, guard });
  return { clock, directory: connection.directory(schemaOf("Eiam"), scope, undefined) };
}

/** Checks and compares a user of a program of so many, as the engine does, and returns its custom field. */
async function compare(directory: Directory, number: number, count: number): Promise<unknown> {
  const after = upTo(count).slice(number, number + 16);
  directory.announce(nameOf(number), after.map(nameOf));
  return fieldOf(await find(directory, number, count));
}

const find = (directory: Directory, number: number, count: number) =>
  directory.find({
    userId: idOf(number),
    name: nameOf(number),
    fields: ["CustomFields"],
    fresh: false,
    declaredCount: 2 ** Math.floor(Math.log2(count)),
  });

const fieldOf = (user: Wire | undefined): unknown =>
  (user?.CustomFields as { FieldValue: unknown }[] | undefined)?.[0]?.FieldValue;

/** The users that were asked for by a Get, in order, and how many pages were read. */
async function reads(): Promise<{ gets: string[]; pages: number }> {
  const { calls } = await account.emulator.control.calls();
  const gets = calls.filter(({ action }) => action === "GetUser").map(({ params }) => params.UserId!);
  return { gets, pages: calls.filter(({ action }) => action === "ListUsers").length };
}

/** Every number once, in an order that is the same in each run. */
const shuffled = (numbers: number[]): number[] =>
  [...numbers].sort((a, b) => ((a * 7919) % 1009) - ((b * 7919) % 1009));

describe("users that take a Get each and are announced", () => {
  test("are asked for while an earlier one waits for its answer", async () => {
    await fill(40);
    let release = (): void => {};
    const twelfthAsked = new Promise<void>((resolve) => (release = resolve));
    const { directory } = directoryOf(async (call, send) => {
      if (call.params.UserId === idOf(12)) release();
      if (call.params.UserId === idOf(10)) await twelfthAsked;
      return send(call);
    });
    // The comparisons come one after another: without reading ahead, the tenth would wait for ever.
    for (const number of upTo(40)) expect(await compare(directory, number, 40)).toBe(String(number));
  });

  test.each([
    ["in the order of the program", (numbers: number[]) => numbers],
    ["in another order", shuffled],
  ])("take one Get each and the list's pages, when they are compared %s", async (_order, ordered) => {
    await fill(250);
    const { directory } = directoryOf();
    for (const number of ordered(upTo(250)))
      expect(await compare(directory, number, 250)).toBe(String(number));
    const { gets, pages } = await reads();
    expect([...gets].sort()).toEqual(upTo(250).map(idOf).sort());
    expect(pages).toBe(3);
  });

  test("take one Get each when the engine compares them at once", async () => {
    await fill(40);
    const { directory } = directoryOf();
    const fields = await Promise.all(upTo(40).map((number) => compare(directory, number, 40)));
    expect(fields).toEqual(upTo(40).map(String));
    expect((await reads()).gets).toHaveLength(40);
  });

  test("are never more than 16 under way at once", async () => {
    await fill(120);
    const held = new Map<unknown, () => void>();
    const counts = [0];
    let compared: string | undefined;
    const { directory } = directoryOf(async (call, send) => {
      const { UserId } = call.params;
      if (UserId === undefined || UserId === compared) return send(call);
      const comparison = new Promise<void>((resolve) => held.set(UserId, resolve));
      counts.push(held.size);
      await comparison;
      return send(call).finally(() => held.delete(UserId));
    });
    for (const number of shuffled(upTo(120))) {
      compared = idOf(number);
      held.get(compared)?.();
      expect(await compare(directory, number, 120)).toBe(String(number));
    }
    expect(Math.max(...counts)).toBe(16);
  });

  test("cost no call when none of them is in the account", async () => {
    await fill(9);
    const { directory } = directoryOf();
    directory.announce("new-1", ["new-2", "new-3"]);
    for (const number of upTo(9)) await compare(directory, number, 9);
    directory.announce("new-2", ["new-3"]);
    expect((await reads()).gets.sort()).toEqual(upTo(9).map(idOf));
  });

  test("cost few calls in vain when only some of them are compared", async () => {
    await fill(250);
    const { directory } = directoryOf();
    for (const number of [5, 60, 110, 170, 200, 240]) await compare(directory, number, 250);
    const { gets, pages } = await reads();
    expect(gets.length + pages).toBeLessThanOrEqual(12);
  });

  test("are read without the list where it is refused, which is no error", async () => {
    await fill(20);
    const denied = { kind: "denied", action: "ListUsers", times: 99 } as const;
    await account.emulator.control.fault(denied);
    const { directory } = directoryOf();
    for (const number of upTo(20)) expect(await compare(directory, number, 20)).toBe(String(number));
    const { gets, pages } = await reads();
    expect([gets.length, pages]).toEqual([20, 1]);
  });
});

describe("what was read ahead", () => {
  const first = upTo(9);

  /** A directory that has read number 10 ahead. */
  async function tenthReadAhead() {
    await fill(40);
    let answered = (): void => {};
    const tenth = new Promise<void>((resolve) => (answered = resolve));
    const made = directoryOf(async (call, send) => {
      const answer = await send(call);
      if (call.params.UserId === idOf(10)) answered();
      return answer;
    });
    for (const number of first) await compare(made.directory, number, 40);
    await tenth;
    return made;
  }

  const change = () => account.alter("Eiam", { customFields: { nick_name: "changed" } });

  test("answers one comparison, without a further call", async () => {
    const { directory } = await tenthReadAhead();
    await change();
    expect(fieldOf(await find(directory, 10, 40))).toBe("10");
    expect(fieldOf(await find(directory, 10, 40))).toBe("changed");
  });

  test("counts for nothing once the user was written", async () => {
    const { directory } = await tenthReadAhead();
    await change();
    directory.invalidate(idOf(10));
    expect(fieldOf(await find(directory, 10, 40))).toBe("changed");
  });

  test("counts for nothing to who asks for the user as it is now", async () => {
    const { directory } = await tenthReadAhead();
    await change();
    const request = { userId: idOf(10), name: nameOf(10), fields: [], declaredCount: 32, fresh: true };
    expect(fieldOf(await directory.find(request))).toBe("changed");
  });

  test("counts for five minutes", async () => {
    const { clock, directory } = await tenthReadAhead();
    await change();
    clock.at += 5 * 60_000 + 1;
    expect(fieldOf(await find(directory, 10, 40))).toBe("changed");
  });

  test("does not make a user gone: a second Get after a pause and the list have to agree", async () => {
    await fill(40);
    const { clock, directory } = directoryOf();
    const notFound = {
      kind: "error",
      action: "GetUser",
      status: 404,
      code: "ResourceNotFound.User",
    } as const;
    await account.emulator.control.fault({ ...notFound, params: { UserId: idOf(10) } });
    for (const number of upTo(40)) expect(await compare(directory, number, 40)).toBe(String(number));
    expect((await reads()).gets.filter((id) => id === idOf(10))).toHaveLength(2);
    expect(clock.slept).toBeGreaterThanOrEqual(500);
  });
});
