import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "../provider/core/resource";
import { hintAtPlugin } from "./hintAtPlugin";
import type { LookUpTypes } from "./lookUp";
import { tokenOf } from "./packageName";
import type { Face } from "./userResource";

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

/** The four look-ups of a resource, which the plugin answers from the account of its provider. */
export interface PluginLookUps<T extends LookUpTypes> {
  one: (args: T["one"], opts?: pulumi.InvokeOptions) => Promise<T["found"]>;
  oneOutput: (args: T["oneOutput"], opts?: pulumi.InvokeOutputOptions) => pulumi.Output<T["found"]>;
  many: (args: T["many"], opts?: pulumi.InvokeOptions) => Promise<T["found"][]>;
  manyOutput: (args: T["manyOutput"], opts?: pulumi.InvokeOutputOptions) => pulumi.Output<T["found"][]>;
}

/** The four look-ups of a resource, for promises and for outputs. */
export function pluginLookUpsOf<T extends LookUpTypes>(definition: unknown): PluginLookUps<T> {
  const { type } = definition as Resource;
  const call = (name: string, args: unknown, opts?: pulumi.InvokeOptions): Promise<unknown> => {
    hintAtPlugin();
    return pulumi.runtime.invoke(tokenOf(name), args as pulumi.Inputs, { ...release, ...opts });
  };
  // Unlike an `apply`, it waits for users that are yet to be made, also where the arguments are known before.
  const output = <T>(name: string, args: unknown, opts?: pulumi.InvokeOutputOptions): pulumi.Output<T> => {
    hintAtPlugin();
    return pulumi.runtime.invokeOutput<T>(tokenOf(name), args as pulumi.Inputs, { ...release, ...opts });
  };
  return {
    one: (args, opts) => call(`get${type}`, args, opts),
    oneOutput: (args, opts) => output(`get${type}`, args, opts),
    many: async (args, opts) => ((await call(`get${type}s`, args, opts)) as Users).users,
    manyOutput: (args, opts) => output<Users>(`get${type}s`, args, opts).apply(({ users }) => users),
  };
}

/** What the plugin returns of a look-up of many. */
interface Users {
  users: unknown[];
}
