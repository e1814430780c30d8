import { z } from "zod";
import { type Resource, rowsOf } from "../../provider/core/resource";
import { nameAttributeOf, nameOf } from "../../provider/core/identity";
import type { Describe } from "./schemaTypes";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** One property of an interface. */
interface Property {
  name: string;
  type: string;
  sentence?: string;
  isOptional?: boolean;
  isReadonly?: boolean;
}

/** The types of a resource for TypeScript programs: what they may set, read and look up, with the sentence of each. */
export function userTypesOf(resource: Resource, describe: Describe): string {
  const blocks = [
    "// Made by `npm run generate` from the resource's table.",
    'import type * as pulumi from "@pulumi/pulumi";',
    ...typesOf(resource, describe),
  ];
  return indented(`${blocks.join("\n\n")}\n`);
}

/** A text of TypeScript with its lines indented. */
export function indented(text: string): string {
  let depth = 0;
  const lines = text.split("\n").map((line) => {
    if (line.startsWith("}")) depth -= 1;
    const written = line === "" ? "" : "  ".repeat(depth) + line;
    if (line.endsWith("{")) depth += 1;
    return written;
  });
  return lines.join("\n");
}

function typesOf(resource: Resource, describe: Describe): string[] {
  const { type } = resource;
  const rows = rowsOf(resource).map(([name, { schema, writeOnly }]) => ({ name, schema, writeOnly }));
  const options = Object.entries(resource.options).map(([name, schema]) => ({ name, schema }));
  const sentenceOf = (name: string): string => describe(`${type}.${name}`);

  const args = [...rows, ...options].map(({ name, schema }) => {
    const isOptional = schema.isOptional();
    const text = argumentType(jsonSchema(schema), `${type}.${name}`, describe);
    return { name, sentence: sentenceOf(name), isOptional, type: isOptional ? `${text} | undefined` : text };
  });
  const outputs = rows.map(({ name, schema }) => {
    const text = plainType(readBack(jsonSchema(schema)), `${type}.${name}`, describe);
    const output = `pulumi.Output<${text}${schema.isOptional() ? " | undefined" : ""}>`;
    return { name, sentence: sentenceOf(name), type: output, isReadonly: true };
  });
  const found = rows
    .filter(({ writeOnly }) => !writeOnly)
    .map(({ name, schema }) => ({
      name,
      sentence: sentenceOf(name),
      isOptional: true,
      isReadonly: true,
      type: plainType(readBack(jsonSchema(schema)), `${type}.${name}`, describe),
    }));
  const ids = [userId, id].map((property) => ({ ...property, isReadonly: true }));
  return [
    interfaceOf(`${type}Args`, `The arguments of ${type}: what a program may set.`, args),
    interfaceOf(
      `${type}Outputs`,
      `The outputs of ${type}: the attributes that the program set, and the user's id.`,
      [...outputs, { ...userId, type: "pulumi.Output<string>", isReadonly: true }],
    ),
    interfaceOf(
      `Found${type}`,
      `What a look-up returns of ${type}. Attributes that the account does not show are absent.`,
      [...ids, ...found],
    ),
    ...dataSourceTypes(resource, sentenceOf),
  ];
}

function dataSourceTypes(resource: Resource, sentenceOf: (name: string) => string): string[] {
  const { type } = resource;
  const unique = nameAttributeOf(resource);
  const place: Property[] = resource.identity
    .slice(0, -1)
    .map((wire) => nameOf(resource, wire))
    .map((name) => ({ name, type: "string", sentence: sentenceOf(name) }));
  if ("regionId" in resource.options)
    place.push({ name: "regionId", type: "string", sentence: sentenceOf("regionId"), isOptional: true });
  const one = [userId, { name: unique, type: "string", sentence: sentenceOf(unique) }];
  const filters = (resource.filters ?? []).map((wire) => ({
    name: wire.charAt(0).toLowerCase() + wire.slice(1),
    type: wire.endsWith("Ids") ? "string[]" : "string",
    sentence: `The filter \`${wire}\` of the API's list.`,
    isOptional: true,
  }));
  const oneType = (name: string, sentence: string, form: (property: Property) => Property): string => {
    const forms = one.map((property) => membersOf([form(property)])).join(" | ");
    const type = place.length === 0 ? forms : `${membersOf(place.map(form))} & (${forms})`;
    return `/** ${sentence} */\nexport type ${name} = ${type};`;
  };
  const dataSources = {
    one: `Get${type}Args`,
    oneOutput: `Get${type}OutputArgs`,
    many: `Get${type}sArgs`,
    manyOutput: `Get${type}sOutputArgs`,
    found: `Found${type}`,
  };
  const byName = `Which ${type} to look up: by its id, or by its unique name`;
  const byFilter = "Which users to look up: the filters of the API's own list; all users without any";
  return [
    oneType(dataSources.one, `${byName}.`, (property) => property),
    oneType(dataSources.oneOutput, `${byName}; outputs of resources too.`, orOutput),
    interfaceOf(dataSources.many, `${byFilter}.`, [...place, ...filters]),
    interfaceOf(
      dataSources.manyOutput,
      `${byFilter}; outputs of resources too.`,
      [...place, ...filters].map(orOutput),
    ),
    interfaceOf(
      `${type}DataSources`,
      `The types of the look-ups of ${type}.`,
      Object.entries(dataSources).map(([name, type]) => ({ name, type })),
    ),
  ];
}

/** A property whose value may be an output of a resource. */
function orOutput({ type, ...property }: Property): Property {
  const items = /^(.*)\[\]$/.exec(type)?.[1];
  const text = `pulumi.Input<${items === undefined ? type : `pulumi.Input<${items}>[]`}>`;
  return { ...property, type: property.isOptional ? `${text} | undefined` : text };
}

const userId: Property = {
  name: "userId",
  type: "string",
  sentence: "The user's id within the account or instance.",
};
const id: Property = {
  name: "id",
  type: "string",
  sentence: "The id of the resource, which `get` and `pulumi import` take.",
};

/** An interface with a sentence above it and above each property. */
export function interfaceOf(name: string, sentence: string, properties: readonly Property[]): string {
  if (properties.length === 0) return `/** ${sentence} */\nexport type ${name} = Record<string, never>;`;
  return `/** ${sentence} */\nexport interface ${name} ${membersOf(properties)}`;
}

function membersOf(properties: readonly Property[]): string {
  const lines = properties.map(
    ({ name, type, sentence, isOptional, isReadonly }) =>
      `${sentence ? `/** ${sentence} */\n` : ""}${isReadonly ? "readonly " : ""}${name}${isOptional ? "?" : ""}: ${type};`,
  );
  return `{\n${lines.join("\n")}\n}`;
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input" });
}

/** What is kept and read back: of a union, its first form, which the others are turned into. */
function readBack(schema: JsonSchema): JsonSchema {
  return (schema.anyOf?.[0] as JsonSchema | undefined) ?? schema;
}

/** The type of an argument: every level of it may be an output of another resource. */
export function argumentType(schema: JsonSchema, path: string, describe: Describe): string {
  return `pulumi.Input<${typeText(schema, path, describe, argumentType)}>`;
}

/** The type of a plain value. */
function plainType(schema: JsonSchema, path: string, describe: Describe): string {
  return typeText(schema, path, describe, plainType);
}

function typeText(schema: JsonSchema, path: string, describe: Describe, inner: typeof plainType): string {
  const {
    enum: values = "const" in schema ? [schema.const] : undefined,
    anyOf,
    properties,
    required = [],
  } = schema;
  if (values) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (anyOf) {
    const types = anyOf.map((each) => typeText(each as JsonSchema, path, describe, inner));
    return [...new Set(types)].join(" | ");
  }
  if (properties)
    return membersOf(
      Object.entries(properties).map(([name, member]) => {
        const isOptional = !required.includes(name);
        const type = inner(member as JsonSchema, `${path}.${name}`, describe);
        const sentence = describe(`${path}.${name}`);
        return { name, sentence, isOptional, type: isOptional ? `${type} | undefined` : type };
      }),
    );
  if (schema.type === "array") return arrayOf(inner(schema.items as JsonSchema, path, describe));
  if (schema.type === "object")
    return `Record<string, ${inner(schema.additionalProperties as JsonSchema, path, describe)}>`;
  return schema.type === "integer" ? "number" : (schema.type as string);
}

function arrayOf(type: string): string {
  return type.includes(" | ") && !type.endsWith(">") ? `(${type})[]` : `${type}[]`;
}
