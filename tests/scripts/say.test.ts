import { elapsed, sayWhile } from "../../scripts/toolchain/say";

describe("sayWhile", () => {
  it("says the elapsed time while the work goes on, and nothing after it", async () => {
    jest.useFakeTimers();
    const lines: string[] = [];
    const say = { done: () => {}, work: (line: string) => lines.push(line) };
    let end: (result: string) => void = () => {};
    const work = sayWhile(say, "building", () => new Promise<string>((resolve) => (end = resolve)));
    jest.advanceTimersByTime(30_000);
    end("built");
    expect(await work).toBe("built");
    jest.advanceTimersByTime(60_000);
    expect(lines).toEqual(["building", "building: elapsed 15s", "building: elapsed 30s"]);
    jest.useRealTimers();
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
