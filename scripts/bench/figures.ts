import type { Outcome, Stack } from "../stack";
import { createStack } from "../stack";
import type { EmulatorProcess } from "./emulatorProcess";
import { floor, users } from "./programs";
import { withProviderMemory } from "./providerMemory";
import type { Figure } from "./report";
import { seed, seedState } from "./seed";

/** What every measurement works with. */
export interface Bench {
  emulator: EmulatorProcess;
  full: boolean;
  progress: (line: string) => void;
}

const latencyMs = 20;

/** Calls of a plain preview and of a refresh, for more and more users of each kind. */
export async function callFigures(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of ["Ram", "Bastionhost", "Eiam"] as const) {
    const most = kind === "Ram" ? 2 : 12;
    for (const count of bench.full ? [10, 100, 1000, 10_000] : [10, 100, 1000]) {
      bench.progress(`calls: ${count} ${kind} users`);
      await onStack(bench, async (stack) => {
        await seed({ stack, control: bench.emulator.control }, kind, count);
        const bound = count === 1000 ? { atMost: most } : count === 10_000 ? { atMost: 10 * most } : {};
        const preview = await callsOf(bench, () => quiet(stack.preview(["--expect-no-changes"])));
        const refresh = await callsOf(bench, () => quiet(stack.refresh(["--expect-no-changes"])));
        figures.push({
          name: `calls of a preview, ${count} ${kind} users`,
          value: preview,
          unit: "calls",
          ...bound,
        });
        figures.push({ name: `calls of a refresh, ${count} ${kind} users`, value: refresh, unit: "calls" });
      });
    }
  }
  bench.progress("calls: 3 of 5000 Ram users");
  await onStack(bench, async (stack) => {
    await seed({ stack, control: bench.emulator.control }, "Ram", 3, 4997);
    const value = await callsOf(bench, () => quiet(stack.preview(["--expect-no-changes"])));
    figures.push({ name: "calls of a preview, 3 of 5000 Ram users", value, unit: "calls", atMost: 3 });
  });
  return figures;
}

/** Wall time of a preview and of an `up` beside the same program with a provider that does nothing, in turn. */
export async function wallFigures(bench: Bench): Promise<Figure[]> {
  const count = 1000;
  const { control } = bench.emulator;
  return onStack(bench, (ours) =>
    onStack(bench, async (theirs) => {
      await seed({ stack: ours, control }, "Ram", count);
      await seedState(theirs, floor("Ram", 1), floor("Ram", count), count, (index) => `user-${index}`);
      await control.settings({ latencyMs });
      bench.progress(`wall: preview of ${count} users against the floor, in turn`);
      const previews = await inTurn(
        3,
        () => quiet(ours.preview()),
        () => quiet(theirs.preview()),
      );
      const { peakMiB } = await withProviderMemory(quiet(ours.preview()));
      const bytes = await bytesOfState(ours, count);
      return [
        ratio(`preview of ${count} Ram users against the floor, API of ${latencyMs} ms`, previews, 1.1),
        {
          name: `provider process, preview of ${count} Ram users`,
          value: peakMiB ?? 0,
          unit: "MiB",
          atMost: 200,
        },
        { name: "state for a Ram user with six attributes", value: bytes, unit: "bytes", atMost: 1800 },
        ...(await upFigures(bench, count)),
      ];
    }),
  );
}

async function upFigures(bench: Bench, count: number): Promise<Figure[]> {
  const { control } = bench.emulator;
  const walls = { ours: [] as number[], theirs: [] as number[] };
  let reads = 0;
  for (let round = 0; round < (bench.full ? 2 : 1); round++) {
    bench.progress(`wall: up that creates ${count} users against the floor (some minutes)`);
    await control.reset();
    await control.settings({ latencyMs, userQuota: {} });
    await onStack(bench, async (stack) => {
      await stack.writeProgram(users("Ram", count));
      walls.ours.push(await seconds(() => quiet(stack.up())));
      const { byAction } = await control.calls();
      reads = Object.entries(byAction).reduce(
        (sum, [action, times]) => (/\.(Get|List)/.test(action) ? sum + times : sum),
        0,
      );
    });
    await onStack(bench, async (stack) => {
      await stack.writeProgram(floor("Ram", count));
      walls.theirs.push(await seconds(() => quiet(stack.up())));
    });
  }
  return [
    { name: `reads in an up that creates ${count} Ram users`, value: reads, unit: "calls", atMost: 20 },
    ratio(`up that creates ${count} Ram users against the floor, API of ${latencyMs} ms`, walls, 1.25),
  ];
}

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

/** The provider at 10,000 users: memory, calls, time. */
export async function scaleFigures(bench: Bench): Promise<Figure[]> {
  const count = 10_000;
  bench.progress(`scale: preview of ${count} users (some minutes)`);
  return onStack(bench, async (stack) => {
    await seed({ stack, control: bench.emulator.control }, "Ram", count);
    const began = Date.now();
    const { peakMiB } = await withProviderMemory(quiet(stack.preview()));
    return [
      {
        name: `provider process, preview of ${count} Ram users`,
        value: peakMiB ?? 0,
        unit: "MiB",
        atMost: 200,
      },
      { name: `preview of ${count} Ram users`, value: (Date.now() - began) / 1000, unit: "s" },
    ];
  });
}

async function onStack<T>(bench: Bench, work: (stack: Stack) => Promise<T>): Promise<T> {
  const stack = await createStack({ source: "", env: bench.emulator.env, timeoutMs: 30 * 60_000 });
  try {
    return await work(stack);
  } finally {
    await stack.remove();
  }
}

async function callsOf({ emulator }: Bench, work: () => Promise<unknown>): Promise<number> {
  await emulator.control.forgetCalls();
  await work();
  return (await emulator.control.calls()).total;
}

async function quiet(command: Promise<Outcome>): Promise<Outcome> {
  const outcome = await command;
  if (outcome.exitCode !== 0)
    throw new Error(`A command of the CLI failed:\n${outcome.stdout.slice(-2000)}${outcome.stderr}`);
  return outcome;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function inTurn(rounds: number, a: () => Promise<unknown>, b: () => Promise<unknown>) {
  const walls = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    walls.ours.push(await seconds(a));
    walls.theirs.push(await seconds(b));
  }
  return walls;
}

/** The median of the ratios round by round, so that a machine that slows down slows both. */
export function ratio(
  name: string,
  { ours, theirs }: { ours: number[]; theirs: number[] },
  atMost: number,
): Figure {
  const ratios = ours.map((wall, round) => wall / (theirs[round] as number)).sort((a, b) => a - b);
  const list = (walls: number[]) => walls.map((wall) => wall.toFixed(1)).join(", ");
  const detail = `${list(ours)} s beside ${list(theirs)} s`;
  return { name, value: ratios[Math.floor(ratios.length / 2)] as number, unit: "", atMost, detail };
}

async function bytesOfState(stack: Stack, count: number): Promise<number> {
  const { deployment } = await stack.state();
  const own = (deployment.resources ?? []).filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/"));
  return JSON.stringify(own).length / count;
}
