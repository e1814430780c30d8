import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { Difference } from "../../core/diff";

const { Kind } = PropertyDiff;

/** Differences as the engine shows them: property by property, old and new value, and what makes a new user. */
export function detailedDiff(differences: readonly Difference[]): DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  const replaces = differences.filter(({ replace }) => replace).map(({ attribute }) => attribute);
  const response = new DiffResponse()
    .setChanges(differences.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setReplacesList([...new Set(replaces)])
    .setDiffsList([...new Set(differences.map(({ attribute }) => attribute))])
    .setDeletebeforereplace(replaces.length > 0)
    .setHasdetaileddiff(true);
  for (const difference of differences)
    response
      .getDetaileddiffMap()
      .set(pathOf(difference), new PropertyDiff().setKind(kindOf(difference)).setInputdiff(true));
  return response;
}

function kindOf({ from, to, replace }: Difference): PropertyDiff.Kind {
  if (to === undefined) return replace ? Kind.DELETE_REPLACE : Kind.DELETE;
  if (from === undefined) return replace ? Kind.ADD_REPLACE : Kind.ADD;
  return replace ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}

/** The engine's spelling of a property's path. */
function pathOf({ attribute, key }: Difference): string {
  if (key === undefined) return attribute;
  return /^[A-Za-z_]\w*$/.test(key) ? `${attribute}.${key}` : `${attribute}[${JSON.stringify(key)}]`;
}
