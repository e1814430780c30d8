import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Attribute, Attributes, Options, Resource } from "../provider/core/resource";
import { rowsOf, scopeOf } from "../provider/core/resource";
import { traceProgramOnly } from "./programTrace";

/** Values that may be outputs of other resources, at every level of lists and objects. */
export type Inputs<T> = T extends readonly (infer E)[]
  ? pulumi.Input<Inputs<E>[]>
  : T extends object
    ? pulumi.Input<{ [K in keyof T]: Inputs<T[K]> }>
    : pulumi.Input<T>;

type Required<A extends Attributes> = {
  [K in keyof A]: undefined extends z.input<A[K]["schema"]> ? never : K;
}[keyof A];
type InputsOf<A extends Attributes, K extends keyof A> = { [P in K]: Inputs<z.input<A[P]["schema"]>> };
type OptionalInputsOf<A extends Attributes, K extends keyof A> = {
  [P in K]?: Inputs<Exclude<z.input<A[P]["schema"]>, undefined>> | undefined;
};
type OptionsOf<O extends Options> = {
  [P in keyof O]?: pulumi.Input<Exclude<z.input<O[P]>, undefined>> | undefined;
};

/** What a program may set on a user of this kind. */
export type ArgsOf<R> =
  R extends Resource<infer A, infer O>
    ? InputsOf<A, Required<A>> & OptionalInputsOf<A, Exclude<keyof A, Required<A>>> & OptionsOf<O>
    : never;

/** What a program can read from a user of this kind: the attributes that it set, and the user's id. */
export type OutputsOf<R> =
  R extends Resource<infer A, Options>
    ? { readonly [P in keyof A]: pulumi.Output<z.output<A[P]["schema"]>> } & {
        /** The user's id within the account or instance, as the API knows it. */
        readonly userId: pulumi.Output<string>;
      }
    : never;

/** The class of a kind of user. */
export interface UserClass<R, Args = ArgsOf<R>> {
  /** Declares a user of this kind. */
  new (name: string, args: Args, opts?: pulumi.CustomResourceOptions): pulumi.CustomResource & OutputsOf<R>;
  /** Reads a user that this program does not manage, by its id: `<userId>` for RAM, `<instanceId>:<userId>` for the others. */
  get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource & OutputsOf<R>;
}

/** Makes the Pulumi class of a resource: its arguments and outputs are the rows of the resource's table. */
export function userClass<R, Args = ArgsOf<R>>(definition: R): UserClass<R, Args> {
  const resource = definition as unknown as Resource;
  const type = `pulumi-nodejs:dynamic/alicloud-users:${resource.type}`;
  const secrets = rowsOf(resource)
    .filter(([, row]) => row.secret)
    .map(([name]) => name);

  class User extends pulumi.CustomResource {
    constructor(name: string, args: Record<string, unknown>, opts: pulumi.CustomResourceOptions = {}) {
      const props = {
        ...outputs(resource),
        ...shield(resource, args ?? {}),
        ...steering(name, type, resource, directoryOf(resource, args ?? {}), opts),
        __secret: secretNames(args ?? {}, opts),
      };
      const additionalSecretOutputs = [...(opts.additionalSecretOutputs ?? []), ...secrets];
      const restoreTrace = traceProgramOnly();
      try {
        super(type, name, props, { ...opts, additionalSecretOutputs });
      } finally {
        restoreTrace();
      }
    }

    static get(name: string, id: pulumi.Input<pulumi.ID>, opts: pulumi.CustomResourceOptions = {}): User {
      return new this(name, {}, { ...opts, id });
    }

    /** Taken from the id, which stays known in the preview of a change; dependents would otherwise seem to change too. */
    get userId(): pulumi.Output<string> {
      return this.id.apply((id) => id.slice(id.indexOf(":") + 1));
    }
  }
  Object.defineProperty(User, "name", { value: resource.type });
  return User as unknown as UserClass<R, Args>;
}

/** Every output has to be named before the resource exists, or programs could not read it. */
export function outputs(resource: Resource): Record<string, undefined> {
  return Object.fromEntries(Object.keys(resource.attributes).map((name) => [name, undefined]));
}

export function shield(resource: Resource, args: Record<string, unknown>): Record<string, unknown> {
  const isSecret = (name: string): boolean =>
    (resource.attributes[name] as Attribute | undefined)?.secret === true;
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      isSecret(name) && value !== undefined ? pulumi.secret(value) : value,
    ]),
  );
}

/** What the provider's process needs to know and the engine does not tell it. */
function steering(
  name: string,
  type: string,
  resource: Resource,
  directory: string,
  { id, parent, ignoreChanges, replaceOnChanges }: pulumi.CustomResourceOptions,
): Record<string, unknown> {
  return {
    // One line that loads the installed package: the same in every release, so that the state never holds old code.
    __provider: `exports.handler=()=>require("pulumi-alicloud-users/dynamic").providers.${resource.type}`,
    __urn: withoutDependencies(pulumi.createUrn(name, type, parent)),
    ...(id === undefined ? { __declared: declaredTogether(directory) } : { __whole: true }),
    ...(ignoreChanges?.length ? { __ignored: ignoreChanges } : {}),
    ...(replaceOnChanges?.length ? { __replaced: replaceOnChanges } : {}),
  };
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
  return new Promise((resolve) =>
    setImmediate(() => resolve(2 ** Math.floor(Math.log2(declared.get(directory) as number)))),
  );
}
