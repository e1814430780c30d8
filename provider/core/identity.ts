import { idFieldOf } from "./directorySchema";
import { type Resource, rowsOf } from "./resource";
import { showValue } from "./showText";
import type { Values, Wire } from "./wire";

/** The parameters that name one user in its calls. */
export function requestKeyOf(resource: Resource, user: Wire): Wire {
  if (resource.requestKey) return resource.requestKey(user);
  return Object.fromEntries(resource.identity.map((field) => [field, user[field]]));
}

/** The id of a user: its identity joined by ":". Throws when a part of it is missing. */
export function idOf(resource: Resource, user: Wire): string {
  const parts = resource.identity.map((field) => {
    const part = user[field];
    if ((typeof part === "string" && part !== "") || typeof part === "number") return part;
    throw new Error(`The API returned a ${resource.type} without its ${field}. Run pulumi up again.`);
  });
  return parts.join(":");
}

/** The identity that an id holds, by field. Throws a sentence when the id has another form. */
export function identityOf(resource: Resource, id: string): Wire {
  const parts = id.split(":");
  if (parts.length !== resource.identity.length || parts.some((part) => part === "")) {
    const form = resource.identity.map((field) => `<${field}>`).join(":");
    throw new Error(`${showValue(id)} is not the id of a ${resource.type}. Its form is ${form}.`);
  }
  return Object.fromEntries(resource.identity.map((field, index) => [field, parts[index]]));
}

/** The last part of an id, which names the user within its directory. */
export function userIdOf(resource: Resource, id: string): string {
  return identityOf(resource, id)[idFieldOf(resource)] as string;
}

/** The fields that name the directory of a user, such as `{InstanceId}`, from an id or from declared values. */
export function scopeOf(resource: Resource, from: string | Values): Wire {
  const fields = resource.identity.slice(0, -1);
  const identity = typeof from === "string" ? identityOf(resource, from) : undefined;
  return Object.fromEntries(
    fields.map((field) => [field, identity ? identity[field] : (from as Values)[nameOf(resource, field)]]),
  );
}

const nameAttributes = new WeakMap<Resource, string>();

/** The attribute whose value no two users of a directory share, such as `userName`. */
export function nameAttributeOf(resource: Resource): string {
  const known = nameAttributes.get(resource) ?? nameOf(resource, resource.nameField);
  nameAttributes.set(resource, known);
  return known;
}

/** The attribute that has a field. Throws when none has it. */
export function nameOf(resource: Resource, field: string): string {
  const found = rowsOf(resource).find(([, row]) => row.field === field);
  if (!found) throw new Error(`${resource.type} has no attribute for ${field}.`);
  return found[0];
}
