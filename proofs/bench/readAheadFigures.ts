import { type Bench, latencyMs, onStack } from "./onStack";
import type { Frontend } from "./programs";
import { ratio } from "./ratio";
import type { Figure } from "./report";
import { seed } from "./seed";
import { succeed } from "./succeed";
import { inTurn } from "./wallFigures";

const count = 1000;
const atMost = 1.6;

/** Previews of EIAM users with custom fields, which take a Get each, beside the same users without. */
export async function readAheadFigures(bench: Bench): Promise<Figure[]> {
  return [...(await figuresOf(bench, "dynamic", "")), ...(await figuresOf(bench, "plugin", ", plugin"))];
}

async function figuresOf(bench: Bench, frontend: Frontend, through: string): Promise<Figure[]> {
  const { control } = bench.emulator;
  bench.progress(
    `fields: preview of ${count} EIAM users with custom fields and without, in turn, ${frontend}`,
  );
  return onStack(bench, (ours) =>
    onStack(bench, async (theirs) => {
      await seed({ stack: theirs, control }, "Eiam", count, { frontend });
      // The users without custom fields are the same ones, and do not look at them.
      await seed({ stack: ours, control }, "EiamCustomFields", count, { frontend });
      await control.forgetCalls();
      await succeed(ours.preview(["--expect-no-changes"]));
      const { total } = await control.calls();
      await control.settings({ latencyMs });
      const walls = await inTurn(3, [ours, theirs], (stack) => stack.preview(["--expect-no-changes"]));
      const whose = `${count} EIAM users with custom fields${through}`;
      return [
        // A Get for each, and the list, which tells their ids.
        { name: `calls of a preview, ${whose}`, value: total, unit: "calls", atMost: count + count / 100 },
        ratio(`preview of ${whose}, against the same without, API of ${latencyMs} ms`, walls, atMost),
      ];
    }),
  );
}
