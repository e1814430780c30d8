import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { reliabilityFile, reliabilityPage } from "../tests/reliability/data/page";
import { pagesFile, permissionsFile, settingsFile, withSettings } from "./parameters";
import { parametersPage } from "./parameters/parametersPage";
import { withPermissions } from "./parameters/permissionsTable";
import { generated } from "./schema";
import { repository } from "./toolchain/place";

const read = (file: string): string => readFileSync(file, "utf8");

/** `npm run generate`: writes the plugin's schema, the SDK's types and classes, and the pages and tables of docs that are printed. */
function main(): void {
  const files = new Map([
    ...generated(),
    [pagesFile, parametersPage()],
    [permissionsFile, withPermissions(read(permissionsFile))],
    [settingsFile, withSettings(read(settingsFile))],
    [reliabilityFile, reliabilityPage()],
  ]);
  for (const [file, text] of files) writeFileSync(path.resolve(repository, file), text);
}

main();
