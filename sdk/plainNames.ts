import * as pulumi from "@pulumi/pulumi";
import * as state from "@pulumi/pulumi/runtime/state";
import { secretNames } from "../provider/core/resource";
import { isPlain } from "./isPlain";
import type { DeclaredUser } from "./userClass";

/** Where the SDK keeps the server by which the engine calls the program's transforms; it is private. */
const { getStore } = state as unknown as { getStore?(): { callbacks?: unknown } };

/**
 * The arguments of a user that are certainly not secret: no outputs, no secrets by their nature or by an option. None
 * where a transformation, of a component perhaps, may make a secret of any.
 */
export function plainNames({ resource, args, opts }: DeclaredUser): string[] {
  if (opts.parent || mayBeTransformed(opts)) return [];
  const secrets = secretNames(resource, opts.additionalSecretOutputs);
  return Object.keys(args).filter((name) => isPlain(args[name]) && !secrets.includes(name));
}

function mayBeTransformed({ transforms, transformations }: pulumi.ResourceOptions): boolean {
  const stack = pulumi.runtime.getStackResource() as { __transformations?: unknown[] } | undefined;
  const given = [transforms, transformations, stack?.__transformations].some((each) => each?.length);
  return given || getStore === undefined || getStore().callbacks !== undefined;
}
