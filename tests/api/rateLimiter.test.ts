import { createRateLimit } from "../../emulator/control/rateLimit";
import type { Clock } from "../../provider/api/clock";
import { connect } from "../../provider/api/connect";
import { ApiFault } from "../../provider/api/fault";
import { createRateLimiter, type RateLimiter } from "../../provider/api/rateLimiter";
import { deadlineMs, retryAfter } from "../../provider/api/retry";
import { instanceIds, settingsFor, useAccount } from "./account";
import { schemaOf } from "./schemaOf";

/** A clock on which time passes from one sleeper's end to the next one's, as fast as the work between them is done. */
interface VirtualClock extends Clock {
  /** Lets time pass up to this moment, or until nobody sleeps. */
  runTo(until: number): Promise<void>;
}

function virtualClock(): VirtualClock {
  let time = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: (ms) => new Promise((wake) => void sleepers.push({ at: time + ms, wake })),
    async runTo(until) {
      for (;;) {
        await new Promise(setImmediate);
        sleepers.sort((one, other) => one.at - other.at);
        if ((sleepers[0]?.at ?? Infinity) > until) return void (time = Math.max(time, until));
        const next = sleepers.shift();
        time = next?.at ?? time;
        next?.wake();
      }
    },
  };
}

/** Lets so many calls ask for their turn at once; the moments at which they get it, in milliseconds from now. */
function ask(rateLimiter: RateLimiter, clock: Clock, count: number): number[] {
  const began = clock.now();
  const times: number[] = [];
  for (let call = 0; call < count; call++)
    void rateLimiter.acquire().then(() => times.push(Math.round(clock.now() - began)));
  return times;
}

/** The same, once all have had their turn. */
async function turns(rateLimiter: RateLimiter, clock: VirtualClock, count: number): Promise<number[]> {
  const times = ask(rateLimiter, clock, count);
  await clock.runTo(clock.now() + 3_600_000);
  return times;
}

describe("under a ceiling", () => {
  test("three calls may go out at once, and the others follow evenly", async () => {
    const clock = virtualClock();
    expect(await turns(createRateLimiter(10, clock), clock, 8)).toEqual([0, 0, 0, 100, 200, 300, 400, 500]);
  });

  test("calls that come at their own slow pace do not wait", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(10, clock);
    for (let call = 0; call < 9; call++) {
      const times = ask(rateLimiter, clock, 1);
      await clock.runTo(clock.now() + 100);
      expect(times).toEqual([0]);
    }
  });

  test("a long pause saves up three calls and no more", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(10, clock);
    await turns(rateLimiter, clock, 20);
    await clock.runTo(clock.now() + 3_600_000);
    expect(await turns(rateLimiter, clock, 5)).toEqual([0, 0, 0, 100, 200]);
  });

  test("no second ever sees more than the ceiling and the burst", async () => {
    const clock = virtualClock();
    const times = await turns(createRateLimiter(10, clock), clock, 100);
    const within = times.map((from) => times.filter((at) => at >= from && at < from + 1000).length);
    expect(Math.max(...within)).toBeLessThanOrEqual(12);
    expect(times.at(-1)).toBe(9700);
  });

  test("turns are given in the order in which they are asked for, and nobody wakes before", async () => {
    const clock = virtualClock();
    const sleep = jest.fn(clock.sleep);
    const rateLimiter = createRateLimiter(10, { ...clock, sleep });
    const order: number[] = [];
    for (let call = 0; call < 50; call++) void rateLimiter.acquire().then(() => order.push(call));
    await clock.runTo(10_000);
    expect(order).toEqual([...order.keys()]);
    expect(order).toHaveLength(50);
    expect(sleep.mock.calls.length).toBeLessThanOrEqual(100);
  });

  test("of less than a call each second, calls go out at that pace, complaints or not", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(0.1, clock);
    rateLimiter.throttled(undefined);
    expect(rateLimiter.rate()).toBeLessThanOrEqual(0.1);
    const times = await turns(rateLimiter, clock, 9);
    expect(times.at(-1)).toBeGreaterThanOrEqual(60_000);
  });
});

describe("a throttling answer", () => {
  test("takes a part of the rate away, once a second, however many calls were refused", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(10, clock);
    for (let refused = 0; refused < 5; refused++) rateLimiter.throttled(undefined);
    expect(rateLimiter.rate()).toBeCloseTo(7);
    await clock.runTo(999);
    rateLimiter.throttled(undefined);
    expect(rateLimiter.rate()).toBeCloseTo(7);
    await clock.runTo(1000);
    rateLimiter.throttled(undefined);
    expect(rateLimiter.rate()).toBeCloseTo((7 + 0.5) * 0.7);
  });

  test("slows the calls that already stand in line", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(10, clock);
    const times = ask(rateLimiter, clock, 23);
    await clock.runTo(50);
    rateLimiter.throttled(undefined);
    await clock.runTo(60_000);
    expect(times.at(-1)).toBeGreaterThan(2250);
  });

  test("never stops the calls for good", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(1, clock);
    for (let second = 0; second < 60; second++) {
      rateLimiter.throttled(undefined);
      await clock.runTo(clock.now() + 1000);
    }
    expect(rateLimiter.rate()).toBeGreaterThanOrEqual(0.2);
    expect((await turns(rateLimiter, clock, 4))[3]).toBeLessThanOrEqual(5000);
  });

  test("holds back every call for as long as the API asks, those in line too", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(10, clock);
    const times = ask(rateLimiter, clock, 5);
    await clock.runTo(50);
    rateLimiter.throttled(8000);
    await clock.runTo(8049);
    expect(times).toEqual([0, 0, 0]);
    await clock.runTo(60_000);
    expect(times).toEqual([0, 0, 0, 8050, 8150]);
  });

  test("is not followed by an earlier call because another answer asked for less", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(10, clock);
    rateLimiter.throttled(8000);
    rateLimiter.throttled(100);
    rateLimiter.throttled(undefined);
    expect(await turns(rateLimiter, clock, 1)).toEqual([8000]);
  });

  test("holds calls back for two minutes at most; one that is to wait longer fails, and holds back nobody", async () => {
    for (const [asked, expected] of [
      [120_000, 120_000],
      [120_001, 0],
      [30 * 24 * 3_600_000, 0],
    ] as const) {
      const clock = virtualClock();
      const rateLimiter = createRateLimiter(10, clock);
      rateLimiter.throttled(asked);
      expect(await turns(rateLimiter, clock, 1)).toEqual([expected]);
    }
  });

  test("holds calls back no longer than the settings allow", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(10, clock, 2000);
    rateLimiter.throttled(2000);
    rateLimiter.throttled(2001);
    expect(await turns(rateLimiter, clock, 1)).toEqual([2000]);
  });
});

describe("after a throttling answer", () => {
  test("the rate is won back evenly, up to the ceiling and no further", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(10, clock);
    rateLimiter.throttled(undefined);
    const rates: number[] = [];
    for (let second = 0; second < 8; second++) {
      await clock.runTo(clock.now() + 1000);
      ask(rateLimiter, clock, 1);
      await clock.runTo(clock.now());
      rates.push(rateLimiter.rate());
    }
    expect(rates.map((rate) => rate.toFixed(1))).toEqual(
      [7.5, 8, 8.5, 9, 9.5, 10, 10, 10].map((rate) => rate.toFixed(1)),
    );
  });

  test("a long time gives back the ceiling and no more", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(10, clock);
    rateLimiter.throttled(undefined);
    await clock.runTo(60_000);
    await turns(rateLimiter, clock, 1);
    expect(rateLimiter.rate()).toBe(10);
  });

  test("time wins it back for a process that sends little, as for one that sends much", async () => {
    const clock = virtualClock();
    const busy = createRateLimiter(10, clock);
    const idle = createRateLimiter(10, clock);
    for (const rateLimiter of [busy, idle]) rateLimiter.throttled(undefined);
    ask(busy, clock, 25);
    await clock.runTo(4000);
    ask(busy, clock, 1);
    ask(idle, clock, 1);
    await clock.runTo(4000);
    expect(idle.rate()).toBeCloseTo(busy.rate());
  });
});

describe("without a ceiling", () => {
  test("calls go out as fast as they come, until the API complains", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(undefined, clock);
    expect(new Set(await turns(rateLimiter, clock, 500))).toEqual(new Set([0]));
    expect(rateLimiter.rate()).toBe(Infinity);
  });

  test("the rate is then a part of what went out within the second before", async () => {
    const clock = virtualClock();
    const rateLimiter = createRateLimiter(undefined, clock);
    ask(rateLimiter, clock, 40);
    await clock.runTo(100);
    ask(rateLimiter, clock, 50);
    await clock.runTo(1050);
    ask(rateLimiter, clock, 30);
    await clock.runTo(1050);
    rateLimiter.throttled(undefined);
    expect(rateLimiter.rate()).toBeCloseTo(0.7 * 80);
    await clock.runTo(5000);
    ask(rateLimiter, clock, 1);
    await clock.runTo(5000);
    expect(rateLimiter.rate()).toBeGreaterThan(0.7 * 80);
  });
});

/** Processes that send to one account, which takes so many calls per second of all of them together. */
interface Crowd {
  limit: number;
  ceiling: number | undefined;
  processes: number;
  /** Calls that each process has under way at a time. */
  parallel: number;
}

/** Numbers between 0 and 1 that are the same in every run. */
function drawn(seed: number): () => number {
  return () => (seed = (seed * 1664525 + 1013904223) % 4294967296) / 4294967296;
}

const throttling = new ApiFault({
  kind: "throttled",
  service: "Bastionhost",
  action: "CreateUser",
  code: "Throttling.User",
  requestId: "R",
  message: "",
});

/** How many calls of each process got through, from second 15 to second 75. */
async function shares({ limit, ceiling, processes, parallel }: Crowd, seed: number): Promise<number[]> {
  const clock = virtualClock();
  const bucket = createRateLimit(clock.now);
  const random = drawn(seed);
  const done = Array.from({ length: processes }, () => 0);
  const send = async (rateLimiter: RateLimiter): Promise<void> => {
    const began = clock.now();
    for (let number = 1; ; number++) {
      await rateLimiter.acquire();
      await clock.sleep(10 + 20 * random());
      if (bucket.admits("Bastionhost", limit)) return;
      rateLimiter.throttled(undefined);
      const elapsedMs = clock.now() - began;
      const wait = retryAfter(
        throttling,
        { number, elapsedMs, repeatable: false, reads: false, isDown: false, deadlineMs },
        random,
      );
      if (wait === undefined) throw new Error("A call was given up.");
      await clock.sleep(wait);
    }
  };
  const work = async (process: number, rateLimiter: RateLimiter): Promise<void> => {
    await clock.sleep(1000 * random());
    for (;;) {
      await send(rateLimiter);
      if (clock.now() > 15_000) done[process]!++;
    }
  };
  done.forEach((_, process) => {
    const rateLimiter = createRateLimiter(ceiling, clock);
    for (let call = 0; call < parallel; call++) void work(process, rateLimiter);
  });
  await clock.runTo(75_000);
  return done;
}

describe("processes that do not know of each other", () => {
  const crowds: Crowd[] = [
    { limit: 10, ceiling: 10, processes: 2, parallel: 1 },
    { limit: 10, ceiling: 10, processes: 4, parallel: 8 },
    { limit: 10, ceiling: 10, processes: 4, parallel: 64 },
    { limit: 10, ceiling: 10, processes: 8, parallel: 16 },
    { limit: 20, ceiling: undefined, processes: 4, parallel: 8 },
    { limit: 100, ceiling: undefined, processes: 4, parallel: 32 },
  ];
  const named = crowds.map((crowd) => [JSON.stringify(crowd), crowd] as const);

  test.each(named)(
    "use the account's limit up, in shares that differ by less than two: %s",
    async (_, crowd) => {
      for (const seed of [1, 2]) {
        const done = await shares(crowd, seed);
        const together = done.reduce((sum, calls) => sum + calls, 0);
        expect(together).toBeGreaterThanOrEqual(0.85 * crowd.limit * 60);
        expect(Math.max(...done)).toBeLessThan(2 * Math.min(...done));
      }
    },
  );
});

describe("the configured rate", () => {
  const account = useAccount();

  /** The seconds that so many calls wait, half of them to an instance in one region and half to one in another. */
  async function seconds(product: string, configured: string, count: number): Promise<number> {
    const clock = { at: 0, now: () => clock.at, sleep: async (ms: number) => void (clock.at += ms) };
    const environment = { ALICLOUD_USERS_CALLS_PER_SECOND: configured };
    const connection = connect(settingsFor(account.emulator.url, environment), { clock });
    const instances = ["cn-hangzhou", "cn-shanghai"].map((region) =>
      connection.directory(schemaOf(product), { InstanceId: `in ${region}` }, region),
    );
    for (let call = 0; call < count; call++)
      await instances[call % 2]?.call(callOf(product)).catch(() => undefined);
    return clock.at / 1000;
  }

  const callOf = (product: string) =>
    product === "Ram"
      ? { action: "ListUsers", params: {} }
      : { action: "GetUser", params: { InstanceId: instanceIds.Eiam, UserId: "1" } };

  test.each([
    ["Bastionhost", "", 2],
    ["Ram", "", 0],
    ["Eiam", "", 0],
    ["Bastionhost", "5", 4],
    ["Ram", "5", 4],
    ["Eiam", "5", 4],
    ["Ram", '{"Ram":2}', 10],
    ["Eiam", '{"Ram":2}', 0],
    ["Bastionhost", '{"Ram":2}', 2],
    ["Bastionhost", '{"Bastionhost":40}', 0.5],
  ])(
    "holds for all of a product's calls: %s under '%s' spaces 23 calls over %d s",
    async (product, configured, expected) => {
      expect(await seconds(product, configured, 23)).toBeCloseTo(expected);
    },
  );
});
