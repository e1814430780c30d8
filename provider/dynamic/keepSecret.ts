import { keysOf } from "../core/decode";
import { driftedKey, type StoredValues } from "../core/state";
import { isAbsent } from "../core/values";
import type { Values } from "../core/wire";
import { secretValue } from "../engine/secretValue";

/**
 * Marks in these inputs or outputs of a user what may be secret and what the engine cannot see to be so, for a user that
 * transforms of the engine may have changed: Pulumi's dynamic-provider process is not told of their marks. In an answer the
 * engine marks again what the state has a secret of the same name for. It has none for the declared values of what drifted,
 * and for what an earlier read found missing, wholly or a key of it, and now is there again.
 */
export function keepSecret(values: Values, before: StoredValues): Values {
  const regained = Object.keys(before.drifted).filter((name) => hasMore(before.values[name], values[name]));
  const open = [driftedKey, ...regained].filter((name) => values[name] !== undefined);
  return { ...values, ...Object.fromEntries(open.map((name) => [name, secretValue(values[name])])) };
}

function hasMore(before: unknown, now: unknown): boolean {
  if (isAbsent(before)) return !isAbsent(now);
  const keys = keysOf(before);
  return keysOf(now).some((key) => !keys.includes(key));
}
