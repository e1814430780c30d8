import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeSchema } from "../provider/hosts/schema";
import { examplesOf } from "./schema/examples";
import { readSentences } from "./schema/sentences";

/** Where the schema stands. */
export const file = path.resolve(__dirname, "../provider/hosts/schema.json");

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

/** The text of the file. */
export function schemaText(): string {
  const sentences = readSentences();
  const describe = (path: string): string => {
    const sentence = sentences.get(path);
    if (!sentence) throw new Error(`${path} has no sentence above it.`);
    return sentence;
  };
  const schema = makeSchema({ about: about(), describe, examples: examplesOf });
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

if (require.main === module) writeFileSync(file, schemaText());
