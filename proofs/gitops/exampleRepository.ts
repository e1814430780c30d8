import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../../scripts/toolchain/place";
import { run } from "../../scripts/toolchain/run";

/** A repository as a user of an example has it. */
export interface ExampleRepository {
  dir: string;
  /** A folder for the front of the PATH: its `npm ci` links this checkout's packages, its `npx` runs this checkout's command. */
  bin: string;
  /** Declares users of these names in the program. */
  declare(names: readonly string[]): void;
}

/** Lays out a repository from an example. Everything else in its pipelines is real. */
export async function layOutRepository(root: string, example: string): Promise<ExampleRepository> {
  const dir = path.join(root, example);
  const bin = path.join(root, `${example}-bin`);
  cpSync(path.join(repository, "examples/gitops", example), dir, { recursive: true });
  mkdirSync(bin);
  const put = (name: string, text: string): void => writeFileSync(path.join(dir, name), text);
  const command = (name: string, text: string): void =>
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  command("npm", `ln -sfn ${path.join(repository, "node_modules")} node_modules`);
  command("npx", `shift\nexec node ${path.join(repository, "dist/cli/main.js")} "$@"`);
  put("Pulumi.yaml", "name: users\nruntime: nodejs\n");
  put("package.json", JSON.stringify({ name: "users", private: true }));
  put("tsconfig.json", JSON.stringify({ compilerOptions: { module: "node16", target: "ES2022" } }));
  put(".gitignore", "node_modules\n");
  const declare = (names: readonly string[]): void =>
    put(
      "index.ts",
      `import { RamUser } from "pulumi-alicloud-users";\nfor (const userName of ${JSON.stringify(names)}) new RamUser(userName, { userName });\n`,
    );
  declare([]);
  const own = ["-c", "user.name=users", "-c", "user.email=users@example.com"];
  for (const args of [
    ["init", "-q", "-b", "main"],
    ["remote", "add", "origin", "https://example.com/acme/users.git"],
    ["add", "-A"],
    ["commit", "-qm", "Users"],
  ])
    await run("git", [...own, ...args], { cwd: dir });
  return { dir, bin, declare };
}
