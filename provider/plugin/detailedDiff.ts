import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { entryOf } from "../core/codecs";
import type { Difference } from "../core/diff";
import type { Values } from "../core/resource";

const { Kind } = PropertyDiff;

/**
 * Differences as the engine shows them: property by property, and what makes a new user. The values that it shows are
 * those of the inputs, old and new.
 */
export function detailedDiff(differences: readonly Difference[], oldInputs: Values): DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  const replaces = differences.filter(({ replace }) => replace).map(({ attribute }) => attribute);
  const response = new DiffResponse()
    .setChanges(differences.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setReplacesList([...new Set(replaces)])
    .setDiffsList([...new Set(differences.map(({ attribute }) => attribute))])
    // Whoever wants it replaced, for no two users have one name.
    .setDeletebeforereplace(true)
    .setHasdetaileddiff(true);
  for (const difference of differences)
    response
      .getDetaileddiffMap()
      .set(pathOf(difference), new PropertyDiff().setKind(kindOf(difference, oldInputs)).setInputdiff(true));
  return response;
}

/** Whether there is anything to do: what the account lost and the program let go is out of the inputs already. */
export function isOpen(difference: Difference, oldInputs: Values): boolean {
  const { from, to } = difference;
  return from !== undefined || to !== undefined || oldValue(difference, oldInputs) !== undefined;
}

function kindOf(difference: Difference, oldInputs: Values): PropertyDiff.Kind {
  const { to, replace } = difference;
  if (to === undefined) return replace ? Kind.DELETE_REPLACE : Kind.DELETE;
  if (oldValue(difference, oldInputs) === undefined) return replace ? Kind.ADD_REPLACE : Kind.ADD;
  return replace ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}

function oldValue({ attribute, key }: Difference, oldInputs: Values): unknown {
  const value = entryOf(oldInputs, attribute);
  return key === undefined ? value : entryOf(value, key);
}

/** The engine's spelling of a property's path. */
function pathOf({ attribute, key }: Difference): string {
  if (key === undefined) return attribute;
  return /^[A-Za-z_]\w*$/.test(key) ? `${attribute}.${key}` : `${attribute}[${JSON.stringify(key)}]`;
}
