import { readFile, readdir } from "node:fs/promises";

/**
 * Runs some work and tells the largest resident set that a dynamic-provider process reached meanwhile, in MiB; nothing
 * where the system does not tell (it is read from /proc).
 */
export async function withProviderMemory<T>(
  work: Promise<T>,
): Promise<{ result: T; peakMiB: number | undefined }> {
  let peak = 0;
  const timer = setInterval(() => void largest().then((size) => (peak = Math.max(peak, size))), 250);
  try {
    const result = await work;
    return { result, peakMiB: peak === 0 ? undefined : peak / 1024 };
  } finally {
    clearInterval(timer);
  }
}

async function largest(): Promise<number> {
  const entries = await readdir("/proc").catch(() => []);
  const sizes = await Promise.all(entries.filter((name) => /^\d+$/.test(name)).map(peakOf));
  return Math.max(0, ...sizes);
}

async function peakOf(pid: string): Promise<number> {
  try {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8");
    if (!command.includes("cmd/dynamic-provider")) return 0;
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
