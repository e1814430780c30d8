import type { Checked } from "../core/check";
import type { Directory } from "../core/directory";
import type { Resource, Wire } from "../core/resource";
import { isUnknown } from "../core/unknown";

/**
 * Judges declared values, and once more with the answer of the resource's fact call, where its rules need one: only
 * when all else is right, and not while a value in the question is unknown.
 */
export async function checkWithFact(
  resource: Resource,
  judge: (fact?: Wire) => Checked,
  directory: (inputs: Checked["inputs"]) => Directory,
): Promise<Checked> {
  const first = judge();
  const call = first.failures.length === 0 ? resource.fact?.(first.inputs) : undefined;
  if (!call || isUnknown(call)) return first;
  return judge(await directory(first.inputs).ask(call));
}
