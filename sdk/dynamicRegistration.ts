import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "../provider/core/resource";
import { packHidden } from "../provider/core/state";
import { alsoWrong } from "./alsoWrong";
import { countAll, countDeclared } from "./countDeclared";
import { mayBeTransformed } from "./mayBeTransformed";
import { namesAhead } from "./namesAhead";
import { refuseDynamicOptions } from "./refuseOptions";
import { refuseUnloadable } from "./refuseUnloadable";
import type { DeclaredUser, Registration } from "./registration";

const typeOf = ({ type }: Resource): string => `pulumi-nodejs:dynamic/alicloud-users:${type}`;

/** Users as dynamic resources. Their hidden inputs tell the provider's process what the engine does not pass on. */
export const dynamicRegistration: Registration = {
  typeOf,
  refuse: (user) => {
    refuseDynamicOptions(user);
    refuseUnloadable(user);
  },
  hiddenInputs: (user) => {
    const { resource, args, opts } = user;
    const { id, ignoreChanges, replaceOnChanges } = opts;
    return packHidden({
      // One line that loads the installed package: the same in every release, so that the state never holds old code.
      provider: `exports.handler=()=>require("pulumi-alicloud-users/dynamic").providers.${resource.type}`,
      urn: urnOf(user),
      ...(id === undefined
        ? {
            declaredCount: countDeclared(resource, args),
            next: namesAhead(user),
            ...alsoWrong(user),
            total: countAll(dynamicRegistration),
            isPreview: pulumi.runtime.isDryRun() || undefined,
          }
        : { whole: true }),
      ignored: ignoreChanges?.length ? ignoreChanges : undefined,
      replaced: replaceOnChanges?.length ? replaceOnChanges : undefined,
      secret: secretNames(user),
      transformed: mayBeTransformed(user),
    });
  },
};

/** The URN of a user. Without a parent it is a text, which thousands of users get faster than an output each. */
function urnOf({ name, resource, opts: { parent } }: DeclaredUser): Promise<string> | string {
  if (parent) return withoutDependencies(pulumi.createUrn(name, typeOf(resource), parent));
  return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${typeOf(resource)}::${name}`;
}

/** The value alone. An output would make a child depend on its component and so on all children, which would wait for one another. */
function withoutDependencies<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply((value) => resolve(value as T)));
}

/** The names of the values that the program keeps secret; the provider receives the values without that mark. */
function secretNames({ args, opts }: DeclaredUser): Promise<string[] | undefined> | string[] | undefined {
  const named = opts.additionalSecretOutputs ?? [];
  // A text or a number is never secret; thousands of users are declared faster without an output for each.
  const objects = Object.entries(args).filter(([, value]) => typeof value === "object" && value !== null);
  if (objects.length === 0) return named.length === 0 ? undefined : named;
  return secretAmong(objects, named);
}

async function secretAmong(args: [string, unknown][], named: string[]): Promise<string[] | undefined> {
  const found = args.map(async ([name, value]) =>
    (await pulumi.isSecret(pulumi.output(value))) ? [name] : [],
  );
  const names = [...named, ...(await Promise.all(found)).flat()];
  return names.length === 0 ? undefined : names;
}
