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
};

/** The text of the file. */
export function schemaText(): string {
  const { version, description, license } = manifest;
  const about = { displayName: "Alibaba Cloud users", version, description, license };
  const sentences = readSentences();
  const describe = (path: string): string => {
    const sentence = sentences.get(path);
    if (!sentence) throw new Error(`${path} has no sentence above it.`);
    return sentence;
  };
  const schema = makeSchema({ about, describe, examples: examplesOf });
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

if (require.main === module) writeFileSync(file, schemaText());
