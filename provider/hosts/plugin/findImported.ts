import type { Account } from "../../api/connect";
import { productOf } from "../../api/products";
import type { Resource, Wire } from "../../core/resource";
import { idOf, nameOf } from "../../core/resource";

/**
 * The id of the user that somebody wants to import, by its id or with its unique name in the id's place; nothing when
 * there is none. Throws a sentence when the text has neither form.
 */
export async function findImported(
  resource: Resource,
  text: string,
  account: Account,
): Promise<string | undefined> {
  const parts = resource.identity.length;
  const [place, key] = [
    text.split(":").slice(0, parts - 1),
    text
      .split(":")
      .slice(parts - 1)
      .join(":"),
  ];
  if (place.length !== parts - 1 || place.includes("") || key === "") throw wrongForm(resource, text);
  const scope: Wire = Object.fromEntries(resource.identity.slice(0, -1).map((wire, at) => [wire, place[at]]));
  const directory = account.directory(resource.product, scope, undefined);
  const byId = () =>
    directory.find({ userId: key, name: undefined, wires: [], declared: undefined, fresh: true });
  const byName = () => directory.findByName(key);
  // Where a Get takes a name, looking for an id lists everyone; and an id there is a number.
  const isName = productOf(resource.product).get.by === "name" && !/^\d+$/.test(key);
  const [first, second] = isName ? [byName, byId] : [byId, byName];
  const user = (await first()) ?? (await second());
  return user && idOf(resource, user);
}

function wrongForm(resource: Resource, text: string): Error {
  const unique = nameOf(resource, resource.unique);
  const place = resource.identity
    .slice(0, -1)
    .map((wire) => `<${wire}>:`)
    .join("");
  return new Error(
    `"${text}" does not name a ${resource.type}. Import it as ${place}<UserId> or ${place}<${unique}>.`,
  );
}
