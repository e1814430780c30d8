import { readFileSync } from "node:fs";
import path from "node:path";

/** The languages of the examples: how a fence names them, and how their files end. */
export const languages = { typescript: "ts", python: "py", go: "go", yaml: "yaml" };

/** The file of a resource's example in a language. */
export function exampleFile(type: string, language: keyof typeof languages): string {
  return path.join(__dirname, "examples", `${type}.${languages[language]}`);
}

/** The part of a resource's documentation that shows how to declare it, in each language. */
export function examplesOf(type: string): string {
  const fences = (Object.keys(languages) as (keyof typeof languages)[]).map((language) => {
    const program = readFileSync(exampleFile(type, language), "utf8").trimEnd();
    return `\`\`\`${language}\n${program}\n\`\`\``;
  });
  return [
    "{{% examples %}}",
    "## Example Usage",
    "{{% example %}}",
    `### Declare a ${type}`,
    ...fences,
    "{{% /example %}}",
    "{{% /examples %}}",
  ].join("\n\n");
}
