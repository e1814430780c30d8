import { z } from "zod";
import { type Setting, settingRows } from "../../provider/api/settingsTable";
import { packageName } from "../../provider/lifecycle/packageName";
import type { TypeSpec } from "./schemaTypes";
import { argumentType, indented, interfaceOf } from "./userTypes";

type JsonSchema = z.core.JSONSchema.JSONSchema;

const variablesOf = ({ variables = [] }: Setting): string[] => [...new Set(variables)];

/** What a setting is for, and the variables that stand in for it. */
function describe(setting: Setting): string {
  const variables = variablesOf(setting).map((variable) => `\`${variable}\``);
  const inEnvironment = variables.length === 0 ? "" : ` In the environment: ${variables.join(" or ")}.`;
  return setting.sentence + inEnvironment;
}

/** The name of an object's type: `AssumeRole` for assumeRole. */
const typeName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** What a program may write, without the lists that Terraform makes of blocks. */
function jsonSchema({ schema }: Setting): JsonSchema {
  const { anyOf, ...rest } = z.toJSONSchema(schema, { io: "input" });
  const forms = (anyOf as JsonSchema[] | undefined)?.filter(({ type }) => type !== "array");
  return forms?.length === 1 ? (forms[0] as JsonSchema) : { ...rest, ...(forms && { anyOf: forms }) };
}

function typeSpec(name: string, setting: Setting): TypeSpec {
  return setting.members
    ? { $ref: `#/types/${packageName}:index:Provider${typeName(name)}` }
    : specOf(jsonSchema(setting));
}

function specOf({ anyOf, type, additionalProperties }: JsonSchema): TypeSpec {
  if (anyOf) return { oneOf: anyOf.map((each) => specOf(each as JsonSchema)) };
  if (type === "object") return { type, additionalProperties: specOf(additionalProperties as JsonSchema) };
  // An integer of the schema has 32 bits in several languages.
  return { type: type === "integer" ? "number" : (type as string) };
}

function specs(rows: readonly [string, Setting][], further: (setting: Setting) => object = () => ({})) {
  const entries = rows.map(([name, setting]) => {
    const { secret } = setting;
    const spec = { ...typeSpec(name, setting), description: describe(setting), ...(secret && { secret }) };
    return [name, { ...spec, ...further(setting) }];
  });
  return Object.fromEntries(entries) as Record<string, object>;
}

const objects = (): [string, Setting & Required<Pick<Setting, "members">>][] =>
  settingRows().flatMap(([name, { members, ...rest }]) => (members ? [[name, { ...rest, members }]] : []));

/** The types of the objects among the settings, by token. */
export function settingTypeSpecs(): Record<string, object> {
  const types = objects().map(([name, { sentence, members }]) => [
    `${packageName}:index:Provider${typeName(name)}`,
    { type: "object", description: sentence, properties: specs(Object.entries(members)) },
  ]);
  return Object.fromEntries(types) as Record<string, object>;
}

/** The stack's configuration, with the environment variables that stand in for it. */
export function configVariables(): Record<string, object> {
  return specs(settingRows(), (setting) => {
    const environment = variablesOf(setting);
    return environment.length === 0 ? {} : { defaultInfo: { environment } };
  });
}

/**
 * The inputs of a provider that a program declares. The provider reads the environment itself, when it runs: a default
 * here would be written into the state, and could add a token from the environment to a key from the program.
 */
export function providerInputs(): Record<string, object> {
  return specs(settingRows());
}

/** The arguments of a provider for TypeScript programs, and which of them are secret or go to the engine as JSON. */
export function providerTypes(): string {
  const propertiesOf = (rows: readonly [string, Setting][]) =>
    rows.map(([name, setting]) => ({
      name,
      type: setting.members
        ? `pulumi.Input<${typeName(name)}>`
        : argumentType(jsonSchema(setting), name, () => ""),
      sentence: describe(setting),
      isOptional: true,
    }));
  const sent = settingRows().flatMap(([name, setting]) => {
    const isJson = jsonSchema(setting).type !== "string";
    const marks = [setting.secret && "isSecret: true", isJson && "isJson: true"].filter(Boolean);
    return marks.length === 0 ? [] : `${name}: { ${marks.join(", ")} },`;
  });
  const blocks = [
    "// Made by `npm run generate` from the table of the settings.",
    'import type * as pulumi from "@pulumi/pulumi";',
    ...objects().map(([name, { sentence, members }]) =>
      interfaceOf(typeName(name), sentence, propertiesOf(Object.entries(members))),
    ),
    interfaceOf(
      "ProviderArgs",
      "How an account is reached; what is left out comes from the configuration `alicloud-users:…` and the environment.",
      propertiesOf(settingRows()),
    ),
    "/** How the engine takes the arguments: encrypted, as JSON what is no text, or as they are. */\n" +
      [
        "export const sent: Readonly<Record<string, { isSecret?: true; isJson?: true }>> = {",
        ...sent,
        "};",
      ].join("\n"),
  ];
  return indented(`${blocks.join("\n\n")}\n`);
}

/** Each setting's name, variables and meaning. */
export function settingMeanings(): [name: string, variables: string[], meaning: string][] {
  return settingRows().map(([name, setting]) => [name, variablesOf(setting), setting.sentence]);
}
