import { roundDown } from "../provider/core/directory";
import type { Resource } from "../provider/core/resource";
import { scopeOf } from "../provider/core/identity";
import { perRun } from "./perRun";

const countsOfRun = perRun(() => new Map<string, number>());

/**
 * Counts a user that the program declares. The result is the number of users in the same directory once the program has
 * run to its end, rounded down to a power of two: adding one user then usually leaves the other users' state unchanged.
 */
export function countDeclared(resource: Resource, args: Record<string, unknown>): Promise<number> {
  const counts = countsOfRun();
  const directory = directoryOf(resource, args);
  counts.set(directory, (counts.get(directory) ?? 0) + 1);
  return new Promise((resolve) => setImmediate(() => resolve(roundDown(counts.get(directory) as number))));
}

const totalsOfRun = perRun(() => new Map<object, number>());

/** Counts a user that the program declares through this frontend. The result is the number of all once the program has run to its end. */
export function countAll(frontend: object): Promise<number> {
  const totals = totalsOfRun();
  totals.set(frontend, (totals.get(frontend) ?? 0) + 1);
  return new Promise((resolve) => setImmediate(() => resolve(totals.get(frontend) as number)));
}

/** The directory that a user is declared in; instances whose ids are outputs count as one. */
function directoryOf(resource: Resource, args: Record<string, unknown>): string {
  const names = Object.values(scopeOf(resource, args)).map((value) =>
    typeof value === "string" ? value : "?",
  );
  return [resource.type, ...names].join(" ");
}
