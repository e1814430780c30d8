import { type Rule, rule } from "../../core/rule";
import { rootUnitOf } from "./organizationalUnits";

/** What holds between the attributes of an EIAM user, from the pages of CreateUser and UpdateUser. */
export const eiamRules: readonly Rule[] = [
  together(["phoneNumber", "phoneRegion", "phoneNumberVerified"]),
  together(["email", "emailVerified"]),
  rule(
    ["primaryOrganizationalUnitId", "organizationalUnitIds"],
    ({ primaryOrganizationalUnitId, organizationalUnitIds }, prefetched) => {
      const units = (organizationalUnitIds ?? []) as unknown[];
      if (!units.includes(primaryOrganizationalUnitId ?? rootUnitOf(prefetched))) return undefined;
      const reason =
        primaryOrganizationalUnitId === undefined
          ? "the root unit, which is the primary one. Leave it out, or set primaryOrganizationalUnitId to another unit."
          : "the primary unit too. Leave it out there; the user belongs to it already.";
      return { property: "organizationalUnitIds", reason: `"organizationalUnitIds" names ${reason}` };
    },
  ),
];

/** EIAM takes these attributes all together or not at all. */
function together(names: readonly string[]): Rule {
  return rule(names, (user) => {
    const given = names.filter((name) => user[name] !== undefined);
    const missing = names.find((name) => user[name] === undefined);
    if (given.length === 0 || missing === undefined) return undefined;
    const reason = `"${missing}" is required, because "${given[0]}" is set. EIAM takes ${names.join(", ")} together.`;
    return { property: missing, reason };
  });
}
