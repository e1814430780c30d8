import { existsSync } from "node:fs";
import path from "node:path";
import { nameAttributeOf } from "../../provider/core/identity";
import { type Resource, rowsOf } from "../../provider/core/resource";
import { linked } from "./makeSchema";
import type { Describe } from "./schemaTypes";
import { tableFile } from "./sentences";

/** The frontends for which a program imports classes: the folder of each in `sdk`, and what it builds them with. */
export const frontends = [
  { folder: "dynamicUsers", registration: "dynamicRegistration", dataSources: "dataSources" },
  { folder: "pluginUsers", registration: "pluginRegistration", dataSources: "pluginDataSources" },
] as const;

/** The name of a resource in the names of files and constants: `ramUser` for RamUser. */
export function camelType({ type }: Resource): string {
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
}

/** The class of a resource and its four look-ups for one frontend. */
export function userClassOf(
  resource: Resource,
  { registration, dataSources }: (typeof frontends)[number],
  describe: Describe,
): string {
  const { type } = resource;
  const name = camelType(resource);
  const own = hasOwnClass(name);
  const table = `../../../${tableFile(type).replace(/\.ts$/, "")}`;
  const types = [...(own ? [] : [`${type}Args`]), `${type}DataSources`, `${type}Outputs`].join(", ");
  const imports = [
    ...(own ? ['import type * as pulumi from "@pulumi/pulumi";'] : []),
    `import { ${name} } from "${table}";`,
    ...(own ? [`import { ${name}Class, type ${type}Class } from "../../${name}Class";`] : []),
    `import { ${dataSources}Of } from "../../${dataSources}";`,
    `import { ${registration} } from "../../${registration}";`,
    `import type { ${types} } from "../types/${name}";`,
    ...(own ? [] : ['import { userClass } from "../../userClass";']),
  ];
  const lookUps = Object.entries(lookUpSentences(resource)).map(
    ([role, [lookUp, sentence]]) => `/** ${sentence} */\nexport const ${lookUp} = users.${role};`,
  );
  const blocks = [
    "// Made by `npm run generate` from the resource's table.",
    imports.join("\n"),
    ...classOf(resource, registration, linked(describe(type))),
    [`const users = ${dataSources}Of<${type}DataSources>(${name});`, ...lookUps].join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** A class whose arguments demand one another, as plain types cannot say, is written by hand. */
function hasOwnClass(name: string): boolean {
  return existsSync(path.resolve(__dirname, `../../sdk/${name}Class.ts`));
}

function classOf(resource: Resource, registration: string, sentence: string): string[] {
  const { type } = resource;
  const name = camelType(resource);
  const doc = `/** ${sentence} */`;
  if (!hasOwnClass(name)) {
    const base = `userClass<${type}Args, ${type}Outputs>(${name}, ${registration})`;
    return [`${doc}\nexport class ${type} extends ${base} {}`];
  }
  return [
    `${doc}\nexport interface ${type} extends pulumi.CustomResource, ${type}Outputs {}\n` +
      `${doc}\nexport const ${type}: ${type}Class = ${name}Class(${registration});`,
  ];
}

/** The look-ups by their roles: their names, and what they are for. */
function lookUpSentences(resource: Resource): Record<string, [name: string, sentence: string]> {
  const { type } = resource;
  const by = `Looks up one ${type} by \`userId\` or \`${nameAttributeOf(resource)}\``;
  const all = `Looks up the ${type}s that match the API's own filters, or all of them`;
  const unmanaged = "including users not managed by Pulumi.";
  const lacking = listLacks(resource);
  return {
    one: [`get${type}`, `${by}, ${unmanaged} Fails if there is none.`],
    oneOutput: [`get${type}Output`, `${by}, which may be outputs. Fails if there is none.`],
    many: [`get${type}s`, `${all}, ${unmanaged}${lacking}`],
    manyOutput: [`get${type}sOutput`, `${all}; the arguments may be outputs.${lacking}`],
  };
}

function listLacks(resource: Resource): string {
  const { omittedFields } = resource.read.list;
  const lacking = rowsOf(resource)
    .filter(([, { fields }]) => fields.some((field) => omittedFields.includes(field)))
    .map(([name]) => `\`${name}\``);
  return lacking.length === 0 ? "" : ` The API's list lacks ${lacking.join(", ")}.`;
}
