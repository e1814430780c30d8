import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { repository } from "../../scripts/toolchain/place";

/** What a compiler reads when a program imports this file of `dist`: our own files, and the packages that they import. */
function reached(entry: string): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const read = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
    for (const { fileName } of importedFiles) {
      if (!fileName.startsWith(".")) packages.add(fileName);
      else read(declarationOf(path.resolve(path.dirname(file), fileName)));
    }
  };
  read(path.join(repository, "dist", entry));
  const named = [...files].map((file) => path.relative(path.join(repository, "dist"), file));
  return { files: named, packages: [...packages] };
}

const declarationOf = (place: string): string =>
  [`${place}.d.ts`, path.join(place, "index.d.ts")].find(existsSync) as string;

test.each(["sdk/index.d.ts", "sdk/plugin.d.ts", "provider/dynamic/index.d.ts"])(
  "a program that imports %s makes its compiler read Pulumi's types and a few short files of ours",
  (entry) => {
    const { files, packages } = reached(entry);
    expect(packages).toEqual(["@pulumi/pulumi"]);
    const foreign = files.filter((file) => !file.startsWith("sdk/") && file !== entry);
    expect(foreign).toEqual([entry.startsWith("sdk/") ? "people/options.d.ts" : "provider/core/wire.d.ts"]);
  },
);
