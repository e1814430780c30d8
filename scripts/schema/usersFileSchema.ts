import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type Resource, rowsOf } from "../../provider/core/resource";
import { packageName } from "../../provider/lifecycle/packageName";
import { account, kinds, placeOf } from "../../people/people";
import { repository } from "../toolchain/place";

interface PackageSchema {
  resources: Record<string, { inputProperties: Record<string, { description?: string }> }>;
}

const day = { type: "string", format: "date", pattern: "^\\d{4}-\\d{2}-\\d{2}$" };
const term = {
  take: { enum: [true, false, "yes", "no"], description: "With no, the program leaves the person alone." },
  from: { ...day, description: "The first day. Before it, no user of the person is created." },
  until: {
    ...day,
    description: "The last day. After it the person is locked out, and deleted after the days of grace.",
  },
};

/** The JSON Schema of a file of people, by which editors complete and check it; made from the tables. */
export function usersFileSchema(): object {
  const others = [...kinds].filter(([, resource]) => resource !== account.resource);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A file of people",
    type: "object",
    properties: {
      $schema: { type: "string" },
      timeZone: {
        type: "string",
        description: "The time zone of the days, such as Asia/Shanghai. UTC unless told.",
      },
      directories: {
        description: 'Names for the places that have users. "ram" is the account, and needs no entry.',
        type: "object",
        additionalProperties: { anyOf: others.map(([kind]) => directoryOf(kind)) },
      },
      people: {
        description: "Each person under the name of its resources, which stays when the person is renamed.",
        type: "object",
        additionalProperties: {
          type: "object",
          properties: { ...term, ram: userOf(account.resource, []) },
          additionalProperties: {
            anyOf: others.map(([, resource]) => userOf(resource, Object.keys(placeOf(resource, "").values))),
          },
        },
      },
    },
    required: ["people"],
    additionalProperties: false,
    definitions: { secret },
  };
}

/** A value that is not in the file. */
const secret = {
  description: "A secret of the stack's configuration, by its name.",
  type: "object",
  properties: { config: { type: "string" } },
  required: ["config"],
  additionalProperties: false,
};

function directoryOf(kind: string): object {
  const instance = { type: "string", description: "The id of the instance." };
  const regionId = { type: "string", description: "Its region, where that is not the configured one." };
  return {
    type: "object",
    properties: { [kind]: instance, regionId },
    required: [kind],
    additionalProperties: false,
  };
}

/** A user's attributes and options, but for those that its place tells. */
function userOf(resource: Resource, told: readonly string[]): object {
  const rows = rowsOf(resource).filter(([name]) => !told.includes(name));
  const attributes = rows.map(([name, { schema }]): [string, object] => [
    name,
    { anyOf: [jsonSchemaOf(schema), { $ref: "#/definitions/secret" }] },
  ]);
  const options = Object.entries(resource.options).map(([name, schema]): [string, object] => [
    name,
    jsonSchemaOf(schema),
  ]);
  const descriptions = descriptionsOf(resource);
  const properties = [...attributes, ...options].map(([name, schema]) => [
    name,
    { description: descriptions[name]?.description, ...schema },
  ]);
  // What a user follows of the person's RAM user is left out where there is one.
  const isFollowed = (name: string): boolean =>
    [...Object.keys(resource.follows?.by ?? {}), resource.follows?.name].includes(name);
  const required = rows
    .filter(([name, { schema }]) => !schema.isOptional() && !isFollowed(name))
    .map(([name]) => name);
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required,
    additionalProperties: false,
  };
}

function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _, ...own } = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
  return own;
}

const packageSchema = path.join(repository, "provider/plugin/schema.json");

function descriptionsOf({ type }: Resource): Record<string, { description?: string }> {
  const { resources } = JSON.parse(readFileSync(packageSchema, "utf8")) as PackageSchema;
  return resources[`${packageName}:index:${type}`]?.inputProperties ?? {};
}
