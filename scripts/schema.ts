import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Resource } from "../provider/core/resource";
import { makeSchema } from "../provider/plugin/schema";
import type { Describe } from "../provider/plugin/schema/schemaTypes";
import { resources } from "../provider/resources";
import { examplesOf } from "./schema/examples";
import { readSentences } from "./schema/sentences";
import { userTypesOf } from "./schema/userTypes";

/** Where the schema stands. */
export const file = path.resolve(__dirname, "../provider/plugin/schema.json");

/** Where the types of a resource stand. */
export const typesFile = ({ type }: Resource): string =>
  path.resolve(__dirname, `../sdk/types/${type.charAt(0).toLowerCase()}${type.slice(1)}.ts`);

const manifest = JSON.parse(readFileSync(path.resolve(__dirname, "../package.json"), "utf8")) as {
  version: string;
  description: string;
  license: string;
  author: string;
  repository: { url: string };
};

/** What the package says of itself. All addresses come from the one `repository` of package.json. */
function about(): object {
  const { version, description, license, author, repository } = manifest;
  const [, owner, name] = /github\.com\/([^/]+)\/(.+)\.git$/.exec(repository.url) ?? [];
  return {
    displayName: "Alibaba Cloud users",
    version,
    description,
    license,
    publisher: author,
    homepage: `https://github.com/${owner}/${name}#readme`,
    repository: `https://github.com/${owner}/${name}`,
    logoUrl: `https://raw.githubusercontent.com/${owner}/${name}/v${version}/docs/logo.svg`,
    pluginDownloadURL: `github://api.github.com/${owner}/${name}`,
  };
}

/** The text of the schema's file. */
export function schemaText(): string {
  const schema = makeSchema({ about: about(), describe: sentences(), examples: examplesOf });
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

/** The text of a resource's file of types. */
export function typesText(resource: Resource): string {
  return userTypesOf(resource, sentences());
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

function main(): void {
  writeFileSync(file, schemaText());
  for (const resource of resources) writeFileSync(typesFile(resource), typesText(resource));
}

if (require.main === module) main();
