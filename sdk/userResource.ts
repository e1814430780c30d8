import * as pulumi from "@pulumi/pulumi";
import type { Attribute, Resource } from "../provider/core/resource";
import { rowsOf } from "../provider/core/resource";
import { isMocked } from "./isMocked";
import { traceProgramOnly } from "./programTrace";

/** The class of a resource. */
export interface UserClass<Args, Outputs> {
  /** Declares a user. */
  new (name: string, args: Args, opts?: pulumi.CustomResourceOptions): pulumi.CustomResource & Outputs;
  /** Reads a user that this program does not manage, by its id: `<userId>` for RAM, `<instanceId>:<userId>` for the others. */
  get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource & Outputs;
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

/** Makes the Pulumi class of a resource, which passes the rows of the resource's table as arguments and outputs. */
export function userClass<Args, Outputs>(definition: unknown, face: Face): UserClass<Args, Outputs> {
  const resource = definition as Resource;
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
  return User as unknown as UserClass<Args, Outputs>;
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
