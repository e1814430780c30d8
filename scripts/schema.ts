import { readFileSync } from "node:fs";
import path from "node:path";
import type { Resource } from "../provider/core/resource";
import { makeSchema } from "./schema/makeSchema";
import type { Describe } from "./schema/schemaTypes";
import { resources } from "../provider/resources";
import { examplesOf } from "./schema/examples";
import { providerTypes } from "./schema/schemaSettings";
import { readSentences } from "./schema/sentences";
import { camelType, frontends, userClassOf } from "./schema/userClasses";
import { userTypesOf } from "./schema/userTypes";

/** Where the schema stands. */
const file = "provider/plugin/schema.json";

const manifest = JSON.parse(readFileSync(path.resolve(__dirname, "../package.json"), "utf8")) as {
  version: string;
  description: string;
  license: string;
  author: string;
  repository?: { url: string };
};

/** What the package says of itself. All addresses come from the `repository` of package.json; without one there are none. */
function about(): object {
  const { version, description, license, author, repository } = manifest;
  const [, place] = /github\.com\/(.+)\.git$/.exec(repository?.url ?? "") ?? [];
  return {
    displayName: "Alibaba Cloud users",
    version,
    description,
    license,
    publisher: author,
    ...(place && {
      homepage: `https://github.com/${place}#readme`,
      repository: `https://github.com/${place}`,
      logoUrl: `https://raw.githubusercontent.com/${place}/v${version}/docs/logo.svg`,
      pluginDownloadURL: `github://api.github.com/${place}`,
    }),
  };
}

/** The text of the schema's file. */
function schemaText(): string {
  const schema = makeSchema({ about: about(), describe: sentences(), examples: examplesOf });
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

/** What is generated from the tables: the text of each file, by its path from the root of the project. */
export function generated(): Map<string, string> {
  const describe = sentences();
  const typesOf = (resource: Resource): [string, string] => [
    `sdk/generated/types/${camelType(resource)}.ts`,
    userTypesOf(resource, describe),
  ];
  const classesOf = (resource: Resource): [string, string][] =>
    frontends.map((frontend) => [
      `sdk/generated/${frontend.folder}/${camelType(resource)}.ts`,
      userClassOf(resource, frontend, describe),
    ]);
  return new Map([
    [file, schemaText()],
    ["sdk/generated/provider.ts", providerTypes()],
    ...resources.map(typesOf),
    ...resources.flatMap(classesOf),
    indexOf("sdk/generated/types", "export type *"),
    ...frontends.map(({ folder }) => indexOf(`sdk/generated/${folder}`, "export *")),
  ]);
}

/** A file that exports what the files of all resources in a folder do. */
function indexOf(folder: string, exporting: string): [string, string] {
  const lines = resources.map((resource) => `${exporting} from "./${camelType(resource)}";`);
  return [`${folder}/index.ts`, ["// Made by `npm run generate`.", ...lines, ""].join("\n")];
}

let known: Map<string, string> | undefined;

/** The sentence of a thing by its path; a thing without one is an error. */
function sentences(): Describe {
  const read = (known ??= readSentences());
  return (path) => {
    const sentence = read.get(path);
    if (!sentence) throw new Error(`${path} has no sentence above it.`);
    return sentence;
  };
}
