// `npm run pulumi -- ARGS`: the Pulumi CLI of this project, set up first where needed.
import { spawn } from "node:child_process";
import path from "node:path";
import { setUp } from "./setup.mjs";

async function main() {
  const { binDir, env } = await setUp({ isQuiet: true });
  const cli = path.join(binDir, process.platform === "win32" ? "pulumi.exe" : "pulumi");
  const child = spawn(cli, process.argv.slice(2), { env, stdio: "inherit" });
  // The terminal interrupts the CLI too, and a second interrupt would make it drop what it is doing.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", fail);
  child.on("exit", (code) => process.exit(code ?? 1));
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}

main().catch(fail);
