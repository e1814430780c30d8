import type { Account } from "../api/connect";
import type { Attribute } from "../core/attribute";
import type { Resource } from "../core/resource";
import type { Wire } from "../core/wire";
import { idOf, nameAttributeOf, nameOf } from "../core/identity";
import { showValue } from "../core/showText";

/**
 * The id of a user to import, which may be named by its id or by its unique name in the id's place. Throws a sentence
 * when the text has neither form, and when there is no such user.
 */
export async function findImported(resource: Resource, text: string, account: Account): Promise<string> {
  const scoped = resource.identity.length - 1;
  const parts = text.split(":");
  const place = parts.slice(0, scoped);
  const key = parts.slice(scoped).join(":");
  const unique = resource.attributes[nameAttributeOf(resource)] as Attribute;
  const isId = resource.read.idPattern.test(key);
  const isName = unique.schema.safeParse(key).success;
  if (place.length < scoped || place.includes("") || (!isId && !isName))
    throw new Error(`${showValue(text)} does not name a ${resource.type}. ${waysOf(resource)}`);

  const scope: Wire = Object.fromEntries(
    resource.identity.slice(0, scoped).map((wire, at) => [wire, place[at]]),
  );
  const directory = account.directory(resource, scope, undefined);
  const seek = { userId: key, name: undefined, fields: [], declaredCount: undefined, fresh: true };
  const user = (isId && (await directory.find(seek))) || (isName && (await directory.findByName(key)));
  if (!user) throw new Error(`There is no ${resource.type} ${showValue(text)}. ${waysOf(resource)}`);
  return idOf(resource, user);
}

function waysOf(resource: Resource): string {
  const place = resource.identity.slice(0, -1).map((wire) => `<${nameOf(resource, wire)}>:`);
  const [byId, byName] = ["userId", nameAttributeOf(resource)].map((key) => `${place.join("")}<${key}>`);
  return `Use ${byId} or ${byName}.`;
}
