import { soak } from "../support/kills/soak";

it("needs one up, and nobody adopted, after provider or CLI was killed at any moment, with checkpoints and without", async () => {
  const seed = Number(process.env.KILLS_SEED ?? Date.now() % 1_000_000_000);
  const lines: string[] = [];
  const { kills, withoutCheckpoints, violations } = await soak(6, seed, (line) => lines.push(line));
  // The lines hold the seed that repeats the run.
  const expected = { kills: 6, withoutCheckpoints: 2, violations: 0, lines };
  expect({ kills, withoutCheckpoints, violations, lines }).toEqual(expected);
}, 600_000);
