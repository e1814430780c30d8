import type { Call, Values, Wire } from "../../core/wire";
import { question, type UpdateContext } from "../../core/resource";

/** How many units one call may name. */
const unitsPerCall = 100;

const rootUnit = "GetRootOrganizationalUnit";
const ofInstance = ({ instanceId, primaryOrganizationalUnitId }: Values): Wire | undefined =>
  primaryOrganizationalUnitId === undefined ? { InstanceId: instanceId } : undefined;

/** Asks for the root unit, which is a new user's primary one where the program names none. */
export const askRootUnit = question(
  rootUnit,
  "creates a user without primaryOrganizationalUnitId",
  ofInstance,
);

/** Asks for the root unit where the program names further units, which may not be it. */
export const askRootUnitBeside = question(
  rootUnit,
  "in a preview, compares it with organizationalUnitIds",
  (user) => (user.organizationalUnitIds === undefined ? undefined : ofInstance(user)),
);

/** The id of the root unit in the answer to that call. */
export function rootUnitOf(answer: Wire | undefined): string | undefined {
  return (answer?.OrganizationalUnit as Wire | undefined)?.OrganizationalUnitId as string | undefined;
}

/** The units of a user besides its primary one, sorted; somebody may have made a declared unit the primary one. */
export function furtherUnits(user: Wire, declared: unknown): string[] {
  const primary = user.PrimaryOrganizationalUnitId;
  return unitsOf(user)
    .filter((id) => id !== primary || ((declared ?? []) as string[]).includes(id))
    .sort();
}

function unitsOf({ OrganizationalUnits }: Wire): string[] {
  return ((OrganizationalUnits ?? []) as Wire[]).map(({ OrganizationalUnitId }) =>
    String(OrganizationalUnitId),
  );
}

/** Changes the primary unit, which takes the user out of the old one; where that one is declared, the user is put back. */
export function setPrimaryUnit(
  { requestKey, changed, declared, user }: UpdateContext,
  set: string,
  add: string,
): Call[] {
  const before = user.PrimaryOrganizationalUnitId as string;
  const kept = ((declared.OrganizationalUnitIds ?? []) as string[]).includes(before);
  return [
    {
      action: set,
      params: { ...requestKey, ...changed },
    },
    ...(kept ? inParts(add, requestKey, [before]) : []),
  ];
}

/** Adds the user to units and takes it out of others, after the primary unit has changed, since a primary one cannot be left. */
export function moveUnits(
  { requestKey, changed, declared, user }: UpdateContext,
  add: string,
  remove: string,
): Call[] {
  const wanted = changed.OrganizationalUnitIds as string[];
  const primary = declared.OrganizationalUnitId ?? user.PrimaryOrganizationalUnitId;
  const current = unitsOf(user).filter((id) => id !== primary);
  return [
    ...inParts(
      add,
      requestKey,
      wanted.filter((id) => id !== primary && !current.includes(id)),
    ),
    ...inParts(
      remove,
      requestKey,
      current.filter((id) => !wanted.includes(id) && id !== user.PrimaryOrganizationalUnitId),
    ),
  ];
}

function inParts(action: string, requestKey: Wire, units: string[]): Call[] {
  const parts = Array.from({ length: Math.ceil(units.length / unitsPerCall) }, (_, part) =>
    units.slice(part * unitsPerCall, (part + 1) * unitsPerCall),
  );
  return parts.map((OrganizationalUnitIds) => ({ action, params: { ...requestKey, OrganizationalUnitIds } }));
}
