import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "../provider/core/resource";
import { packHidden } from "../provider/core/state";
import { countDeclared } from "./countDeclared";
import { namesAhead } from "./namesAhead";
import type { DeclaredUser, Registration } from "./userClass";

const typeOf = ({ type }: Resource): string => `pulumi-nodejs:dynamic/alicloud-users:${type}`;

/** Users as dynamic resources. Their hidden inputs tell the provider's process what the engine does not pass on. */
export const dynamicRegistration: Registration = {
  typeOf,
  hiddenInputs: (user) => {
    const { name, resource, args, opts } = user;
    const { id, parent, ignoreChanges, replaceOnChanges } = opts;
    return packHidden({
      // One line that loads the installed package: the same in every release, so that the state never holds old code.
      provider: `exports.handler=()=>require("pulumi-alicloud-users/dynamic").providers.${resource.type}`,
      urn: withoutDependencies(pulumi.createUrn(name, typeOf(resource), parent)),
      ...(id === undefined
        ? { declaredCount: countDeclared(resource, args), next: namesAhead(user) }
        : { whole: true }),
      ignored: ignoreChanges?.length ? ignoreChanges : undefined,
      replaced: replaceOnChanges?.length ? replaceOnChanges : undefined,
      secret: secretNames(user),
    });
  },
};

/** The value alone. An output would make a child depend on its component and so on all children, which would wait for one another. */
function withoutDependencies<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply((value) => resolve(value as T)));
}

/** The names of the values that the program keeps secret; the provider receives the values without that mark. */
async function secretNames({ args, opts }: DeclaredUser): Promise<string[] | undefined> {
  const found = Object.entries(args).map(async ([name, value]) =>
    (await pulumi.isSecret(pulumi.output(value))) ? [name] : [],
  );
  const names = [...(opts.additionalSecretOutputs ?? []), ...(await Promise.all(found)).flat()];
  return names.length === 0 ? undefined : names;
}
