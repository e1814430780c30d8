import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "../provider/core/resource";
import { rowsOf } from "../provider/core/resource";
import type { UserOf, WhichAllOf, WhichOf } from "./lookUp";
import type { ArgsOf, Inputs, UserClass } from "./userResource";
import { outputs, shield } from "./userResource";

/** The name of the package in the plugin's schema. */
export const packageName = "alicloud-users";

const { version } = JSON.parse(
  readFileSync(require.resolve("pulumi-alicloud-users/package.json"), "utf8"),
) as {
  version: string;
};

const token = (name: string): string => `${packageName}:index:${name}`;

/** The Pulumi class of a resource that the plugin serves: its arguments and outputs are those of the dynamic one. */
export function pluginClass<R, Args = ArgsOf<R>>(definition: R): UserClass<R, Args> {
  const resource = definition as unknown as Resource;
  const secrets = rowsOf(resource)
    .filter(([, row]) => row.secret)
    .map(([name]) => name);

  class User extends pulumi.CustomResource {
    constructor(name: string, args: Record<string, unknown>, opts: pulumi.CustomResourceOptions = {}) {
      const props = { ...outputs(resource), ...shield(resource, args ?? {}) };
      const additionalSecretOutputs = [...(opts.additionalSecretOutputs ?? []), ...secrets];
      super(token(resource.type), name, props, { version, ...opts, additionalSecretOutputs });
    }

    static get(name: string, id: pulumi.Input<pulumi.ID>, opts: pulumi.CustomResourceOptions = {}): User {
      return new this(name, {}, { ...opts, id });
    }

    /** Taken from the id, which stays known in the preview of a change. */
    get userId(): pulumi.Output<string> {
      return this.id.apply((id) => id.slice(id.indexOf(":") + 1));
    }
  }
  Object.defineProperty(User, "name", { value: resource.type });
  return User as unknown as UserClass<R, Args>;
}

/** The four look-ups of a kind of user, for promises and for outputs; asked of the plugin, and so of its provider's account. */
export function pluginLookUpsOf<R>(definition: R) {
  const { type } = definition as unknown as Resource;
  const call = (name: string, args: object, opts: pulumi.InvokeOptions): Promise<never> =>
    pulumi.runtime.invoke(token(name), args as pulumi.Inputs, { version, ...opts }) as Promise<never>;
  const one = (args: WhichOf<R>, opts: pulumi.InvokeOptions = {}): Promise<UserOf<R>> =>
    call(`get${type}`, args as object, opts);
  const many = async (args: WhichAllOf<R>, opts: pulumi.InvokeOptions = {}): Promise<UserOf<R>[]> =>
    ((await call(`get${type}s`, args as object, opts)) as { users: UserOf<R>[] }).users;
  return {
    one,
    many,
    oneOutput: (args: Inputs<WhichOf<R>>, opts: pulumi.InvokeOptions = {}): pulumi.Output<UserOf<R>> =>
      pulumi.output(args).apply((known) => one(known as never, opts)) as never,
    manyOutput: (args: Inputs<WhichAllOf<R>>, opts: pulumi.InvokeOptions = {}): pulumi.Output<UserOf<R>[]> =>
      pulumi.output(args).apply((known) => many(known as never, opts)) as never,
  };
}
