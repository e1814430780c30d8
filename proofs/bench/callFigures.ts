import type { Stack } from "../../tests/support/stack";
import { type Bench, onStack } from "./onStack";
import type { Frontend, Kind } from "./programs";
import type { Figure } from "./report";
import { seed } from "./seed";
import { succeed } from "./succeed";

/** Calls of a plain preview and of a refresh, for more and more users of each kind. */
export async function callFigures(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of ["Ram", "Bastionhost", "Eiam"] as const) figures.push(...(await growth(bench, kind)));
  const few = await callsAt(bench, "Ram", 3, { others: 4997 });
  figures.push(preview("3 of 5000 Ram users", few.preview, 3));
  return figures;
}

/** The same through the plugin, where many users and few are read. */
export async function pluginCallFigures(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  const whose = (users: string) => `${users} users, plugin`;
  for (const kind of ["Ram", "Bastionhost", "Eiam"] as const) {
    const calls = await callsAt(bench, kind, 1000, { frontend: "plugin" });
    figures.push(preview(whose(`1000 ${kind}`), calls.preview, kind === "Ram" ? 2 : 12));
  }
  const few = await callsAt(bench, "Ram", 3, { others: 4997, frontend: "plugin" });
  figures.push(preview(whose("3 of 5000 Ram"), few.preview, 3));
  return figures;
}

async function growth(bench: Bench, kind: Kind): Promise<Figure[]> {
  const bounds: Record<number, number> = { 1000: kind === "Ram" ? 2 : 12 };
  const figures: Figure[] = [];
  let before: number | undefined;
  for (const count of [10, 100, 1000, ...(bench.full ? [10_000] : [])]) {
    const calls = await callsAt(bench, kind, count);
    figures.push(preview(`${count} ${kind} users`, calls.preview, bounds[count]));
    figures.push({ name: `calls of a refresh, ${count} ${kind} users`, value: calls.refresh, unit: "calls" });
    if (before)
      figures.push(timesAsMany(`${count} ${kind} users beside ${count / 10}`, calls.preview / before));
    before = calls.preview;
  }
  return figures;
}

function preview(whose: string, value: number, atMost?: number): Figure {
  return { name: `calls of a preview, ${whose}`, value, unit: "calls", atMost };
}

function timesAsMany(whose: string, value: number): Figure {
  return { name: `calls of a preview, ${whose}`, value, unit: "times", atMost: 10 };
}

async function callsAt(
  bench: Bench,
  kind: Kind,
  count: number,
  among: { others?: number; frontend?: Frontend } = {},
) {
  const { others, frontend = "dynamic" } = among;
  bench.progress(`calls: ${count} ${kind} users${others ? ` among ${others} more` : ""}, ${frontend}`);
  return onStack(bench, async (stack) => {
    await seed({ stack, control: bench.emulator.control }, kind, count, among);
    return {
      preview: await callsOf(bench, stack.preview),
      refresh: await callsOf(bench, stack.refresh),
    };
  });
}

async function callsOf({ emulator }: Bench, command: Stack["run"]): Promise<number> {
  await emulator.control.forgetCalls();
  await succeed(command(["--expect-no-changes"]));
  return (await emulator.control.calls()).total;
}
