import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "../provider/core/resource";
import type { Values } from "../provider/core/wire";
import { withSecrets } from "../provider/core/secrets";
import { findUser, findUsers } from "../provider/lifecycle/dataSources";
import { programAccount } from "./programAccount";
import { areMade } from "./areMade";
import { isMocked } from "./isMocked";
import { tokenOf } from "./packageName";

/** The types of a resource's look-ups, by their roles. */
export interface DataSourceTypes {
  one: unknown;
  oneOutput: unknown;
  many: unknown;
  manyOutput: unknown;
  found: unknown;
}

/** The four look-ups of a resource, for promises and for outputs. */
export interface DataSources<T extends DataSourceTypes> {
  one: (args: T["one"]) => Promise<T["found"]>;
  oneOutput: (args: T["oneOutput"], opts?: LookUpOptions) => pulumi.Output<T["found"]>;
  many: (args: T["many"]) => Promise<T["found"][]>;
  manyOutput: (args: T["manyOutput"], opts?: LookUpOptions) => pulumi.Output<T["found"][]>;
}

/** What a look-up waits for besides the resources that its arguments come from. */
export type LookUpOptions = Pick<pulumi.InvokeOutputOptions, "dependsOn">;

/** The four look-ups of a resource in the account of the program's configuration; under mocks they are calls of the mocks. */
export function dataSourcesOf<T extends DataSourceTypes>(resource: Resource): DataSources<T> {
  const one = async (args: unknown): Promise<T["found"]> =>
    isMocked() ? invoke(`get${resource.type}`, args) : findUser(resource, args as Values, programAccount());
  const many = async (args: unknown): Promise<T["found"][]> =>
    isMocked()
      ? (await invoke(`get${resource.type}s`, args)).users
      : findUsers(resource, args as Values, programAccount());
  return {
    one,
    many,
    oneOutput: (args, opts) => whenMade(args, opts, one),
    manyOutput: (args, opts) => whenMade(args, opts, many),
  };
}

/** Calls a look-up by the plugin's name for it, so that the mocks of a test serve both frontends. */
function invoke(name: string, args: unknown): Promise<{ users: unknown[] }> {
  return pulumi.runtime.invoke(tokenOf(name), args as pulumi.Inputs) as Promise<{ users: unknown[] }>;
}

/**
 * Looks up once the arguments are known and the resources that they come from exist; in a preview before that, the result
 * is unknown. Where an argument is secret, none of them is in an error.
 */
function whenMade<T>(
  args: unknown,
  { dependsOn }: LookUpOptions = {},
  look: (known: unknown) => Promise<T>,
): pulumi.Output<T> {
  const known: pulumi.Output<unknown> = pulumi.output(args);
  const looked = known.apply(async (values) => {
    if (!(await areMade(known, dependsOn))) return pulumi.unknown;
    const secrets = (await pulumi.isSecret(known)) ? [values] : [];
    return withSecrets(secrets, () => look(values));
  });
  return looked as unknown as pulumi.Output<T>;
}
