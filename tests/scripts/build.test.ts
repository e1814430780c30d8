import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, orphans } from "../../scripts/toolchain/build";
import { temporaryFolder } from "./temporaryFolder";

const silent = { done: () => {}, work: () => {} };

/** Stands in for npm: compiles by copying, and counts how often it was asked. */
const npm = `
const fs = require("node:fs");
fs.appendFileSync("builds.log", process.argv.slice(2).join(" ") + "\\n");
if (fs.existsSync("broken")) { console.log("sdk/index.ts(1,1): error"); process.exit(2); }
fs.mkdirSync("dist/sdk", { recursive: true });
for (const name of fs.readdirSync("sdk")) {
  for (const type of [".js", ".d.ts"]) fs.copyFileSync("sdk/" + name, "dist/sdk/" + name.replace(".ts", type));
}`;

async function checkout() {
  const root = await temporaryFolder();
  const file = (name: string) => path.join(root, name);
  mkdirSync(file("sdk"));
  writeFileSync(file("npm.js"), npm);
  writeFileSync(file("sdk/index.ts"), "1");
  writeFileSync(file("sdk/old.ts"), "1");
  const builds = () => readFileSync(file("builds.log"), "utf8").trim().split("\n");
  return { file, builds, build: () => build([process.execPath, file("npm.js")], silent, root) };
}

describe("build", () => {
  it("builds once while nothing changes", async () => {
    const { build, builds } = await checkout();
    await build();
    await build();
    expect(builds()).toEqual(["run build --silent"]);
  });

  it("builds again when a source changed, whatever its time says", async () => {
    const { build, builds, file } = await checkout();
    await build();
    writeFileSync(file("sdk/index.ts"), "2");
    await build();
    expect(builds()).toHaveLength(2);
    expect(readFileSync(file("dist/sdk/index.js"), "utf8")).toBe("2");
  });

  it("removes from dist what was built of a source that is gone", async () => {
    const { build, file } = await checkout();
    await build();
    rmSync(file("sdk/old.ts"));
    await build();
    expect(existsSync(file("dist/sdk/old.js"))).toBe(false);
    expect(existsSync(file("dist/sdk/old.d.ts"))).toBe(false);
    expect(existsSync(file("dist/sdk/index.js"))).toBe(true);
  });

  it("builds again when dist was removed or changed by hand", async () => {
    const { build, builds, file } = await checkout();
    await build();
    rmSync(file("dist/sdk/index.js"));
    await build();
    writeFileSync(file("dist/sdk/index.js"), "tampered");
    await build();
    expect(builds()).toHaveLength(3);
    expect(readFileSync(file("dist/sdk/index.js"), "utf8")).toBe("1");
  });

  it("shows the compiler's words when the build fails, and tries again the next time", async () => {
    const { build, builds, file } = await checkout();
    writeFileSync(file("broken"), "");
    await expect(build()).rejects.toThrow("sdk/index.ts(1,1): error");
    rmSync(file("broken"));
    await build();
    expect(builds()).toHaveLength(2);
  });

  it("builds once for two runs at once", async () => {
    const { build, builds } = await checkout();
    await Promise.all([build(), build()]);
    expect(builds()).toHaveLength(1);
  });
});

describe("orphans", () => {
  it("knows every file a source is compiled into, and leaves other files alone", () => {
    const outputs = [
      "dist/sdk/a.js",
      "dist/sdk/a.d.ts",
      "dist/sdk/b.js",
      "dist/sdk/b.js.map",
      "dist/sdk/b.d.ts",
    ];
    expect(orphans([...outputs, "dist/sdk/schema.json"], ["sdk/a.ts"])).toEqual(outputs.slice(2));
  });
});
