import { type Bench, latencyMs, onStack } from "./onStack";
import { type Frontend, users } from "./programs";
import { ratio } from "./ratio";
import type { Figure } from "./report";
import { seconds } from "./seconds";
import { succeed } from "./succeed";

const count = 1000;

/** Previews that create users, whose names are looked up in the account: the calls, and the time that the look-up takes. */
export async function creationFigures(bench: Bench): Promise<Figure[]> {
  return [
    ...(await figuresOf(bench, "dynamic", "", 1)),
    ...(await figuresOf(bench, "plugin", ", plugin", 4)),
  ];
}

/** The plugin is not told how many users there are: up to three Gets go out before that is seen. */
async function figuresOf(
  bench: Bench,
  frontend: Frontend,
  through: string,
  atMost: number,
): Promise<Figure[]> {
  const { control } = bench.emulator;
  bench.progress(
    `creation: preview that creates ${count} RAM users, with and without the look-up, ${frontend}`,
  );
  await control.reset();
  return onStack(
    bench,
    async (stack) => {
      const preview = () => stack.preview();
      await succeed(preview());
      const { total } = await control.calls();
      await control.settings({ latencyMs });
      const walls: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
      for (let round = 0; round < 5; round++) {
        walls.ours.push(await seconds(preview()));
        // An account that may not be read is not searched for names.
        await control.fault({ product: "Ram", kind: "denied", times: 1_000_000 });
        walls.theirs.push(await seconds(preview()));
        await control.clearFaults();
      }
      const whose = `${count} RAM users that are to be created${through}`;
      return [
        { name: `calls of a preview, ${whose}`, value: total, unit: "calls", atMost },
        ratio(
          `preview of ${whose}, against the same without the look-up, API of ${latencyMs} ms`,
          walls,
          1.1,
        ),
      ];
    },
    { source: users("Ram", count, "user", frontend) },
  );
}
