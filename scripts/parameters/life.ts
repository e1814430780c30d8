import { isDeepStrictEqual } from "node:util";
import type { PlannedCall } from "../../provider/core/plan";
import type { Attribute } from "../../provider/core/attribute";
import { isRemovable } from "../../provider/core/attribute";
import type { Resource } from "../../provider/core/resource";
import { rowsOf } from "../../provider/core/resource";
import { code, declaredOf, sceneOf, updates, without } from "./scene";

/** What comes of it when the program changes the attribute alone. */
export function onChange(resource: Resource, name: string, row: Attribute): string {
  if (row.replaceOnChange) return "new user";
  if (row.createOnly) return "refused: counts at creation";
  const steps = changeAlone(resource, name);
  if (steps.length > 0) return `in place${by(resource, steps)}`;
  const sentWith = rowsOf(resource)
    .map(([other]) => other)
    .filter((other) => changeAlone(resource, other).some(({ params }) => params[row.field] !== undefined));
  return `sent with the next ${sentWith.map(code).join(", ")}`;
}

/** What comes of it when the program lets the attribute go. */
export function onRemoval(resource: Resource, name: string, row: Attribute): string {
  if (!row.schema.isOptional()) return "required";
  if (row.replaceOnChange) return "new user";
  if (!isRemovable(row)) return "refused";
  const { declared, user } = sceneOf(resource, 1);
  const { [name]: other } = declaredOf(resource, 2);
  const live = isDeepStrictEqual(declared[name], row.clear) ? { ...declared, [name]: other } : declared;
  const steps = updates(resource, live, without(declared, name), user);
  if (row.onRemoval === "ignore" || steps.length === 0) return "nothing to send";
  const result = row.mergeKeys ? "each key is removed" : `set back to ${code(JSON.stringify(row.clear))}`;
  return `${result}${by(resource, steps)}`;
}

/** The calls for a change from one example to the other, or where there is but one, from none. */
function changeAlone(resource: Resource, name: string): PlannedCall[] {
  const { declared, user } = sceneOf(resource, 1);
  const { [name]: other } = declaredOf(resource, 2);
  const live = isDeepStrictEqual(declared[name], other) ? without(declared, name) : declared;
  return updates(resource, live, { ...declared, [name]: other }, user);
}

function by(resource: Resource, steps: readonly PlannedCall[]): string {
  const actions = [...new Set(steps.map(({ action }) => action))];
  return isDeepStrictEqual(actions, [resource.update.action]) ? "" : ` by ${actions.map(code).join(", ")}`;
}
