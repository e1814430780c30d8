import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { everyPage } from "./parameters/everyPage";
import { overview } from "./parameters/overview";

const root = path.resolve(__dirname, "..");

/** Where the tables of all pages stand. */
export const pagesFile = path.join(root, "docs/parameters.md");

/** Where the overview stands, among other things. */
export const readmeFile = path.join(root, "README.md");

/** The README with the overview as it has to be, between its marks. */
export function withOverview(readme: string): string {
  return readme.replace(
    /(<!-- parameters -->\n)[^]*(\n<!-- \/parameters -->)/,
    (_, begin: string, end: string) => `${begin}\n${overview()}\n${end}`,
  );
}

if (require.main === module) {
  writeFileSync(pagesFile, everyPage());
  writeFileSync(readmeFile, withOverview(readFileSync(readmeFile, "utf8")));
}
