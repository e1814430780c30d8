import { z } from "zod";
import type { Idaas } from "./instances";
import { invalidParameter } from "./parameterErrors";
import { filledText } from "./userParams";

const fieldName = filledText(64);

/** The custom fields of a new user. */
export const newCustomFields = z
  .array(z.strictObject({ FieldName: fieldName, FieldValue: z.string() }))
  .optional();

/** The changes to custom fields of a user. */
export const customFieldChanges = z
  .array(
    z.strictObject({
      FieldName: fieldName,
      FieldValue: z.string().optional(),
      // The page has it as optional and no default; one left out replaces here (unverified).
      Operation: z.enum(["add", "replace", "remove"]).default("replace"),
    }),
  )
  .optional();

interface FieldChange {
  FieldName: string;
  FieldValue?: string | undefined;
  Operation: "add" | "replace" | "remove";
}

type Values = Record<string, string>;

/** The values after the changes. The code of every refusal here is (unverified). */
export function changeCustomFields(idaas: Idaas, values: Values, changes: readonly FieldChange[]): Values {
  const names = changes.map((change) => change.FieldName);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw invalidParameter("CustomFields", `${twice} is given twice`);
  return changes.reduce((current, change) => changeOne(idaas, current, change), values);
}

function changeOne(idaas: Idaas, values: Values, change: FieldChange): Values {
  const { FieldName: name, FieldValue: value, Operation: operation } = change;
  const field = idaas.customFields.get(name);
  if (!field) throw invalidParameter("CustomFields", `the instance has no field ${name}`);
  const { [name]: _removed, ...others } = values;
  if (operation === "remove") return others;
  if (operation === "add" && Object.hasOwn(values, name)) {
    throw invalidParameter("CustomFields", `${name} has a value already`);
  }
  if (!value) throw invalidParameter("CustomFields", `${name} has no FieldValue`);
  if (field.pattern && !new RegExp(field.pattern).test(value)) {
    throw invalidParameter("CustomFields", `the value of ${name} does not match ${field.pattern}`);
  }
  return { ...values, [name]: value };
}
