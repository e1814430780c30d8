import { createStack } from "../../tests/support/stack";
import type { Bench } from "./onStack";
import { users } from "./programs";
import type { Figure } from "./report";

/** Throughput under a limit of ten calls per second: one process, then four that do not know of each other. */
export async function rateFigures(bench: Bench): Promise<Figure[]> {
  bench.progress("rate: 300 creates under a limit of 10 per second");
  const alone = await underLimit(bench, [300]);
  bench.progress("rate: four processes under one limit of 10 per second");
  const four = await underLimit(bench, [75, 75, 75, 75]);
  return [
    { name: "rate under a limit of 10/s, 300 creates", value: alone.rate * 10, unit: "%", atLeast: 95 },
    { name: "failed resources under that limit", value: alone.failed, unit: "", atMost: 0 },
    { name: "rate of four processes under one limit", value: four.rate * 10, unit: "%", atLeast: 85 },
    { name: "failed resources of the four", value: four.failed, unit: "", atMost: 0 },
  ];
}

async function underLimit(bench: Bench, counts: number[]): Promise<{ rate: number; failed: number }> {
  const { control } = bench.emulator;
  await control.reset();
  await control.settings({ callsPerSecond: { Bastionhost: 10 } });
  const stacks = await Promise.all(counts.map(() => createStack({ source: "", env: bench.emulator.env })));
  try {
    await Promise.all(
      stacks.map((stack, index) =>
        stack.writeProgram(users("Bastionhost", counts[index] as number, `p${index}`)),
      ),
    );
    const outcomes = await Promise.all(stacks.map((stack) => stack.up()));
    const { calls } = await control.calls();
    const done = calls.filter(({ action, status }) => action === "CreateUser" && status === 200);
    const at = done.map((call) => Date.parse(call.at)).sort((a, b) => a - b);
    const span = ((at.at(-1) as number) - (at[0] as number)) / 1000;
    return {
      rate: (done.length - 1) / span,
      failed: outcomes.filter(({ exitCode }) => exitCode !== 0).length,
    };
  } finally {
    await Promise.all(stacks.map((stack) => stack.remove()));
  }
}
