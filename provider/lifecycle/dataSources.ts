import type { Account } from "../api/connect";
import { decodeAll } from "../core/decode";
import type { Directory, ListPosition } from "../core/directory";
import { readAll } from "./read";
import type { Resource } from "../core/resource";
import type { Values, Wire } from "../core/wire";
import { idOf, nameAttributeOf, scopeOf } from "../core/identity";
import { showValue } from "../core/showText";

/** A user as a look-up returns it: its ids, and every attribute that the API returns. */
export type Found = Values & { id: string; userId: string };

/** The one user with this id or unique name. Throws a sentence when there is none, which shows neither if `isPrivate`. */
export async function findUser(
  resource: Resource,
  args: Values,
  account: Account,
  isPrivate = false,
): Promise<Found> {
  await account.verify();
  const directory = directoryOf(account, resource, args);
  const unique = nameAttributeOf(resource);
  if (args.userId !== undefined) {
    const scope = Object.values(scopeOf(resource, args));
    const id = [...scope, args.userId].join(":");
    const values = await readAll(resource, id, directory);
    if (values) return { ...values, id, userId: String(args.userId) };
  } else {
    const user = await directory.findByName(String(args[unique]));
    if (user) return foundOf(resource, user);
  }
  const name = args.userId === undefined ? unique : "userId";
  const given = isPrivate ? "(not shown, as it may be secret)" : showValue(args[name]);
  throw new Error(
    `There is no ${resource.type} with the ${name} ${given}. Check it, the instance and the region.`,
  );
}

/** The users that match the API's own filters, or all of them, with the attributes that its list returns. */
export async function findUsers(resource: Resource, args: Values, account: Account): Promise<Found[]> {
  await account.verify();
  const users = await directoryOf(account, resource, args).search(filterOf(resource, args));
  return users.map((user) => foundOf(resource, user));
}

/** One page of the users that match the API's own filters, from this position on: the first one where there is none. */
export async function findPage(
  resource: Resource,
  args: Values,
  account: Account,
  position: ListPosition | undefined,
): Promise<{ users: Wire[]; next: ListPosition | undefined }> {
  return directoryOf(account, resource, args).page(filterOf(resource, args), position);
}

/** The filters of the API's list that these arguments set. */
function filterOf(resource: Resource, args: Values): Wire {
  const filter = (resource.filters ?? []).map((wire): [string, unknown] => [wire, args[camel(wire)]]);
  return Object.fromEntries(filter.filter(([, value]) => value !== undefined));
}

function directoryOf(account: Account, resource: Resource, args: Values): Directory {
  return account.directory(resource, scopeOf(resource, args), args.regionId as string | undefined);
}

function foundOf(resource: Resource, user: Wire): Found {
  return { ...decodeAll(resource, user), id: idOf(resource, user), userId: String(user.UserId) };
}

/** A name of the API in the spelling of attributes: `UserName` is `userName`. */
export const camel = (wire: string): string => wire.charAt(0).toLowerCase() + wire.slice(1);
