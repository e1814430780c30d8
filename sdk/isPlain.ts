import * as pulumi from "@pulumi/pulumi";

/** Whether a value is known while the program runs: it neither is nor holds an output, a promise or a function. */
export function isPlain(value: unknown): boolean {
  if (typeof value === "function") return false;
  if (value === null || typeof value !== "object") return true;
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return false;
  return Object.values(value).every(isPlain);
}
