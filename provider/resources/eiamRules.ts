import type { Failure, Rule, Values } from "../core/resource";
import { rootUnitOf } from "./eiamUnits";

/** What holds between the attributes of an EIAM user, from the pages of CreateUser and UpdateUser. */
export const eiamRules: readonly Rule[] = [
  (user) => together(user, ["phoneNumber", "phoneRegion", "phoneNumberVerified"]),
  (user) => together(user, ["email", "emailVerified"]),
  ({ primaryOrganizationalUnitId, organizationalUnitIds }, fact) => {
    const units = (organizationalUnitIds ?? []) as unknown[];
    if (!units.includes(primaryOrganizationalUnitId ?? rootUnitOf(fact))) return undefined;
    const reason =
      primaryOrganizationalUnitId === undefined
        ? "the root unit, which is the primary one. Leave it out, or set primaryOrganizationalUnitId to another unit."
        : "the primary unit too. Leave it out there; the user belongs to it already.";
    return { property: "organizationalUnitIds", reason: `"organizationalUnitIds" names ${reason}` };
  },
];

/** EIAM takes these attributes all together or not at all. */
function together(user: Values, names: readonly string[]): Failure | undefined {
  const given = names.filter((name) => user[name] !== undefined);
  const missing = names.find((name) => user[name] === undefined);
  if (given.length === 0 || missing === undefined) return undefined;
  const reason = `"${missing}" is required, because "${given[0]}" is set. EIAM takes ${names.join(", ")} together.`;
  return { property: missing, reason };
}
