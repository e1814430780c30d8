import * as pulumi from "@pulumi/pulumi";
import { roundDown } from "../provider/core/directory";
import type { Resource } from "../provider/core/resource";
import { scopeOf } from "../provider/core/resource";
import { packHidden } from "../provider/core/state";
import type { Face } from "./userResource";

const typeOf = ({ type }: Resource): string => `pulumi-nodejs:dynamic/alicloud-users:${type}`;

/** Users as dynamic resources: they carry their provider, and what its process has to know. */
export const dynamicFace: Face = {
  typeOf,
  hidden: (name, resource, args, opts) => ({
    ...steering(name, resource, directoryOf(resource, args), opts),
    ...packHidden({ secret: secretNames(args, opts) }),
  }),
};

/** What the provider's process needs to know and the engine does not tell it. */
function steering(
  name: string,
  resource: Resource,
  directory: string,
  { id, parent, ignoreChanges, replaceOnChanges }: pulumi.CustomResourceOptions,
): Record<string, unknown> {
  const told = id === undefined ? { declaredCount: declaredTogether(directory) } : { whole: true };
  return packHidden({
    // One line that loads the installed package: the same in every release, so that the state never holds old code.
    provider: `exports.handler=()=>require("pulumi-alicloud-users/dynamic").providers.${resource.type}`,
    urn: withoutDependencies(pulumi.createUrn(name, typeOf(resource), parent)),
    ...told,
    ignored: ignoreChanges?.length ? ignoreChanges : undefined,
    replaced: replaceOnChanges?.length ? replaceOnChanges : undefined,
  });
}

/** The value alone: an output would make a child depend on its component, hence on all children of it, which would wait for one another. */
function withoutDependencies<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply((value) => resolve(value as T)));
}

/** The names of the values that the program keeps secret; the provider is handed them in plain and must not show them. */
async function secretNames(
  args: Record<string, unknown>,
  { additionalSecretOutputs = [] }: pulumi.CustomResourceOptions,
): Promise<string[] | undefined> {
  const found = Object.entries(args).map(async ([name, value]) =>
    (await pulumi.isSecret(pulumi.output(value))) ? [name] : [],
  );
  const names = [...additionalSecretOutputs, ...(await Promise.all(found)).flat()];
  return names.length === 0 ? undefined : names;
}

/** The directory that a user is declared in, as far as the program says it in plain words. */
function directoryOf(resource: Resource, args: Record<string, unknown>): string {
  const names = Object.values(scopeOf(resource, args)).map((value) =>
    typeof value === "string" ? value : "?",
  );
  return [resource.type, ...names].join(" ");
}

const declared = new Map<string, number>();

/**
 * How many users the program declares in the directory, told once it has run to its end: a power of two below the
 * number, so that one user more rarely changes the state of all.
 */
function declaredTogether(directory: string): Promise<number> {
  declared.set(directory, (declared.get(directory) ?? 0) + 1);
  return new Promise((resolve) => setImmediate(() => resolve(roundDown(declared.get(directory) as number))));
}
