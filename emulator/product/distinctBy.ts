import type { z } from "zod";

/** A zod refinement that refuses two rows with the same value of one of these names. */
export function distinctBy<Name extends string>(...names: Name[]) {
  return (rows: readonly Record<Name, string>[], context: z.RefinementCtx): void => {
    for (const name of names) {
      const at = secondOfTwo(rows.map((row) => row[name]));
      if (at >= 0) context.addIssue({ code: "custom", path: [at, name], message: "it occurs twice" });
    }
  };
}

function secondOfTwo(values: readonly string[]): number {
  const seen = new Set<string>();
  return values.findIndex((value) => seen.size === seen.add(value).size);
}
