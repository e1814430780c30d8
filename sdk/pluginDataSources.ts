import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "../provider/core/resource";
import type { DataSourceTypes } from "./dataSources";
import { hintAtPlugin } from "./hintAtPlugin";
import { tokenOf } from "./packageName";
import { release } from "./pluginRegistration";

/** The four look-ups of a resource, which the plugin answers from the account of its provider. */
export interface PluginDataSources<T extends DataSourceTypes> {
  one: (args: T["one"], opts?: pulumi.InvokeOptions) => Promise<T["found"]>;
  oneOutput: (args: T["oneOutput"], opts?: pulumi.InvokeOutputOptions) => pulumi.Output<T["found"]>;
  many: (args: T["many"], opts?: pulumi.InvokeOptions) => Promise<T["found"][]>;
  manyOutput: (args: T["manyOutput"], opts?: pulumi.InvokeOutputOptions) => pulumi.Output<T["found"][]>;
}

/** The four look-ups of a resource, for promises and for outputs. */
export function pluginDataSourcesOf<T extends DataSourceTypes>(resource: Resource): PluginDataSources<T> {
  const { type } = resource;
  const call = (name: string, args: unknown, opts?: pulumi.InvokeOptions): Promise<unknown> => {
    hintAtPlugin();
    return pulumi.runtime.invoke(tokenOf(name), args as pulumi.Inputs, { ...release, ...opts });
  };
  // Unlike an `apply`, it waits for users that do not exist yet, even when its arguments are already known.
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
