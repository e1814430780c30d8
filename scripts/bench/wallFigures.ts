import type { Outcome, Stack } from "../stack";
import type { Bench } from "./onStack";
import { latencyMs, onStack } from "./onStack";
import { floor, users } from "./programs";
import type { Walls } from "./ratio";
import { ratio } from "./ratio";
import type { Figure } from "./report";
import { seed, seedState } from "./seed";
import { succeed } from "./succeed";

/** Wall time of preview, refresh and `up` beside the same program with a provider that does nothing, in turn. */
export async function wallFigures(bench: Bench): Promise<Figure[]> {
  const count = 1000;
  const { control } = bench.emulator;
  return onStack(bench, (ours) =>
    onStack(bench, async (theirs) => {
      await seed({ stack: ours, control }, "Ram", count);
      await seedState(theirs, floor("Ram", 1), floor("Ram", count), count, (index) => `user-${index}`);
      await control.settings({ latencyMs });
      bench.progress(`wall: preview and refresh of ${count} users against the floor, in turn`);
      const previews = await inTurn(3, [ours, theirs], (stack) => stack.preview());
      // A refresh rewrites the state, and without the source positions.
      const bytes = await bytesOfState(ours, count);
      const refreshes = await inTurn(bench.full ? 3 : 1, [ours, theirs], (stack) => stack.refresh());
      return [
        ratio(`preview of ${count} Ram users against the floor, API of ${latencyMs} ms`, previews, 1.1),
        ratio(`refresh of ${count} Ram users against the floor, API of ${latencyMs} ms`, refreshes),
        { name: "state for a Ram user with six attributes", value: bytes, unit: "bytes", atMost: 1800 },
        ...(await upFigures(bench, count)),
      ];
    }),
  );
}

async function upFigures(bench: Bench, count: number): Promise<Figure[]> {
  const { control } = bench.emulator;
  const walls: Walls = { ours: [], theirs: [] };
  let reads = 0;
  for (let round = 0; round < (bench.full ? 2 : 1); round++) {
    bench.progress(`wall: up that creates ${count} users against the floor (some minutes)`);
    await control.reset();
    await control.settings({ latencyMs, userQuota: {} });
    await onStack(bench, async (stack) => {
      await stack.writeProgram(users("Ram", count));
      walls.ours.push(await seconds(stack.up()));
      const { byAction } = await control.calls();
      reads = Object.entries(byAction).reduce(
        (sum, [action, times]) => (/\.(Get|List)/.test(action) ? sum + times : sum),
        0,
      );
    });
    await onStack(bench, async (stack) => {
      await stack.writeProgram(floor("Ram", count));
      walls.theirs.push(await seconds(stack.up()));
    });
  }
  return [
    { name: `reads in an up that creates ${count} Ram users`, value: reads, unit: "calls", atMost: 20 },
    ratio(`up that creates ${count} Ram users against the floor, API of ${latencyMs} ms`, walls, 1.25),
  ];
}

async function seconds(command: Promise<Outcome>): Promise<number> {
  const began = performance.now();
  await succeed(command);
  return (performance.now() - began) / 1000;
}

async function inTurn(
  rounds: number,
  [ours, theirs]: [Stack, Stack],
  command: (stack: Stack) => Promise<Outcome>,
): Promise<Walls> {
  const walls: Walls = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    walls.ours.push(await seconds(command(ours)));
    walls.theirs.push(await seconds(command(theirs)));
  }
  return walls;
}

async function bytesOfState(stack: Stack, count: number): Promise<number> {
  const { deployment } = await stack.state();
  const own = (deployment.resources ?? []).filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/"));
  return JSON.stringify(own).length / count;
}
