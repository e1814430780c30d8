import type { Account } from "../api/connect";
import type { Resource, Values } from "../core/resource";
import { nameOf } from "../core/resource";
import { showText } from "../core/showText";
import { resources } from "../resources";
import { lookUpUser, lookUpUsers } from "../provider/dataSources";

/** Answers a look-up of the package: `getRamUser` one user, `getRamUsers` those that match, as `{ users }`. */
export async function invoke(token: string, args: Values, account: Account): Promise<Values> {
  const name = token.slice(token.lastIndexOf(":") + 1);
  for (const resource of resources) {
    if (name === `get${resource.type}`) {
      demand(resource, args, ["userId", nameOf(resource, resource.unique)]);
      return lookUpUser(resource, args, account);
    }
    if (name === `get${resource.type}s`) {
      demand(resource, args);
      return { users: await lookUpUsers(resource, args, account) };
    }
  }
  throw new Error(`There is no function ${showText(token)} in this package.`);
}

/** Refuses a look-up that lacks the directory to look in, or every one of these. */
function demand(resource: Resource, args: Values, oneOf: readonly string[] = []): void {
  const place = resource.identity.slice(0, -1).map((wire) => nameOf(resource, wire));
  const missing = place.find((name) => args[name] === undefined);
  if (missing !== undefined) throw new Error(`"${missing}" is required to look up a ${resource.type}.`);
  if (oneOf.length > 0 && oneOf.every((name) => args[name] === undefined))
    throw new Error(`"${oneOf.join('" or "')}" is required to look up a ${resource.type}.`);
}
