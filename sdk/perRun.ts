import { runtime } from "@pulumi/pulumi";

/**
 * Returns a function that gives the running program's own value, made at its first use. A process that runs several
 * programs or one program several times, as the Automation API does, has one value for each run: each has a monitor of its own.
 */
export function perRun<T>(make: () => T): () => T {
  const values = new WeakMap<object, T>();
  const outsideOfRuns = {};
  return () => {
    const run = (runtime.getMonitor() as object | undefined) ?? outsideOfRuns;
    if (!values.has(run)) values.set(run, make());
    return values.get(run) as T;
  };
}
