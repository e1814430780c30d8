import { chmod, copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { buildHost, generate, type Language, must } from "./language";

/** Python, with a virtual environment that has Pulumi and the generated SDK. */
export const python: Language = {
  name: "python",
  program: "__main__.py",

  async prepare(folder) {
    const [bin, packages, venv] = ["bin-python", "sdk-python", "venv"].map((name) =>
      path.join(folder, name),
    ) as [string, string, string];
    await mkdir(bin);
    const sources = await buildHost(
      path.join(__dirname, "../../scripts/toolchain/nodejs"),
      "python/cmd/pulumi-language-python",
      bin,
    );
    // The host is a program and a script that it starts.
    const script = path.join(bin, "pulumi-language-python-exec");
    await copyFile(path.join(sources, "python/cmd", path.basename(script)), script);
    await chmod(script, 0o755);
    await generate("python", packages);
    await must("python3", ["-m", "venv", venv]);
    await must(path.join(venv, "bin/pip"), ["install", "--quiet", "pulumi", packages]);
    // This old host does not hear of a virtual environment from the CLI, but takes the first Python on the PATH.
    return [path.join(venv, "bin"), bin, process.env.PATH].join(path.delimiter);
  },
};
