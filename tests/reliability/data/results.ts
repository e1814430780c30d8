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
  /** Those in stacks without checkpoints. */
  withoutCheckpoints?: number;
  /** Users that existed and that the engine had not recorded when a run was killed. */
  unrecorded: number;
  violations: number;
}

/** What the last mutation run came to. */
export interface MutationResult {
  /** The day in ISO 8601. */
  date: string;
  node: string;
  folders: {
    folder: string;
    /** Mutants that made a test fail or run without end. */
    noticed: number;
    survived: number;
    /** Mutants in lines that no unit test runs. */
    uncovered: number;
  }[];
}

/** The share of a folder's mutants that a test noticed, in percent. */
export const scoreOf = ({ noticed, survived, uncovered }: MutationResult["folders"][number]): number =>
  (100 * noticed) / (noticed + survived + uncovered);

/** The result of the last soak; absent before the first. */
export const readSoakResult = (): SoakResult | undefined => read("soak");

/** Keeps the result of a soak, from which docs/reliability.md is printed. */
export const writeSoakResult = (result: SoakResult): void => write("soak", result);

/** The result of the last mutation run; absent before the first. */
export const readMutationResult = (): MutationResult | undefined => read("mutation");

/** Keeps the result of a mutation run, from which docs/reliability.md is printed. */
export const writeMutationResult = (result: MutationResult): void => write("mutation", result);

const fileOf = (name: string): string => path.join(__dirname, `${name}.json`);

function read<T>(name: string): T | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(name), "utf8")) as T;
  } catch {
    return undefined;
  }
}

function write(name: string, result: object): void {
  writeFileSync(fileOf(name), `${JSON.stringify(result, undefined, 2)}\n`);
}
