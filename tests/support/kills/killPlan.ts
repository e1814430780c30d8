import type { Kill } from "./killDuring";
import type { Frontend } from "./killedProgram";
import { seededRandom } from "./random";

/** The commands that are killed, in the order in which a stack goes through them. */
export const commands = ["create", "update", "refresh", "destroy"] as const;
export type Command = (typeof commands)[number];

/** The kills of one stack, in order. */
export interface StackPlan {
  frontend: Frontend;
  /** Whether the engine writes the state at every step, and not only at the end of a run. */
  hasCheckpoints: boolean;
  kills: { command: Command; kill: Kill }[];
}

/** Calls that each command certainly makes for 30 users. */
const callsOf: Readonly<Record<Command, number>> = { create: 30, update: 40, refresh: 5, destroy: 30 };

/**
 * So many kills at random moments, which the seed decides; every stack goes through the commands from its creation on. Every
 * third stack, from the second on, has no checkpoints.
 */
export function killPlan(kills: number, seed: number): StackPlan[] {
  const random = seededRandom(seed);
  const frontends: readonly Frontend[] = ["dynamic resources", "the plugin"];
  const stacks: StackPlan[] = [];
  for (let number = 0; number < kills; number++) {
    const command = commands[number % commands.length] as Command;
    if (command === "create") {
      const frontend = frontends[stacks.length % frontends.length] as Frontend;
      stacks.push({ frontend, hasCheckpoints: stacks.length % 3 !== 1, kills: [] });
    }
    const victim = random() < 0.5 ? "CLI" : "provider";
    const kill = { victim, call: Math.floor(random() * callsOf[command]) } as const;
    stacks.at(-1)?.kills.push({ command, kill });
  }
  return stacks;
}
