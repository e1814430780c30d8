import { ApiFault } from "../../provider/api/fault";
import type { FaultKind } from "../../provider/core/service";
import { deadlineMs, retryAfter } from "../../provider/api/retry";

const fault = (kind: FaultKind, facts: Pick<Partial<ApiFault>, "retryAfterMs" | "outlook">) =>
  new ApiFault({ kind, service: "RAM", action: "GetUser", code: "SomeCode", message: "", ...facts });

interface Situation {
  number?: number;
  elapsedMs?: number;
  repeatable?: boolean;
  reads?: boolean;
  isDown?: boolean;
  outlook?: ApiFault["outlook"];
  asked?: number;
  deadline?: number;
}

const wait = (
  kind: FaultKind,
  { asked, outlook, deadline = deadlineMs, ...situation }: Situation = {},
  random?: () => number,
) => {
  const usual = { number: 1, elapsedMs: 0, repeatable: true, reads: false, isDown: false };
  return retryAfter(
    fault(kind, { retryAfterMs: asked, outlook }),
    { ...usual, ...situation, deadlineMs: deadline },
    random,
  );
};

describe("a call is sent again", () => {
  test.each<[string, FaultKind, Situation]>([
    ["after throttling", "throttled", {}],
    [
      "after throttling, though it must not be carried out twice: it was not",
      "throttled",
      { repeatable: false },
    ],
    ["after throttling, as often as it takes", "throttled", { number: 30, elapsedMs: deadlineMs - 1 }],
    ["after a lost answer, when it may be carried out twice", "unavailable", {}],
    ["after a third lost answer", "unavailable", { number: 3 }],
    [
      "after a read got no answer for the tenth time",
      "unavailable",
      { number: 10, reads: true, elapsedMs: 24_000, outlook: "passing" },
    ],
    ["after it was not sent, though it must not be carried out twice", "unreached", { repeatable: false }],
  ])("%s", (_when, kind, situation) => {
    expect(wait(kind, situation)).toBeGreaterThan(0);
  });
});

describe("a call is not sent again", () => {
  test.each<[string, FaultKind, Situation]>([
    ["after a lost answer, when it must not be carried out twice", "unavailable", { repeatable: false }],
    ["after a fourth lost answer", "unavailable", { number: 4 }],
    ["after it was not sent for the fourth time", "unreached", { number: 4 }],
    [
      "after a read got no answer for 30 s",
      "unavailable",
      { number: 10, reads: true, elapsedMs: 29_999, outlook: "passing" },
    ],
    ["after a fourth answer to a read that cannot be the API's", "unavailable", { number: 4, reads: true }],
    ["after a write got no answer for the fourth time", "unavailable", { number: 4, outlook: "passing" }],
    ["after no connection came about in half a minute", "unreached", { elapsedMs: 30_000 }],
    ["after a failure that does not heal", "unreached", { outlook: "lasting" }],
    ["after an earlier read was given up", "unavailable", { reads: true, isDown: true }],
    ["after ten minutes of throttling", "throttled", { elapsedMs: 600_000 }],
    ["after the time that the settings give it", "throttled", { elapsedMs: 2000, deadline: 2000 }],
    ["after a lost answer, when that time is over", "unavailable", { elapsedMs: 2000, deadline: 2000 }],
    ["when the API asks for a wait beyond that time", "unavailable", { asked: 2000, deadline: 2000 }],
    ["when the user is not there", "notFound", {}],
    ["when the name is taken", "conflict", {}],
    ["when it is denied", "denied", {}],
    ["when it is invalid", "invalid", {}],
    ["after a fault of another kind", "other", {}],
  ])("%s", (_when, kind, situation) => {
    expect(wait(kind, situation)).toBeUndefined();
  });
});

describe("the wait", () => {
  test("doubles, up to a bound", () => {
    const longest = [1, 2, 3, 4, 20, 50].map((number) => wait("throttled", { number }, () => 1));
    expect(longest.slice(0, 4)).toEqual([250, 500, 1000, 2000]);
    expect(longest[4]).toBe(longest[5]);
    expect(longest[5]).toBeLessThanOrEqual(20_000);
  });

  test("is drawn from the upper half, so that processes part and none hurries", () => {
    expect(wait("throttled", { number: 3 }, () => 0)).toBe(500);
    expect(wait("throttled", { number: 3 }, () => 0.5)).toBe(750);
    const drawn = Array.from({ length: 200 }, () => wait("throttled", { number: 3 }) as number);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(1000);
    expect(new Set(drawn).size).toBeGreaterThan(100);
  });

  test("is never shorter than the API asked for", () => {
    expect(wait("throttled", { asked: 5000 }, () => 1)).toBe(5000);
    expect(wait("throttled", { asked: 1 }, () => 1)).toBe(250);
    expect(wait("unavailable", { asked: 5000 }, () => 1)).toBe(5000);
  });
});
