import { readdir, readFile, readlink } from "node:fs/promises";

/**
 * The largest resident set that the provider process of the program in this folder reached during some work, in MB;
 * not a number where the system does not tell.
 */
export async function providerMemory(program: string, work: Promise<unknown>): Promise<number> {
  let peak = 0;
  const look = async (): Promise<void> => void (peak = Math.max(peak, ...(await providerSizes(program))));
  const timer = setInterval(() => void look(), 250);
  await work.finally(() => clearInterval(timer));
  return peak || NaN;
}

/** The largest resident set so far of each provider process that runs in this folder, in MB, read from /proc. */
export async function providerSizes(program: string): Promise<number[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  // A process may end while it is looked at.
  return (await Promise.all(pids.map((pid) => sizeOf(pid, program).catch(() => [])))).flat();
}

async function sizeOf(pid: string, program: string): Promise<number[]> {
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8");
  const isProvider = /cmd\/dynamic-provider|pulumi-resource-alicloud-users/.test(command);
  if (!isProvider || (await readlink(`/proc/${pid}/cwd`)) !== program) return [];
  const [, kibibytes] = /VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, "utf8")) ?? [];
  return [(Number(kibibytes) * 1024) / 1e6];
}
