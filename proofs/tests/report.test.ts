import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { type Figure, isMet, table, writeReport } from "../bench/report";

const figure = (value: number, bounds: Partial<Figure> = {}): Figure => ({
  name: "calls of a preview",
  value,
  unit: "calls",
  ...bounds,
});

describe("a figure", () => {
  test.each([
    [2, { atMost: 2 }, true],
    [2.001, { atMost: 2 }, false],
    [95, { atLeast: 95 }, true],
    [94.9, { atLeast: 95 }, false],
    [0, { atMost: 0 }, true],
    [1, { atMost: 0 }, false],
    [5, { atLeast: 1, atMost: 4 }, false],
    [12_345, {}, true],
  ])("of %d within %j meets its bound: %s", (value, bounds, met) => {
    expect(isMet(figure(value, bounds))).toBe(met);
  });

  test("that could not be measured does not meet a bound", () => {
    expect(isMet(figure(NaN, { atMost: 200 }))).toBe(false);
    expect(isMet(figure(NaN, { atLeast: 1 }))).toBe(false);
  });
});

describe("the table", () => {
  const lines = table([
    figure(2, { atMost: 2 }),
    figure(1.2345678, { name: "wall", unit: "", atMost: 1.1, detail: "12.3 s beside 10.0 s" }),
    figure(96.04, { name: "rate of four processes under one limit", unit: "%", atLeast: 85 }),
    figure(7, { name: "our own code for one diff", unit: "us" }),
    figure(1435.79, { name: "state", unit: "bytes" }),
  ]).split("\n");

  test("has a line for every figure, red where its bound is missed", () => {
    expect(lines.map((line) => line.slice(0, 3))).toEqual(["ok ", "RED", "ok ", "ok ", "ok "]);
  });

  test("shows each value with its unit beside its bound, and what lies behind it", () => {
    expect(lines.map((line) => line.replace(/ {2,}/g, "  "))).toEqual([
      "ok  calls of a preview  2 calls  at most 2",
      "RED  wall  1.23  at most 1.1  12.3 s beside 10.0 s",
      "ok  rate of four processes under one limit  96.0 %  at least 85",
      "ok  our own code for one diff  7 us",
      "ok  state  1436 bytes",
    ]);
  });

  test("stands in columns", () => {
    const columns = ["2 calls", "1.23", "96.0 %", "7 us"].map((text, at) => lines[at]?.indexOf(text));
    expect(new Set(columns).size).toBe(1);
  });
});

test("the report on file holds every figure, the machine and the date, and no name of a person or a place", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-alicloud-users-report-"));
  try {
    const file = join(folder, "report.json");
    const figures = [figure(2, { atMost: 2 }), figure(1.5, { name: "wall", detail: "3 s beside 2 s" })];
    await writeReport(file, figures);
    const text = readFileSync(file, "utf8");
    const report = JSON.parse(text);
    expect(report.figures).toEqual(figures);
    expect(report.machine).toMatchObject({ cores: expect.any(Number), memoryGiB: expect.any(Number) });
    expect(report.machine.node).toBe(process.version);
    expect(Number.isNaN(Date.parse(report.date))).toBe(false);
    expect(text).not.toContain(hostname());
    expect(text).not.toContain(tmpdir());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
