import type { Outcome } from "../../scripts/toolchain/run";
import { succeed } from "./succeed";

/** How long a command takes that has to succeed. */
export async function seconds(command: Promise<Outcome>): Promise<number> {
  const began = performance.now();
  await succeed(command);
  return (performance.now() - began) / 1000;
}
