import { createHash, randomInt } from "node:crypto";
import { nameFrom, randomName } from "./randomName";

/** Whether users of two new emulators have different ids, as those of two accounts, or the same ones. */
export type Ids = "random" | "fixed";

/** The number of the first user: 1 above `base` where ids are fixed, else a random number of steps above that. */
export function firstNumber(
  ids: Ids,
  { base, steps, step }: { base: bigint; steps: number; step: bigint },
): bigint {
  return base + 1n + (ids === "fixed" ? 0n : BigInt(randomInt(steps)) * step);
}

/** What the ids of users without numbers are derived from. */
export function firstSeed(ids: Ids): string {
  return ids === "fixed" ? "fixed" : randomName(26);
}

/** The 26 letters and digits of the id of one user: always the same for one seed and place in the order of creation. */
export function derivedName(seed: string, place: number): string {
  return nameFrom(createHash("sha256").update(`${seed} ${place}`).digest().subarray(0, 26));
}
