import { estimate, progress } from "../../scripts/toolchain/buildTime";
import { elapsed, sayWhile } from "../../scripts/toolchain/say";

describe("sayWhile", () => {
  it("says the elapsed time while the work goes on, and nothing after it", async () => {
    jest.useFakeTimers();
    const lines: string[] = [];
    const say = { done: () => {}, work: (line: string) => lines.push(line) };
    let end: (result: string) => void = () => {};
    const done = ["", "half of it"];
    const work = sayWhile(
      say,
      "building",
      () => new Promise<string>((resolve) => (end = resolve)),
      () => done.shift(),
    );
    jest.advanceTimersByTime(30_000);
    end("built");
    expect(await work).toBe("built");
    jest.advanceTimersByTime(60_000);
    expect(lines).toEqual(["building", "building: elapsed 15s", "building: elapsed 30s, half of it"]);
    jest.useRealTimers();
  });
});

describe("the time of a build", () => {
  it("is estimated from the cores of the machine", () => {
    expect([1, 2, 8, 32].map((cores) => estimate(12, cores))).toEqual([
      "about 12 minutes with 1 core",
      "about 6 minutes with 2 cores",
      "about 2 minutes with 8 cores",
      "about 1 minute with 32 cores",
    ]);
  });

  it("is told from what the build has done so far, once that is something", () => {
    expect(progress(10, 1000, 60_000)).toBeUndefined();
    expect(progress(0, 0, 60_000)).toBeUndefined();
    expect(progress(250, 1000, 5 * 60_000)).toBe("25 % of 1000 packages, about 15 minutes left");
    expect(progress(1000, 1000, 60_000)).toBe("99 % of 1000 packages, about 1 minute left");
  });
});

describe("elapsed", () => {
  it("reads as minutes and seconds", () => {
    expect([0, 59_400, 60_000, 245_000].map((ms) => elapsed(0, ms))).toEqual([
      "0s",
      "59s",
      "1m 00s",
      "4m 05s",
    ]);
  });
});
