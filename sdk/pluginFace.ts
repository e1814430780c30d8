import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "../provider/core/resource";
import type { UserOf, WhichAllOf, WhichOf } from "./lookUp";
import { hintAtPlugin } from "./hintAtPlugin";
import { tokenOf } from "./packageName";
import type { Face, Inputs } from "./userResource";

const manifest = JSON.parse(readFileSync(require.resolve("pulumi-alicloud-users/package.json"), "utf8")) as {
  version: string;
  repository: { url: string };
};

/** The release of the plugin that the engine is to start, and where it may download that. */
export const release = {
  version: manifest.version,
  pluginDownloadURL: manifest.repository.url.replace(
    /^git\+https:\/\/github\.com\/(.+)\.git$/,
    "github://api.github.com/$1",
  ),
};

/** Users as resources of the plugin, to which the engine says all there is to know. */
export const pluginFace: Face = {
  typeOf: ({ type }) => tokenOf(type),
  opts: release,
  prepare: hintAtPlugin,
};

/** The four look-ups of a kind of user, for promises and for outputs; asked of the plugin, and so of its provider's account. */
export function pluginLookUpsOf<R>(definition: R) {
  const { type } = definition as unknown as Resource;
  const call = (name: string, args: object, opts: pulumi.InvokeOptions): Promise<never> => {
    hintAtPlugin();
    return pulumi.runtime.invoke(tokenOf(name), args as pulumi.Inputs, {
      ...release,
      ...opts,
    }) as Promise<never>;
  };
  const one = (args: WhichOf<R>, opts: pulumi.InvokeOptions = {}): Promise<UserOf<R>> =>
    call(`get${type}`, args as object, opts);
  const many = async (args: WhichAllOf<R>, opts: pulumi.InvokeOptions = {}): Promise<UserOf<R>[]> =>
    ((await call(`get${type}s`, args as object, opts)) as { users: UserOf<R>[] }).users;
  // Unlike an `apply`, it waits for users that are yet to be made, also where the arguments are known before.
  const output = <T>(name: string, args: unknown, opts: pulumi.InvokeOutputOptions): pulumi.Output<T> =>
    pulumi.runtime.invokeOutput<T>(tokenOf(name), args as pulumi.Inputs, { ...release, ...opts });
  return {
    one,
    many,
    oneOutput: (args: Inputs<WhichOf<R>>, opts: pulumi.InvokeOutputOptions = {}) =>
      output<UserOf<R>>(`get${type}`, args, opts),
    manyOutput: (args: Inputs<WhichAllOf<R>>, opts: pulumi.InvokeOutputOptions = {}) =>
      output<{ users: UserOf<R>[] }>(`get${type}s`, args, opts).apply(
        ({ users }) => users,
      ) as unknown as pulumi.Output<UserOf<R>[]>,
  };
}
