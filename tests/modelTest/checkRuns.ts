import * as fc from "fast-check";

/** The same runs each time, so that a failure belongs to a change. Another `MODEL_SEED` tries others; a failure names it. */
const seed = Number(process.env.MODEL_SEED ?? 1);

/** How many times as many runs are tried as in `npm test`. */
const factor = Number(process.env.MODEL_RUNS ?? 1);

/** Checks random runs. Each worker gets its share of them, with a seed of its own. */
export async function checkRuns<T>(
  runs: fc.Arbitrary<T>,
  count: number,
  workers: readonly ((run: T) => Promise<void>)[],
  parameters: fc.Parameters<[T]> = {},
): Promise<void> {
  const checks = workers.map(async (work, index) => {
    const numRuns = Math.floor((count * factor + index) / workers.length);
    const details = await fc.check(fc.asyncProperty(runs, work), {
      seed: seed + index,
      numRuns,
      includeErrorInReport: true,
      ...parameters,
    });
    return details.failed ? `MODEL_SEED=${seed} repeats it.\n${fc.defaultReportMessage(details)}` : "";
  });
  expect((await Promise.all(checks)).filter(Boolean).join("\n\n")).toBe("");
}
