import { soak } from "../../scripts/soak";

it("loses, doubles and keeps no user when provider or CLI is killed, whatever the moment", async () => {
  const seed = Number(process.env.KILLS_SEED ?? Date.now() % 1_000_000_000);
  const lines: string[] = [];
  const { kills, violations } = await soak(6, seed, (line) => lines.push(line));
  // The lines hold the seed that repeats the run.
  expect({ kills, violations, lines }).toEqual({ kills: 6, violations: 0, lines });
}, 600_000);
