import type { Values, Wire } from "../core/resource";

/** Custom fields as CreateUser takes them, by name: the engine hands a map over in any order, and a repeated call must be the same. */
export function fieldList(fields: Values): Wire[] {
  return Object.keys(fields)
    .sort()
    .map((FieldName) => ({ FieldName, FieldValue: fields[FieldName] }));
}

/** The custom fields of a user, by name. */
export function fieldMap({ CustomFields }: Wire): Values {
  const named = ((CustomFields ?? []) as Wire[]).filter(({ FieldName }) => typeof FieldName === "string");
  return Object.fromEntries(named.map(({ FieldName, FieldValue }) => [FieldName, FieldValue]));
}

/** UpdateUser wants to know what to do with each custom field; a dropped one comes as null. */
export function withOperations(params: Wire): Wire {
  const fields = params.CustomFields as Wire[] | undefined;
  if (!fields) return params;
  const operations = fields.map(({ FieldName, FieldValue }) =>
    FieldValue === null
      ? { FieldName, Operation: "remove" }
      : { FieldName, FieldValue, Operation: "replace" },
  );
  return { ...params, CustomFields: operations };
}
