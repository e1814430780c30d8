import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EmulatorControl } from "../../../emulator";
import type { Stack } from "../stack";
import { programs } from "../../../scripts/toolchain/place";
import { findToolchain } from "../../../scripts/toolchain/toolchain";
import { descendantsOf, isProvider, killAtOnce } from "./processTree";

/** What is killed, and when. */
export interface Kill {
  victim: "CLI" | "provider";
  /** The call of the API that is under way at that moment, counted from 0. */
  call: number;
}

const pollMs = 10;
/** How long the answer of that call is held back, so that the kill hits it. */
const heldMs = 2000;

/** Runs a command of the CLI and kills the victim in the middle; false where the command ended before that call. */
export async function killDuring(
  { env, dir }: Stack,
  args: readonly string[],
  control: EmulatorControl,
  { victim, call }: Kill,
): Promise<boolean> {
  const toolchain = await findToolchain();
  const cli = path.join(toolchain?.binDir ?? "", programs.cli);
  await control.fault({ kind: "delay", delayMs: heldMs, skip: call });
  const child = spawn(cli, [...args, "--non-interactive"], { env, cwd: dir, stdio: "ignore" });
  const ended = once(child, "exit");
  const pid = child.pid as number;
  while ((await control.faults()).length > 0 && child.exitCode === null) await sleep(pollMs);
  await control.clearFaults();
  const isRunning = child.exitCode === null;
  const started = descendantsOf(pid);
  if (isRunning && victim === "CLI") killAtOnce(pid);
  if (isRunning && victim === "provider") started.filter(isProvider).forEach((each) => killAtOnce(each.pid));
  await ended;
  // What a killed CLI leaves behind may still send; the next run is to begin without it.
  started.forEach((each) => killAtOnce(each.pid));
  return isRunning;
}
