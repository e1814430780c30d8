import type { Values } from "../core/wire";
import { packHidden, unpackHidden } from "../core/state";

/** The hidden inputs among these values that inputs and outputs keep; Pulumi's process adds the provider itself. */
export function passedOn(values: Values): Values {
  const { urn, ignored, replaced, secret, transformed, declaredCount } = unpackHidden(values);
  return packHidden({ urn, ignored, replaced, secret, transformed, declaredCount });
}
