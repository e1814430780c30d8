import * as pulumi from "@pulumi/pulumi";
import { type ProviderArgs, sent } from "./generated/provider";
import { packageName } from "./packageName";
import { release } from "./pluginRegistration";

export type { AssumeRole, AssumeRoleWithOidc, ProviderArgs } from "./generated/provider";
export type * from "./generated/types";
export * from "./generated/pluginUsers";
export { usersFromFile } from "./pluginUsersFromFile";
export type { UsersFromFileOptions } from "./usersFromFile";

/** An account of its own, for resources with the option `provider`. */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const given = Object.entries(args).filter(([, value]) => value !== undefined && value !== null);
    const inputs = given.map(([name, value]): [string, unknown] => {
      const { isJson, isSecret } = sent[name] ?? {};
      const text: unknown = isJson ? pulumi.jsonStringify(value) : value;
      return [name, isSecret ? pulumi.secret(text) : text];
    });
    super(packageName, name, Object.fromEntries(inputs), { ...release, ...opts });
  }
}
