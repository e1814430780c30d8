/*
 * The end of a run: a provider process ends when its standard input closes; the engine holds the other end. A killed CLI
 * therefore leaves nothing running. Ctrl-C reaches the plugin as Cancel, which ends the calls that wait for the API's rate.
 * Pulumi's dynamic-provider process does not pass Cancel on, so the engine waits for the calls that it asked for; a second
 * Ctrl-C ends both.
 */
import { fstatSync } from "node:fs";

/**
 * Calls `end` when the engine that started this process has ended, in whatever way. The engine holds the other end of the
 * standard input, a pipe that closes even when the engine is killed. Where it is no pipe, nothing is watched.
 */
export function endWithEngine(end: () => void): void {
  if (isPipe(process.stdin.fd)) process.stdin.once("end", end).once("error", end).resume();
}

function isPipe(descriptor: number): boolean {
  const stats = fstatSync(descriptor);
  return stats.isFIFO() || stats.isSocket();
}
