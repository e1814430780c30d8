type Cleanup = () => void | Promise<void>;

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const cleanups = new Set<Cleanup>();

/** Runs the work; should the process be interrupted meanwhile, it cleans up before it ends. */
export async function withCleanup<T>(cleanup: Cleanup, work: () => Promise<T>): Promise<T> {
  if (cleanups.size === 0) for (const signal of signals) process.on(signal, endCleanly);
  cleanups.add(cleanup);
  try {
    return await work();
  } finally {
    cleanups.delete(cleanup);
    if (cleanups.size === 0) for (const signal of signals) process.off(signal, endCleanly);
  }
}

/** The newest first: a process is ended before the folder it writes to is removed. */
async function cleanUp(): Promise<void> {
  for (const cleanup of [...cleanups].reverse()) await cleanup();
}

function endCleanly(signal: (typeof signals)[number]): void {
  for (const other of signals) process.off(other, endCleanly);
  process.exitCode = exitCodes[signal];
  void cleanUp().finally(() => process.exit());
}
