import * as pulumi from "@pulumi/pulumi";
import type { Attribute } from "../provider/core/attribute";
import { type Resource, rowsOf } from "../provider/core/resource";
import { isMocked } from "./isMocked";
import { traceProgramOnly } from "./programTrace";
import type { Registration } from "./registration";
import { type Transformed, transformLast } from "./transformLast";

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

/** Returns the Pulumi class of a resource. Its arguments and outputs are the rows of the resource's table. @internal */
export function userClass<Args, Outputs>(
  resource: Resource,
  registration: Registration,
): UserClass<Args, Outputs> {
  const type = registration.typeOf(resource);
  const secrets = rowsOf(resource)
    .filter(([, row]) => row.secret)
    .map(([name]) => name);

  class User extends pulumi.CustomResource {
    constructor(name: string, args: Record<string, unknown>, opts: pulumi.CustomResourceOptions = {}) {
      registration.prepare?.();
      // What goes with a user is made of what it is in the end, whatever transformations make of it.
      const complete = (declared: Transformed): Transformed => {
        const user = { name, resource, args: given(declared.props), opts: declared.opts };
        registration.refuse?.(user);
        const hidden = isMocked() ? {} : registration.hiddenInputs?.(user);
        const additionalSecretOutputs = [...(user.opts.additionalSecretOutputs ?? []), ...secrets];
        return {
          props: { ...declared.props, ...markSecrets(resource, user.args), ...hidden },
          // No two users of a directory have the same name, and in a replacement that the engine forces it asks no provider.
          opts: { ...user.opts, additionalSecretOutputs, deleteBeforeReplace: true },
        };
      };
      const transformations = [...(opts.transformations ?? []), transformLast(complete)];
      const restoreTrace = traceProgramOnly();
      try {
        super(
          type,
          name,
          { ...outputs(resource), ...args },
          { ...registration.opts, ...opts, transformations },
        );
      } finally {
        restoreTrace();
      }
    }

    static get(name: string, id: pulumi.Input<pulumi.ID>, opts: pulumi.CustomResourceOptions = {}): User {
      return new this(name, {}, { ...opts, id });
    }

    /** Taken from the id, which stays known in the preview of a change. Otherwise dependents would seem to change too. */
    get userId(): pulumi.Output<string> {
      return this.id.apply((id) => id.slice(id.indexOf(":") + 1));
    }
  }
  Object.defineProperty(User, "name", { value: resource.type });
  return User as unknown as UserClass<Args, Outputs>;
}

/** The arguments among these properties, without the outputs that no argument sets. */
function given(props: pulumi.Inputs): Record<string, unknown> {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}

/** Every output, named before the resource exists; otherwise programs could not read it. */
function outputs(resource: Resource): Record<string, undefined> {
  return Object.fromEntries(Object.keys(resource.attributes).map((name) => [name, undefined]));
}

function markSecrets(resource: Resource, args: Record<string, unknown>): Record<string, unknown> {
  const isSecret = (name: string): boolean =>
    (resource.attributes[name] as Attribute | undefined)?.secret === true;
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      isSecret(name) && value !== undefined ? pulumi.secret(value) : value,
    ]),
  );
}
