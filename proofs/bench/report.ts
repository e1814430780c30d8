import { writeFile } from "node:fs/promises";
import os from "node:os";

/** One figure of the benchmark beside its bound. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  atMost?: number;
  atLeast?: number;
  /** What lies behind a ratio. */
  detail?: string;
}

/** Whether the figure keeps its bound; a figure without one always does. */
export function isMet({ value, atMost = Infinity, atLeast = -Infinity }: Figure): boolean {
  return value <= atMost && value >= atLeast;
}

/** The figures as a table, a missed bound marked. */
export function table(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures
    .map((figure) => {
      const mark = isMet(figure) ? "ok " : "RED";
      const value = valueOf(figure).padEnd(14);
      return `${mark}  ${figure.name.padEnd(width)}  ${value} ${boundOf(figure).padEnd(16)} ${figure.detail ?? ""}`.trimEnd();
    })
    .join("\n");
}

/** Writes the figures with the machine and the date. */
export async function writeReport(file: string, figures: readonly Figure[]): Promise<void> {
  const [cpu] = os.cpus();
  const machine = {
    cpu: cpu?.model,
    cores: os.cpus().length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
  };
  await writeFile(file, `${JSON.stringify({ date: new Date().toISOString(), machine, figures }, null, 2)}\n`);
}

/** The value with its unit. */
export function valueOf({ value, unit }: Figure): string {
  return `${round(value)} ${unit}`.trim();
}

/** The bound in words; empty for a figure without one. */
export function boundOf({ atMost, atLeast }: Figure): string {
  if (atMost !== undefined) return `at most ${atMost}`;
  return atLeast === undefined ? "" : `at least ${atLeast}`;
}

const round = (value: number): string =>
  Math.abs(value) >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);
