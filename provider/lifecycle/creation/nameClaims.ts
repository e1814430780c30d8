import type { Directory } from "../../core/directory";
import { nameKeyOf } from "../../core/directorySchema";
import { nameAttributeOf, scopeOf } from "../../core/identity";
import type { Resource } from "../../core/resource";
import type { Failure } from "../../core/rule";
import { secretMark } from "../../core/secrets";
import { showText, showValue } from "../../core/showText";
import { isUnknown } from "../../core/unknown";
import type { Values } from "../../core/wire";
import { nameIn, stackOf } from "../resourceNames";

/** The unique names that the resources of a run declare. */
export interface NameClaims {
  /** Notes the name that a resource declares. Returns why it cannot be, if another resource of the stack declares it too. */
  claim(claim: NameClaim): Failure[];
}

/** A user as a resource of the program declares it. */
export interface NameClaim {
  resource: Resource;
  urn: string | undefined;
  inputs: Values;
  /** Gives the directory of the user; the same one each time. */
  directory: () => Directory;
}

/** The resources that declare one name, by URN, with the name as it may be shown. */
type Claimed = Map<string, string>;

/** The names in one directory. */
interface Names {
  byUrn: Map<string, string>;
  byKey: Map<string, Claimed>;
}

/** A resource is checked more than once, and what it declared last counts. */
function forget({ byUrn, byKey }: Names, urn: string): void {
  byKey.get(byUrn.get(urn) ?? "")?.delete(urn);
}

/** The claims of a run, none at first. */
export function createNameClaims(): NameClaims {
  const places = new WeakMap<Directory, Names>();
  return {
    claim({ resource, urn, inputs, directory }) {
      const attribute = nameAttributeOf(resource);
      const name = inputs[attribute];
      if (urn === undefined || isUnknown([name, scopeOf(resource, inputs), inputs.regionId])) return [];
      const place = directory();
      const key = nameKeyOf(resource, name);
      const shown = showValue(name);
      const names = places.get(place) ?? {
        byUrn: new Map<string, string>(),
        byKey: new Map<string, Claimed>(),
      };
      places.set(place, names);
      forget(names, urn);
      const claimed = names.byKey.get(key) ?? new Map<string, string>();
      // A process of the plugin may serve more than one stack.
      const other = [...claimed].find(([otherUrn]) => stackOf(otherUrn) === stackOf(urn));
      names.byUrn.set(urn, key);
      names.byKey.set(key, claimed.set(urn, shown));
      if (!other) return [];
      const isSecret = [shown, other[1]].includes(secretMark);
      const what = isSecret ? secretMark : shown;
      const whose = resource.identity.length === 1 ? "an account" : "an instance";
      const [first, second] = [other[0], urn].map((each) => labelOf(resource, each, [other[0], urn]));
      const reason =
        `${first} and ${second} both declare the ${attribute} ${what}; ${whose} has one user of a name. ` +
        "Remove one of them or change its name.";
      return [{ property: attribute, reason }];
    },
  };
}

/** The name of a resource, or its URN where both have the same name in two components. */
function labelOf({ type }: Resource, urn: string, urns: readonly string[]): string {
  const isUnique = new Set(urns.map(nameIn)).size === urns.length;
  return `${type} ${showText(JSON.stringify(isUnique ? nameIn(urn) : urn))}`;
}
