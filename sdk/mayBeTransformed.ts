import type * as pulumi from "@pulumi/pulumi";
import * as state from "@pulumi/pulumi/runtime/state";
import type { DeclaredUser } from "./registration";

/** Where the SDK keeps the server by which the engine calls the program's transforms; it is private. */
const { getStore } = state as unknown as { getStore?(): { callbacks?: unknown } };

/**
 * Whether transforms that the engine calls may change a user once its class has declared it, for example add a secret mark.
 * True where the program has any, as it is not known which resources they change.
 */
export function mayBeTransformed({ opts }: DeclaredUser): true | undefined | Promise<true | undefined> {
  if (hasTransforms(opts)) return true;
  return opts.parent && registered(opts.parent).then(() => hasTransforms(opts) || undefined);
}

/** Whether the user, or the program so far, has transforms that the engine calls. */
export function hasTransforms({ transforms }: pulumi.ResourceOptions): boolean {
  return Boolean(transforms?.length) || getStore === undefined || getStore().callbacks !== undefined;
}

/** Waits for the engine to know a component, and so the component's own transforms. */
export function registered(parent: pulumi.Resource): Promise<unknown> {
  return new Promise((resolve) => parent.urn.apply(resolve));
}
