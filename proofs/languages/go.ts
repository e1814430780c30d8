import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { resources } from "../../provider/resources";
import { exampleFile } from "../../scripts/schema/examples";
import { buildHost, generate, type Language, must, sdk } from "./language";

/** The module of the generated SDK, whose packages the examples import. */
const own = "pulumi-alicloud-users/sdk/go";

/** Go, with a module for programs that replaces the SDK by the generated one. */
export const go: Language = {
  name: "go",
  program: "main.go",

  async prepare(folder) {
    const [bin, generated, module] = ["bin-go", "sdk-go", "module"].map((name) =>
      path.join(folder, name),
    ) as [string, string, string];
    await mkdir(bin);
    // The last release of the SDK that has the host among its packages.
    await buildHost(path.join(__dirname, "goHost"), "go/pulumi-language-go", bin);
    await generate("go", generated);
    const version = await must("go", ["list", "-m", "-f", "{{.Version}}", sdk], {
      cwd: path.join(__dirname, "generate"),
    });
    const needed = (name: string) => `module ${name}\n\ngo 1.23\n\nrequire ${sdk} ${version}\n`;
    await writeFile(path.join(generated, "go.mod"), needed(own));
    await mkdir(module);
    await writeFile(
      path.join(module, "go.mod"),
      `${needed("test")}\nrequire ${own} v0.0.0\n\nreplace ${own} => ${generated}\n`,
    );
    for (const { type } of resources) await cp(exampleFile(type, "go"), path.join(module, type, "main.go"));
    await must("go", ["mod", "tidy"], { cwd: module });
    await must("go", ["vet", "./..."], { cwd: module });
    return [bin, process.env.PATH].join(path.delimiter);
  },

  async layOut(program, folder) {
    for (const file of ["go.mod", "go.sum"])
      await cp(path.join(folder, "module", file), path.join(program, file));
  },
};
