import type { Account } from "../api/connect";
import type { Resource } from "../core/resource";
import type { Values } from "../core/wire";
import { nameAttributeOf, nameOf } from "../core/identity";
import { withSecrets } from "../core/secrets";
import { showText } from "../core/showText";
import { resources } from "../resources";
import { findUser, findUsers } from "../lifecycle/dataSources";

/**
 * Answers a look-up of the package: `getRamUser` one user, `getRamUsers` those that match, as `{ users }`. The engine does not
 * say which arguments are secret, so no error shows what is looked for.
 */
export async function invoke(token: string, args: Values, account: Account): Promise<Values> {
  const name = token.slice(token.lastIndexOf(":") + 1);
  for (const resource of resources) {
    if (name === `get${resource.type}`) {
      demand(resource, args, ["userId", nameAttributeOf(resource)]);
      return withSecrets(soughtIn(resource, args), () => findUser(resource, args, account, true));
    }
    if (name === `get${resource.type}s`) {
      demand(resource, args);
      return withSecrets(soughtIn(resource, args), async () => ({
        users: await findUsers(resource, args, account),
      }));
    }
  }
  throw new Error(`There is no function ${showText(token)} in this package.`);
}

/** The arguments that identify a user, without those that say where to look. */
function soughtIn(resource: Resource, args: Values): unknown[] {
  const where = [...placesOf(resource), "regionId"];
  return Object.entries(args).flatMap(([name, value]) => (where.includes(name) ? [] : [value]));
}

/** Throws when a look-up names no instance, or none of these arguments. */
function demand(resource: Resource, args: Values, oneOf: readonly string[] = []): void {
  demandPlace(resource, args);
  if (oneOf.length > 0 && oneOf.every((name) => args[name] === undefined))
    throw new Error(`"${oneOf.join('" or "')}" is required to look up a ${resource.type}.`);
}

/** Throws when a look-up names no instance where there are several. */
export function demandPlace(resource: Resource, args: Values): void {
  const missing = placesOf(resource).find((name) => args[name] === undefined);
  if (missing !== undefined) throw new Error(`"${missing}" is required to look up a ${resource.type}.`);
}

const placesOf = (resource: Resource): string[] =>
  resource.identity.slice(0, -1).map((wire) => nameOf(resource, wire));
