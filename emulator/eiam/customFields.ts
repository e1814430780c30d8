import { z } from "zod";
import type { ApiError } from "../product/apiError";
import type { Idaas } from "./instances";
import { duplicated, invalidParameter, missingParameter } from "./parameterErrors";
import type { EiamUser } from "./snapshot";
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

/** The user with the changes to its custom fields, once they leave every field of the instance valid. */
export function changeCustomFields(idaas: Idaas, user: EiamUser, changes: readonly FieldChange[]): EiamUser {
  const names = changes.map((change) => change.FieldName);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw invalidField(twice, "it is given twice");
  const customFields = changes.reduce(
    (values, change) => changeOne(idaas, values, change),
    user.customFields,
  );
  for (const { fieldName, required } of idaas.customFields.rows())
    if (required && !Object.hasOwn(customFields, fieldName))
      throw missingParameter(`CustomField.${fieldName}`);
  for (const name of names) refuseTakenValue(idaas, { ...user, customFields }, name);
  return { ...user, customFields };
}

function changeOne(idaas: Idaas, values: Values, change: FieldChange): Values {
  const { FieldName: name, FieldValue: value, Operation: operation } = change;
  const field = idaas.customFields.get(name);
  // That these four problems share one code with a value that does not fit is (unverified).
  if (!field) throw invalidField(name, "the instance has no such field");
  const { [name]: _removed, ...others } = values;
  if (operation === "remove") return others;
  if (operation === "add" && Object.hasOwn(values, name)) throw invalidField(name, "it has a value already");
  if (!value) throw invalidField(name, "it has no FieldValue");
  if (field.pattern && !new RegExp(field.pattern).test(value))
    throw invalidField(name, `its value does not match ${field.pattern}`);
  return { ...values, [name]: value };
}

function refuseTakenValue(idaas: Idaas, user: EiamUser, name: string): void {
  if (!idaas.customFields.get(name)?.unique || !Object.hasOwn(user.customFields, name)) return;
  for (const other of idaas.users.rows()) {
    const isTaken =
      Object.hasOwn(other.customFields, name) && other.customFields[name] === user.customFields[name];
    if (other.userId !== user.userId && isTaken) throw duplicated(`CustomField.${name}`);
  }
}

function invalidField(name: string, reason: string): ApiError {
  return invalidParameter(`CustomField.${name}`, reason);
}
