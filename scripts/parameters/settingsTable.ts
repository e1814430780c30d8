import { packageSchema } from "../../provider/plugin/packageSchema";
import { code } from "./scene";
import { table } from "./table";

interface Variable {
  description: string;
  defaultInfo?: { environment: string[] };
}

/** The table of the provider's settings: name, environment variables, meaning, as the plugin's schema has them. */
export function settingsTable(): string {
  const { config } = JSON.parse(packageSchema()) as { config: { variables: Record<string, Variable> } };
  const rows = Object.entries(config.variables).map(([name, { description, defaultInfo }]) => [
    code(name),
    (defaultInfo?.environment ?? []).map(code).join(", "),
    description.replace(/ In the environment: .*/s, ""),
  ]);
  return table(["setting", "environment", "meaning"], rows);
}
