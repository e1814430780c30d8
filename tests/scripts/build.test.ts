import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, sourceFolders } from "../../scripts/toolchain/build";
import { repository } from "../../scripts/toolchain/place";
import { temporaryFolder } from "../support/temporaryFolder";

const silent = { done: () => {}, work: () => {} };

/** Stands in for npm: compiles by copying, and counts how often it was asked. */
const npm = `
const fs = require("node:fs");
fs.appendFileSync("builds.log", process.argv.slice(2).join(" ") + "\\n");
if (fs.existsSync("broken")) { console.log("sdk/index.ts(1,1): error"); process.exit(2); }
for (const folder of ["dist/sdk", "plugin"]) fs.mkdirSync(folder, { recursive: true });
fs.writeFileSync("plugin/provider.js", "");
for (const name of fs.readdirSync("sdk")) {
  for (const type of [".js", ".d.ts"]) fs.copyFileSync("sdk/" + name, "dist/sdk/" + name.replace(".ts", type));
}`;

async function checkout() {
  const root = await temporaryFolder();
  const file = (name: string) => path.join(root, name);
  mkdirSync(file("sdk"));
  writeFileSync(file("npm.js"), npm);
  writeFileSync(file("sdk/index.ts"), "1");
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

  it("looks at every folder that is compiled", () => {
    const settings = readFileSync(path.join(repository, "tsconfig.build.json"), "utf8");
    const { files } = JSON.parse(settings) as { files: string[] };
    expect(sourceFolders).toEqual(expect.arrayContaining(files.map((file) => file.split("/")[0])));
  });

  it("builds again when dist or the plugin was removed or changed by hand", async () => {
    const { build, builds, file } = await checkout();
    await build();
    rmSync(file("plugin/provider.js"));
    await build();
    rmSync(file("dist/sdk/index.js"));
    await build();
    writeFileSync(file("dist/sdk/index.js"), "tampered");
    await build();
    expect(builds()).toHaveLength(4);
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
