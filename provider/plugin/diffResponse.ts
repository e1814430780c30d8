import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { Difference } from "../core/diff";
import type { Values } from "../core/wire";
import { type DiffResult, inputOf } from "../lifecycle/diff";

const { Kind } = PropertyDiff;

/** The engine's form of a diff: property by property, with the values of the inputs, old and new. */
export function diffResponse(
  { changes, replaces, differences }: DiffResult,
  oldInputs: Values,
): DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  const isMissing = replaces.length > 0 && differences.length === 0;
  const response = new DiffResponse()
    .setChanges(changes ? DIFF_SOME : DIFF_NONE)
    .setReplacesList(replaces)
    .setDeletebeforereplace(true);
  if (isMissing) return response;
  response
    .setDiffsList([...new Set(differences.map(({ attribute }) => attribute))])
    .setStablesList(["userId"])
    .setHasdetaileddiff(true);
  for (const difference of differences) {
    const property = new PropertyDiff().setKind(kindOf(difference, oldInputs)).setInputdiff(true);
    response.getDetaileddiffMap().set(pathOf(difference), property);
  }
  return response;
}

function kindOf({ to, replace, attribute, key }: Difference, oldInputs: Values): PropertyDiff.Kind {
  if (to === undefined) return replace ? Kind.DELETE_REPLACE : Kind.DELETE;
  if (inputOf(oldInputs, attribute, key) === undefined) return replace ? Kind.ADD_REPLACE : Kind.ADD;
  return replace ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}

/** The engine's spelling of a property's path. */
function pathOf({ attribute, key }: Difference): string {
  if (key === undefined) return attribute;
  return /^[A-Za-z_]\w*$/.test(key) ? `${attribute}.${key}` : `${attribute}[${JSON.stringify(key)}]`;
}
