import { type Bench, latencyMs, onStack } from "./onStack";
import { users } from "./programs";
import { ratio } from "./ratio";
import type { Figure } from "./report";
import { seconds } from "./seconds";

/** `up` of new users with a state that is written at every step, or once in the end; and of ten times as many. */
export async function checkpointFigures(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  let off = NaN;
  for (const count of [100, 1000]) {
    const on = await upOf(bench, count, {});
    off = await upOf(bench, count, { PULUMI_SKIP_CHECKPOINTS: "true" });
    figures.push(
      ratio(`up of ${count} new RAM users with checkpoints off against on`, { ours: [off], theirs: [on] }),
    );
  }
  if (!bench.full) return figures;
  const many = await upOf(bench, 10_000, { PULUMI_SKIP_CHECKPOINTS: "true" });
  const name = "up of 10000 new RAM users against ten times that of 1000, checkpoints off";
  return [...figures, ratio(name, { ours: [many], theirs: [10 * off] }, 1.3)];
}

async function upOf(bench: Bench, count: number, env: Record<string, string>): Promise<number> {
  const { control } = bench.emulator;
  bench.progress(
    `checkpoints: up of ${count} new RAM users, ${"PULUMI_SKIP_CHECKPOINTS" in env ? "off" : "on"}`,
  );
  await control.reset();
  // The emulator takes 5,000 RAM users unless told, as a new account does.
  await control.settings({ latencyMs, userQuota: { Ram: 100_000 } });
  return onStack(bench, (stack) => seconds(stack.up()), { source: users("Ram", count), env });
}
