import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Attributes, Names, Options, Resource } from "../provider/core/resource";
import { withSecrets } from "../provider/core/secrets";
import { lookUpUser, lookUpUsers } from "../provider/hosts/lookUps";
import { programAccount } from "../provider/hosts/programAccount";
import { isMocked } from "./isMocked";
import { tokenOf } from "./packageName";
import type { Inputs } from "./userResource";

/** A user as the account shows it. What it does not show, or has no value, is absent. */
export type UserOf<R> =
  R extends Resource<infer A extends Attributes, Options, Names>
    ? { readonly [P in keyof A]?: Exclude<z.output<A[P]["schema"]>, undefined> } & {
        /** The id that `get` and Pulumi know the user by. */
        readonly id: string;
        /** The user's id within the account or instance, as the API knows it. */
        readonly userId: string;
      }
    : never;

type Filter<F extends string> = {
  [P in F as Uncapitalize<P>]?: P extends `${string}Ids` ? string[] : string;
};

/** The instance and region to look in; nothing for RAM. */
export type PlaceOf<R> =
  R extends Resource<Attributes, infer O, infer N extends Names>
    ? { [P in Exclude<N["identity"], "UserId"> as Uncapitalize<P>]: string } & (O extends {
        regionId: z.ZodType;
      }
        ? { regionId?: string }
        : unknown)
    : never;

/** Which one user to look up: by its id within the account or instance, or by its unique name. */
export type WhichOf<R> =
  R extends Resource<Attributes, Options, infer N extends Names>
    ? PlaceOf<R> & ({ userId: string } | { [P in N["unique"] as Uncapitalize<P>]: string })
    : never;

/** Which users to look up: the filters of the API's own list. */
export type WhichAllOf<R> =
  R extends Resource<Attributes, Options, infer N extends Names> ? PlaceOf<R> & Filter<N["filter"]> : never;

/** The four look-ups of a kind of user, for promises and for outputs; under mocks they are calls of the mocks. */
export function lookUpsOf<R>(definition: R) {
  const resource = definition as unknown as Resource;
  const one = async (args: WhichOf<R>): Promise<UserOf<R>> =>
    (isMocked()
      ? await invoke(`get${resource.type}`, args)
      : await lookUpUser(resource, args as never, programAccount())) as UserOf<R>;
  const many = async (args: WhichAllOf<R>): Promise<UserOf<R>[]> =>
    (isMocked()
      ? (await invoke(`get${resource.type}s`, args)).users
      : await lookUpUsers(resource, args as never, programAccount())) as UserOf<R>[];
  return {
    one,
    many,
    oneOutput: (args: Inputs<WhichOf<R>>): pulumi.Output<UserOf<R>> => whenKnown(args, one as never),
    manyOutput: (args: Inputs<WhichAllOf<R>>): pulumi.Output<UserOf<R>[]> => whenKnown(args, many as never),
  };
}

/** Calls a look-up by the plugin's name for it, so that the mocks of a test serve both frontends. */
function invoke(name: string, args: unknown): Promise<{ users?: unknown }> {
  return pulumi.runtime.invoke(tokenOf(name), args as pulumi.Inputs) as Promise<object>;
}

/** Looks up once the arguments are known; where any is secret, none of them is in an error. */
function whenKnown<T>(args: unknown, look: (known: unknown) => Promise<T>): pulumi.Output<T> {
  const known: pulumi.Output<unknown> = pulumi.output(args);
  const looked = known.apply(async (values) => {
    const secrets = (await pulumi.isSecret(known)) ? [values] : [];
    return withSecrets(secrets, () => look(values));
  });
  return looked as unknown as pulumi.Output<T>;
}
