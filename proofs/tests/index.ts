import { spawnSync } from "node:child_process";
import path from "node:path";
import { repository } from "../../scripts/toolchain/place";

/** `npm run proof -- tests`: the proofs' own tests. */
const args = [path.join(repository, "node_modules/jest/bin/jest.js"), "--config", "proofs/jest.config.json"];
const { status } = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], {
  cwd: repository,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
