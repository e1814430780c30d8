import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Attribute, Attributes, Options, Resource } from "../provider/core/resource";
import { rowsOf } from "../provider/core/resource";
import { isMocked } from "./isMocked";
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

/** How users come before the engine: as dynamic resources, or as those of a plugin. */
export interface Face {
  typeOf(resource: Resource): string;
  /** Runs before each user is registered. */
  prepare?(): void;
  /** What goes along with the declared values, and is not shown. */
  hidden?(
    name: string,
    resource: Resource,
    args: Record<string, unknown>,
    opts: pulumi.CustomResourceOptions,
  ): Record<string, unknown>;
  /** Options that every user gets, unless the program sets them. */
  opts?: pulumi.CustomResourceOptions;
}

/** Makes the Pulumi class of a resource: its arguments and outputs are the rows of the resource's table. */
export function userClass<R, Args = ArgsOf<R>>(definition: R, face: Face): UserClass<R, Args> {
  const resource = definition as unknown as Resource;
  const type = face.typeOf(resource);
  const secrets = rowsOf(resource)
    .filter(([, row]) => row.secret)
    .map(([name]) => name);

  class User extends pulumi.CustomResource {
    constructor(name: string, args: Record<string, unknown>, opts: pulumi.CustomResourceOptions = {}) {
      const declared = args ?? {};
      face.prepare?.();
      const props = {
        ...outputs(resource),
        ...shield(resource, declared),
        ...(isMocked() ? {} : face.hidden?.(name, resource, declared, opts)),
      };
      const additionalSecretOutputs = [...(opts.additionalSecretOutputs ?? []), ...secrets];
      const restoreTrace = traceProgramOnly();
      try {
        super(type, name, props, { ...face.opts, ...opts, additionalSecretOutputs });
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
function outputs(resource: Resource): Record<string, undefined> {
  return Object.fromEntries(Object.keys(resource.attributes).map((name) => [name, undefined]));
}

function shield(resource: Resource, args: Record<string, unknown>): Record<string, unknown> {
  const isSecret = (name: string): boolean =>
    (resource.attributes[name] as Attribute | undefined)?.secret === true;
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      isSecret(name) && value !== undefined ? pulumi.secret(value) : value,
    ]),
  );
}
