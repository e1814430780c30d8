import type { Stack } from "../../tests/support/stack";
import { type Bench, onStack } from "./onStack";
import { floor, type Frontend, withoutTraces } from "./programs";
import { providerMemory } from "./providerMemory";
import { ratio } from "./ratio";
import type { Figure } from "./report";
import { seed, seedState } from "./seed";
import { succeed } from "./succeed";

const count = 10_000;

/**
 * The provider at 10,000 users, as dynamic resources and as those of the plugin: memory and time, beside the same program
 * with a provider that does nothing, which is spared the SDK's traces as ours are.
 */
export async function scaleFigures(bench: Bench): Promise<Figure[]> {
  const dynamic = await previewOf(bench, "dynamic");
  const plugin = await previewOf(bench, "plugin");
  const nothing = await floorPreview(bench);
  return [...besideFloor(dynamic, nothing, "", 1.25), ...besideFloor(plugin, nothing, ", plugin", 1.4)];
}

/** What a preview took: seconds, and megabytes of the provider's process. */
interface Preview {
  took: number;
  memory: number;
}

function besideFloor(ours: Preview, nothing: Preview, through: string, atMost: number): Figure[] {
  const walls = { ours: [ours.took], theirs: [nothing.took] };
  const of = `${count} Ram users`;
  return [
    {
      name: `memory of the provider process, preview of ${of}, against the floor${through}`,
      value: ours.memory / nothing.memory,
      unit: "",
      atMost: 1.35,
      detail: `${ours.memory.toFixed(0)} MB beside ${nothing.memory.toFixed(0)} MB`,
    },
    ratio(`preview of ${of} against the floor${through}`, walls, atMost),
  ];
}

async function previewOf(bench: Bench, frontend: Frontend): Promise<Preview> {
  bench.progress(`scale: preview of ${count} users (some minutes), ${frontend}`);
  return onStack(bench, async (stack) => {
    await seed({ stack, control: bench.emulator.control }, "Ram", count, { frontend });
    return measure(stack);
  });
}

async function floorPreview(bench: Bench): Promise<Preview> {
  bench.progress("scale: the same with a provider that does nothing (some minutes)");
  const program = (many: number) => withoutTraces(floor("Ram", many));
  return onStack(bench, async (stack) => {
    await seedState(stack, program(1), program(count), count, (index) => `user-${index}`);
    return measure(stack);
  });
}

async function measure(stack: Stack): Promise<Preview> {
  const began = performance.now();
  const memory = await providerMemory(stack.dir, succeed(stack.preview()));
  return { memory, took: (performance.now() - began) / 1000 };
}
