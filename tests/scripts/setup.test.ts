import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../support/temporaryFolder";

/** Stands in for npm: installs a tsx whose TypeScript only says what it was asked for. */
const npm = `
const fs = require("node:fs");
fs.appendFileSync("npm.log", process.argv.slice(2).join(" ") + "\\n");
if (fs.existsSync("offline")) process.exit(1);
fs.rmSync("node_modules", { recursive: true, force: true });
fs.mkdirSync("node_modules/tsx", { recursive: true });
fs.writeFileSync("node_modules/tsx/package.json", JSON.stringify({ exports: { "./cjs/api": "./api.js" } }));
fs.writeFileSync("node_modules/tsx/api.js",
  "exports.require = () => ({ prepare: ({ pulumi, yaml }) =>" +
    " console.log('prepares', pulumi ? yaml ? 'all' : 'all but yaml' : 'all but pulumi') })");
fs.mkdirSync("node_modules/tsx/dist");
fs.writeFileSync("node_modules/tsx/dist/cli.mjs", "console.log('runs', process.argv.slice(3).join(' '))");
fs.writeFileSync("node_modules/.package-lock.json", "{}");`;

async function checkout() {
  const root = await temporaryFolder();
  const file = (name: string) => path.join(root, name);
  for (const script of ["scripts/setup.mjs", "proofs/proof.mjs"]) {
    mkdirSync(path.dirname(file(script)));
    copyFileSync(path.join(__dirname, "../..", script), file(script));
  }
  writeFileSync(file("npm-cli.js"), npm);
  writeFileSync(file("package-lock.json"), "one");
  writeFileSync(file("proofs/package-lock.json"), "one");
  const runScript = (script: string, args: string[]) => {
    const env = { ...process.env, npm_execpath: file("npm-cli.js") };
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: root,
      env,
    });
    return { status, stdout: stdout.toString().trim().split("\n"), stderr: stderr.toString() };
  };
  const setup = (...args: string[]) => runScript("scripts/setup.mjs", args);
  const proof = (...args: string[]) => runScript("proofs/proof.mjs", args);
  const changeLock = (text: string) => {
    writeFileSync(file("package-lock.json"), text);
    const later = new Date(Date.now() + 60_000);
    utimesSync(file("package-lock.json"), later, later);
  };
  const installs = () => readFileSync(file("npm.log"), "utf8").trim().split("\n").length;
  return { file, setup, proof, changeLock, installs };
}

describe("npm run setup", () => {
  it("installs the dependencies once, without needing any itself", async () => {
    const { setup, installs } = await checkout();
    expect(setup().stdout).toEqual(["npm dependencies: installing", "prepares all"]);
    expect(setup().stdout).toEqual(["npm dependencies: up to date", "prepares all"]);
    expect(installs()).toBe(1);
  });

  it("installs again when the lock file says something else", async () => {
    const { setup, changeLock, installs } = await checkout();
    setup();
    changeLock("one");
    setup();
    expect(installs()).toBe(1);
    changeLock("two");
    setup();
    expect(installs()).toBe(2);
  });

  it("takes an install that was made by hand", async () => {
    const { setup, file, installs } = await checkout();
    setup();
    rmSync(file("node_modules/.package-lock.sha256"));
    expect(setup().stdout[0]).toBe("npm dependencies: up to date");
    expect(installs()).toBe(1);
  });

  it("repairs an install that was cut short", async () => {
    const { setup, file, installs } = await checkout();
    setup();
    rmSync(file("node_modules/.package-lock.json"));
    setup();
    expect(installs()).toBe(2);
  });

  it("leaves Pulumi out when asked, or its host for YAML alone", async () => {
    const { setup } = await checkout();
    expect(setup("--no-pulumi").stdout.at(-1)).toBe("prepares all but pulumi");
    expect(setup("--no-yaml").stdout.at(-1)).toBe("prepares all but yaml");
  });

  it("fails when the dependencies cannot be had", async () => {
    const { setup, file } = await checkout();
    writeFileSync(file("offline"), "");
    const { status, stderr } = setup();
    expect(status).toBe(1);
    expect(stderr).toContain("npm ci failed.");
    expect(existsSync(file("node_modules"))).toBe(false);
  });
});

describe("npm run proof", () => {
  it("sets up what the proof needs, and hands its flags on", async () => {
    const { proof, file } = await checkout();
    const lines = ["npm dependencies: installing", "prepares all but yaml", "runs --only calls"];
    expect(proof("bench", "--only", "calls").stdout).toEqual(lines);
    expect(existsSync(file("proofs/node_modules"))).toBe(false);
  });

  it("installs the packages of the proofs once, for a proof that needs them", async () => {
    const { proof } = await checkout();
    const own = () =>
      proof("mutation").stdout.find((line) => line.startsWith("npm dependencies of the proofs"));
    expect(own()).toBe("npm dependencies of the proofs: installing");
    expect(own()).toBe("npm dependencies of the proofs: up to date");
  });

  it("names the proofs that there are where it is asked for another", async () => {
    const { status, stderr } = (await checkout()).proof("speed");
    expect(status).toBe(1);
    expect(stderr).toMatch(/^There is no proof "speed"\.\n[^]*^ {2}bench /m);
  });
});
