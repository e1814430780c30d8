import { spawnSync } from "node:child_process";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { reportJsonSchema } from "../cli/drift/report";
import { bundleForges } from "./package/bundleForges";
import { bundlePlugin } from "./package/bundlePlugin";
import { removeUnreached } from "./package/declarations";
import { usersFileSchema } from "./schema/usersFileSchema";
import { repository } from "./toolchain/place";

const dist = path.join(repository, "dist");
const making = path.join(repository, "dist.making");

/** `npm run build`: makes dist and the plugin's bundle from nothing, and puts dist in its place when it is whole. */
async function main(): Promise<void> {
  rmSync(making, { recursive: true, force: true });
  compile();
  removeUnreached(making);
  await bundleForges(making);
  writeJson("drift-report.schema.json", reportJsonSchema());
  writeJson("users.schema.json", usersFileSchema());
  await bundlePlugin();
  rmSync(dist, { recursive: true, force: true });
  renameSync(making, dist);
}

function writeJson(file: string, content: object): void {
  writeFileSync(path.join(making, file), `${JSON.stringify(content, null, 2)}\n`);
}

function compile(): void {
  const compiler = path.join(repository, "node_modules/typescript/bin/tsc");
  const args = [compiler, "-p", "tsconfig.build.json", "--outDir", making];
  const { status } = spawnSync(process.execPath, args, { cwd: repository, stdio: "inherit" });
  if (status !== 0) throw new Error("The TypeScript compiler reported errors.");
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
