import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What the last soak came to. */
export interface SoakResult {
  /** The day in ISO 8601. */
  date: string;
  node: string;
  pulumi: string;
  seed: number;
  kills: number;
  /** Users that existed and that the engine had not recorded when a run was killed. */
  unrecorded: number;
  violations: number;
}

const file = path.join(__dirname, "soak.json");

/** The result of the last soak; absent before the first. */
export function readSoakResult(): SoakResult | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SoakResult;
  } catch {
    return undefined;
  }
}

/** Keeps the result of a soak, from which docs/reliability.md is printed. */
export function writeSoakResult(result: SoakResult): void {
  writeFileSync(file, `${JSON.stringify(result, undefined, 2)}\n`);
}
