import type { WriteCall } from "../../core/attribute";
import type { Values, Wire } from "../../core/wire";

/**
 * Custom fields as calls take them, sorted by name: the engine hands a map over in any order, and a repeated call must be
 * the same. UpdateUser wants an operation for each field; a removed one has the value null.
 */
export function customFieldParameters(fields: Values, call: WriteCall): Wire[] {
  return Object.keys(fields)
    .sort()
    .map((FieldName) => {
      const FieldValue = fields[FieldName];
      if (call === "create") return { FieldName, FieldValue };
      return FieldValue === null
        ? { FieldName, Operation: "remove" }
        : { FieldName, FieldValue, Operation: "replace" };
    });
}

/** The custom fields of a user, by name. */
export function customFieldsOf({ CustomFields }: Wire): Values {
  const named = ((CustomFields ?? []) as Wire[]).filter(({ FieldName }) => typeof FieldName === "string");
  return Object.fromEntries(named.map(({ FieldName, FieldValue }) => [FieldName, FieldValue]));
}
