import { connect } from "../../provider/api/connect";
import { settingsFor, useAccount } from "./account";
import { schemaOf } from "./schemaOf";

const account = useAccount();

// The intervals and the date alone: calls go over the real wire meanwhile.
beforeEach(() => jest.useFakeTimers({ doNotFake: [...everythingElse] }));
afterEach(() => jest.useRealTimers());

const everythingElse = [
  ...(["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "nextTick", "hrtime"] as const),
  ...(["performance", "queueMicrotask"] as const),
];

const patience = 5000;

/** A connection whose rateLimiter lets three calls out and holds the others back until it is told. */
function heldConnection(rates: string) {
  const notices: string[] = [];
  const sleepers: (() => void)[] = [];
  const clock = {
    at: 0,
    now: () => clock.at,
    sleep: () => new Promise<void>((wake) => void sleepers.push(wake)),
  };
  const settings = settingsFor(account.emulator.url, { ALICLOUD_USERS_CALLS_PER_SECOND: rates });
  const connection = connect(settings, { notice: (sentence) => notices.push(sentence), clock });
  return {
    notices,
    sleepers,
    directory: (product: string) => connection.directory(schemaOf(product), {}, undefined),
    /** Lets time go by for the rateLimiter. */
    release: (ms: number) => {
      clock.at += ms;
      sleepers.splice(0).forEach((wake) => wake());
    },
  };
}

const call = { action: "ListUsers", params: {} };

/** Looks again and again, between what the event loop has to do, until it is so. */
async function until(isSo: () => boolean): Promise<void> {
  for (let looks = 0; !isSo(); looks++) {
    if (looks === 1_000_000) throw new Error("It never came to be so.");
    await new Promise(setImmediate);
  }
}

describe("calls that wait long for their turn", () => {
  test("are told of after five seconds, then every five seconds, in one sentence for all", async () => {
    const { notices, sleepers, directory, release } = heldConnection("2");
    let answered = 0;
    const calls = Array.from({ length: 15 }, () =>
      directory("Ram")
        .call(call)
        .then(() => answered++),
    );
    await until(() => answered === 3 && sleepers.length === 1);
    jest.advanceTimersByTime(patience - 1);
    expect(notices).toEqual([]);
    jest.advanceTimersByTime(1);
    const sentence =
      "RAM: 12 calls wait for the account's call rate, now 2.0 calls per second; nothing is lost";
    expect(notices).toEqual([sentence]);
    jest.advanceTimersByTime(patience - 1);
    expect(notices).toEqual([sentence]);
    jest.advanceTimersByTime(1);
    expect(notices).toEqual([sentence, sentence]);
    await until(() => {
      release(60_000);
      return answered === 15;
    });
    await Promise.all(calls);
    jest.advanceTimersByTime(10 * patience);
    expect(notices).toHaveLength(2);
  });

  test("are told of with the name of their product", async () => {
    const { notices, sleepers, directory, release } = heldConnection('{"Eiam":0.5,"Ram":1000000}');
    const denied = Array.from({ length: 4 }, () =>
      directory("Eiam")
        .call(call)
        .catch(() => {}),
    );
    await until(() => sleepers.length === 1);
    await directory("Ram").call(call);
    await Promise.all(denied.slice(0, 3));
    jest.advanceTimersByTime(patience);
    expect(notices).toEqual([
      "EIAM: 1 call waits for the account's call rate, now 0.5 calls per second; nothing is lost",
    ]);
    release(60_000);
    await Promise.all(denied);
  });

  test("are told of although each of their waits is short", async () => {
    const { notices, sleepers, directory, release } = heldConnection("2");
    for (let number = 0; number < 3; number++) await directory("Ram").call(call);
    await account.emulator.control.fault({ kind: "throttle", action: "ListUsers" });
    const throttled = directory("Ram").call(call);
    await until(() => sleepers.length === 1);
    jest.advanceTimersByTime(patience - 1000);
    release(500);
    await until(() => sleepers.length === 1);
    expect(notices).toEqual([]);
    jest.advanceTimersByTime(1000);
    expect(notices).toHaveLength(1);
    release(60_000);
    await throttled;
  });
});

test("a read that is sent again, since the service does not answer, is told of with that reason", async () => {
  const { notices, sleepers, directory, release } = heldConnection("1000000");
  await account.emulator.control.fault({ kind: "unavailable", action: "ListUsers" });
  const read = directory("Ram").call(call);
  await until(() => sleepers.length === 1);
  jest.advanceTimersByTime(patience);
  expect(notices).toEqual(["RAM: the service does not answer (503); trying again"]);
  release(1000);
  await read;
});

describe("nothing is told", () => {
  test("of calls that the API is slow to answer", async () => {
    const { notices, directory } = heldConnection("2");
    await account.emulator.control.fault({ kind: "delay", delayMs: 200, action: "ListUsers" });
    const slow = directory("Ram").call(call);
    while ((await account.actions()).length === 0);
    jest.advanceTimersByTime(4 * patience);
    await slow;
    expect(notices).toEqual([]);
  });

  test("once all calls are through, whether they succeed or fail", async () => {
    const { notices, directory } = heldConnection("1000000");
    await account.emulator.control.fault({ kind: "error", status: 403, code: "NoPermission" });
    await expect(directory("Ram").call(call)).rejects.toMatchObject({ code: "NoPermission" });
    await directory("Ram").call(call);
    expect(jest.getTimerCount()).toBe(0);
    expect(notices).toEqual([]);
  });
});
