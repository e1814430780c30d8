import type { Outcome, Stack } from "../../tests/support/stack";
import { type Bench, latencyMs, onStack } from "./onStack";
import { floor, oneGetEach, users } from "./programs";
import { ratio, type Walls } from "./ratio";
import type { Figure } from "./report";
import { isUser, seed, seedState } from "./seed";
import { seconds } from "./seconds";

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
      bench.progress(`wall: preview of ${count} users against one Get for each`);
      await theirs.writeProgram(oneGetEach(count, bench.emulator.url));
      const gets = await inTurn(1, [ours, theirs], (stack) => stack.preview());
      return [
        ratio(`preview of ${count} Ram users against the floor, API of ${latencyMs} ms`, previews, 1.1),
        ratio(`refresh of ${count} Ram users against the floor, API of ${latencyMs} ms`, refreshes),
        ratio(`preview of ${count} Ram users against one Get for each, API of ${latencyMs} ms`, gets),
        { name: "state for a Ram user with six attributes", value: bytes, unit: "bytes", atMost: 1800 },
        ...(await upFigures(bench, count)),
      ];
    }),
  );
}

/** The same for a preview through the plugin, whose floor is that of dynamic resources. */
export async function pluginWallFigures(bench: Bench): Promise<Figure[]> {
  const count = 1000;
  const { control } = bench.emulator;
  return onStack(bench, (ours) =>
    onStack(bench, async (theirs) => {
      await seed({ stack: ours, control }, "Ram", count, { frontend: "plugin" });
      await seedState(theirs, floor("Ram", 1), floor("Ram", count), count, (index) => `user-${index}`);
      await control.settings({ latencyMs });
      bench.progress(`wall: preview of ${count} users through the plugin against the floor, in turn`);
      const bytes = await bytesOfState(ours, count);
      const previews = await inTurn(3, [ours, theirs], (stack) => stack.preview());
      const whose = `${count} Ram users, plugin,`;
      return [
        ratio(`preview of ${whose} against the floor, API of ${latencyMs} ms`, previews, 1.25),
        {
          name: "state for a Ram user with six attributes, plugin",
          value: bytes,
          unit: "bytes",
          atMost: 1800,
        },
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

/** Seconds of a command on two stacks, in turn. */
export async function inTurn(
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
  const own = (deployment.resources ?? []).filter(isUser);
  return JSON.stringify(own).length / count;
}
