import { availableParallelism } from "node:os";

/** How long work of so many minutes of one core takes on this machine. */
export function estimate(coreMinutes: number, cores = availableParallelism()): string {
  return `about ${minutes(coreMinutes / cores)} with ${cores} ${cores === 1 ? "core" : "cores"}`;
}

/** How far a build is and what is left of it, by the share that it has done; nothing before that tells much. */
export function progress(done: number, all: number, elapsedMs: number): string | undefined {
  if (all === 0 || done / all < 0.05) return undefined;
  const share = Math.min(done / all, 0.99);
  const left = (elapsedMs / share - elapsedMs) / 60_000;
  return `${Math.floor(share * 100)} % of ${all} packages, about ${minutes(left)} left`;
}

function minutes(count: number): string {
  const whole = Math.max(1, Math.round(count));
  return `${whole} ${whole === 1 ? "minute" : "minutes"}`;
}
