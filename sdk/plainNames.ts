import { secretNames } from "../provider/core/resource";
import { isPlain } from "./isPlain";
import { hasTransforms, registered } from "./mayBeTransformed";
import type { DeclaredUser } from "./registration";

/**
 * The arguments of a user that are certainly not secret: no outputs, no secrets by their nature or by an option. None
 * where a transform that the engine calls may make a secret of any, which is known of a component once it is registered.
 */
export function plainNames({ resource, args, opts }: DeclaredUser): string[] | Promise<string[]> {
  const secrets = secretNames(resource, opts.additionalSecretOutputs);
  const names = Object.keys(args).filter((name) => isPlain(args[name]) && !secrets.includes(name));
  const plain = (): string[] => (hasTransforms(opts) ? [] : names);
  return opts.parent ? registered(opts.parent).then(plain) : plain();
}
