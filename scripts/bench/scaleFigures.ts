import type { Bench } from "./onStack";
import { onStack } from "./onStack";
import type { Frontend } from "./programs";
import { floor, withoutTraces } from "./programs";
import { providerMemory } from "./providerMemory";
import { ratio } from "./ratio";
import type { Figure } from "./report";
import { seconds } from "./seconds";
import { seed, seedState } from "./seed";
import { succeed } from "./succeed";

const count = 10_000;

/**
 * The provider at 10,000 users, as dynamic resources and as those of the plugin: memory and time. With `full` also beside
 * the same program with a provider that does nothing, which is spared the SDK's traces as ours are.
 */
export async function scaleFigures(bench: Bench): Promise<Figure[]> {
  const [ours, figures] = await previewOf(bench, "dynamic", "");
  const [, ofPlugin] = await previewOf(bench, "plugin", ", plugin");
  if (!bench.full) return [...figures, ...ofPlugin];
  const walls = { ours: [ours], theirs: [await floorPreview(bench)] };
  return [...figures, ...ofPlugin, ratio(`preview of ${count} Ram users against the floor`, walls)];
}

async function previewOf(
  bench: Bench,
  frontend: Frontend,
  through: string,
): Promise<[seconds: number, figures: Figure[]]> {
  bench.progress(`scale: preview of ${count} users (some minutes), ${frontend}`);
  return onStack(bench, async (stack) => {
    await seed({ stack, control: bench.emulator.control }, "Ram", count, { frontend });
    const began = performance.now();
    const value = await providerMemory(stack.dir, succeed(stack.preview()));
    const took = (performance.now() - began) / 1000;
    return [
      took,
      [
        { name: `provider process, preview of ${count} Ram users${through}`, value, unit: "MB", atMost: 200 },
        { name: `preview of ${count} Ram users${through}`, value: took, unit: "s" },
      ],
    ];
  });
}

async function floorPreview(bench: Bench): Promise<number> {
  bench.progress(`scale: the same with a provider that does nothing (some minutes)`);
  const program = (many: number) => withoutTraces(floor("Ram", many));
  return onStack(bench, async (stack) => {
    await seedState(stack, program(1), program(count), count, (index) => `user-${index}`);
    return seconds(stack.preview());
  });
}
