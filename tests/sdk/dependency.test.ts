import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repository } from "../../scripts/toolchain/place";

const own = "pulumi-alicloud-users";

let root: string;
let program: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "dependency-")));
  program = path.join(root, "program");
  write(
    "cmd/run/index.js",
    `process.chdir(process.argv[2]); require(process.argv[2]); console.log("declared");`,
  );
  write("program/package.json", JSON.stringify({ name: "our-people" }));
  write("program/index.js", `require("people-lib").declare();`);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  const place = path.join(root, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
}

/** Puts a release of the package into a folder. */
function install(folder: string, version: string): void {
  const place = path.join(root, folder, "node_modules", own);
  write(path.join(folder, "node_modules", own, "package.json"), JSON.stringify({ ...manifest, version }));
  for (const part of ["sdk", "people", "provider"])
    cpSync(path.join(repository, "dist", part), path.join(place, "dist", part), { recursive: true });
  link(path.join(repository, "node_modules"), path.join(place, "node_modules"));
}

const manifest = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as object;

function link(to: string, place: string): void {
  mkdirSync(path.dirname(place), { recursive: true });
  symlinkSync(to, place, "junction");
}

/** A library that declares a user for whoever calls it. */
function installLibrary(folder: string): void {
  write(path.join(folder, "package.json"), JSON.stringify({ name: "people-lib", main: "index.js" }));
  write(
    path.join(folder, "index.js"),
    `exports.declare = () => new (require("${own}").RamUser)("alice", { userName: "alice" });`,
  );
}

/** What the program's process prints as Pulumi runs it, here without an engine. */
function declare(): string {
  const args = [path.join(root, "cmd/run/index.js"), program];
  // Pulumi's process reads source maps too.
  const { stdout, stderr } = spawnSync(process.execPath, ["--enable-source-maps", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return stdout + stderr;
}

/** The version whose provider Pulumi's process loads from the program's folder. */
function loaded(): string {
  const line = `(()=>require("${own}/dynamic").providers.RamUser)()`;
  const version = `require("${own}/package.json").version`;
  const args = ["-p", `typeof ${line}.create + " " + ${version}`];
  return spawnSync(process.execPath, args, { cwd: program, encoding: "utf8" }).stdout.trim();
}

test("the package as a dependency of a dependency alone is refused, with who brings it and what to install", () => {
  installLibrary("program/node_modules/people-lib");
  install("program/node_modules/people-lib", "0.1.0");
  const said = declare();
  expect(said).toContain(
    'RamUser "alice": it is declared with version 0.1.0 of pulumi-alicloud-users, which comes with "people-lib". ' +
      "Pulumi loads the provider of dynamic users from the program's folder, which does not have it. " +
      "Install this version there: npm install pulumi-alicloud-users@0.1.0 (or pnpm add, yarn add), " +
      'and let "people-lib" name it in its peerDependencies.',
  );
  expect(said.slice(said.indexOf("RamUser")).split("\n")[0]).not.toContain(root);
});

test("two versions are refused, so that neither loads the other's code; the same one twice works", () => {
  installLibrary("program/node_modules/people-lib");
  install("program/node_modules/people-lib", "0.1.0");
  install("program", "0.2.0");
  expect(declare()).toContain("which has version 0.2.0. Install this version there: npm install");
  rmSync(path.join(program, "node_modules", own), { recursive: true });
  install("program", "0.1.0");
  expect(declare()).toBe("declared\n");
  expect(loaded()).toBe("function 0.1.0");
});

test("in a workspace of links the program needs a link of its own", () => {
  installLibrary("library");
  link(path.join(root, "library"), path.join(program, "node_modules/people-lib"));
  install("store", "0.1.0");
  const stored = path.join(root, "store/node_modules", own);
  link(stored, path.join(root, "library/node_modules", own));
  expect(declare()).toContain('comes with "people-lib"');
  link(stored, path.join(program, "node_modules", own));
  expect(declare()).toBe("declared\n");
});
