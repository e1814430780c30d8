import { secretNames } from "../provider/core/resource";
import { isPlain } from "./isPlain";
import { hasTransforms } from "./mayBeTransformed";
import type { DeclaredUser } from "./registration";

/**
 * The arguments of a user that are certainly not secret: no outputs, no secrets by their nature or by an option. None
 * where a transform that the engine calls, of a component perhaps, may make a secret of any.
 */
export function plainNames({ resource, args, opts }: DeclaredUser): string[] {
  if (opts.parent || hasTransforms(opts)) return [];
  const secrets = secretNames(resource, opts.additionalSecretOutputs);
  return Object.keys(args).filter((name) => isPlain(args[name]) && !secrets.includes(name));
}
