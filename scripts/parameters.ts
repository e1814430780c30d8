import path from "node:path";
import { settingsTable } from "./parameters/settingsTable";

const root = path.resolve(__dirname, "..");

/** Where the tables stand. */
export const pagesFile = path.join(root, "docs/parameters.md");

/** Where the table of the settings stands, among other things. */
export const settingsFile = path.join(root, "docs/settings.md");

/** The page of the settings with its table as it has to be, between its marks. */
export function withSettings(page: string): string {
  return page.replace(
    /(<!-- settings -->\n)[^]*(\n<!-- \/settings -->)/,
    (_, begin: string, end: string) => `${begin}\n${settingsTable()}\n${end}`,
  );
}

/** Where the table of permissions stands, among other things. */
export const permissionsFile = path.join(root, "docs/doctor.md");
