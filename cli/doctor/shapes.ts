import { z } from "zod";
import type { Attribute } from "../../provider/core/attribute";
import { type Resource, rowsOf } from "../../provider/core/resource";
import type { Wire } from "../../provider/core/wire";

/** The fields of a user by the API's pages, as Get answers (`whole`) or as the list does. */
export function shapeOf(resource: Resource, answer: "whole" | "listed"): z.ZodObject {
  const { read } = resource;
  const attributes = rowsOf(resource).flatMap(([, row]) => fieldsOf(resource, row));
  const shape = { ...Object.fromEntries(attributes), ...read.otherFields };
  if (answer === "whole") return z.object(shape);
  const { omittedFields } = read.list;
  return z.object(
    Object.fromEntries(Object.entries(shape).filter(([name]) => !omittedFields.includes(name))),
  );
}

function fieldsOf({ identity }: Resource, row: Attribute): [field: string, schema: z.ZodType][] {
  if (row.writeOnly) return [];
  const isShown = row.alwaysShown ?? (!row.schema.isOptional() && !identity.includes(row.field));
  const answer = row.answer ?? { [row.field]: answered(row.schema) };
  return Object.entries(answer).map(([field, schema]) => [field, isShown ? schema : schema.optional()]);
}

/** The type of a value that comes back as a program writes it; of several forms, the first. */
function answered(schema: z.ZodType): z.ZodType {
  const json = z.toJSONSchema(schema, { io: "input" });
  const { type } = (json.anyOf?.[0] ?? json) as { type?: string };
  if (type === "boolean") return z.boolean();
  if (type === "integer") return z.int();
  return type === "array" ? z.array(z.string()) : z.string();
}

/** How a value differs from what the pages say, by the names of fields; the values themselves are not told. */
export function differencesOf(shape: z.ZodObject, value: Wire): { problems: string[]; unknown: string[] } {
  const problems = Object.entries(shape.shape as Record<string, z.ZodType>).flatMap(([name, schema]) => {
    const given = value[name];
    if (given === undefined || given === null) return schema.isOptional() ? [] : [`${name} is missing`];
    return schema.safeParse(given).success ? [] : [`${name} has another type (${typeOf(given)})`];
  });
  return { problems, unknown: Object.keys(value).filter((name) => !(name in shape.shape)) };
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}
