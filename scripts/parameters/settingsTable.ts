import { settingMeanings } from "../schema/schemaSettings";
import { code, table } from "./table";

/** The table of the provider's settings: name, environment variables, meaning. */
export function settingsTable(): string {
  const rows = settingMeanings().map(([name, variables, meaning]) => [
    code(name),
    variables.map(code).join(", "),
    meaning,
  ]);
  return table(["setting", "environment", "meaning"], rows);
}
