import type { Bench } from "./onStack";
import { onStack } from "./onStack";
import type { Frontend } from "./programs";
import { providerMemory } from "./providerMemory";
import type { Figure } from "./report";
import { seed } from "./seed";
import { succeed } from "./succeed";

/** The provider at 10,000 users, as dynamic resources and as those of the plugin: memory and time. */
export async function scaleFigures(bench: Bench): Promise<Figure[]> {
  return [...(await previewOf(bench, "dynamic", "")), ...(await previewOf(bench, "plugin", ", plugin"))];
}

async function previewOf(bench: Bench, frontend: Frontend, through: string): Promise<Figure[]> {
  const count = 10_000;
  bench.progress(`scale: preview of ${count} users (some minutes), ${frontend}`);
  return onStack(bench, async (stack) => {
    await seed({ stack, control: bench.emulator.control }, "Ram", count, { frontend });
    const began = Date.now();
    const value = await providerMemory(stack.dir, succeed(stack.preview()));
    return [
      { name: `provider process, preview of ${count} Ram users${through}`, value, unit: "MB", atMost: 200 },
      { name: `preview of ${count} Ram users${through}`, value: (Date.now() - began) / 1000, unit: "s" },
    ];
  });
}
