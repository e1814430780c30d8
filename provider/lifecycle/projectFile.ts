import { existsSync } from "node:fs";
import path from "node:path";

const names = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** The file of the Pulumi project in the folder or around it, as Pulumi finds it; nothing where there is none. */
export function projectFile(folder: string): string | undefined {
  const file = names.map((name) => path.join(folder, name)).find((each) => existsSync(each));
  const parent = path.dirname(folder);
  return file ?? (parent === folder ? undefined : projectFile(parent));
}
