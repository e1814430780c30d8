import { readdirSync, readFileSync } from "node:fs";

/** A running process: its id, its parent's, and its command line. */
export interface RunningProcess {
  pid: number;
  parent: number;
  command: string;
}

/** The processes that a process has started, and those that they have started. Linux only. */
export function descendantsOf(pid: number): RunningProcess[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(processOf);
  const below = (parent: number): RunningProcess[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
}

/** Whether the process is a provider of this package: Pulumi's dynamic-provider process, or the plugin. */
export function isProvider({ command }: RunningProcess): boolean {
  return /node\b.*(dynamic-provider|plugin[\\/]provider|pulumi-resource-alicloud-users)/.test(command);
}

/** Ends a process at once, if it still runs. */
export function killAtOnce(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

function processOf(name: string): RunningProcess[] {
  try {
    const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1];
    const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
    return [{ pid: Number(name), parent: Number(parent), command }];
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
