import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** The declarations that a program or a test may import. */
export const entries = ["sdk/index", "sdk/plugin", "provider/dynamic/index", "emulator/index"];

/** What a compiler reads that reads this file of a folder: files of the folder, and the packages that they import. */
export function reached(folder: string, entry: string): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const read = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { fileName } of ts.preProcessFile(readFileSync(file, "utf8")).importedFiles) {
      if (!fileName.startsWith(".")) packages.add(fileName);
      else read(declarationOf(path.resolve(path.dirname(file), fileName)));
    }
  };
  read(declarationOf(path.join(folder, entry)));
  const names = [...files].map((file) => path.relative(folder, file).split(path.sep).join("/"));
  return { files: names, packages: [...packages] };
}

/** Removes the declarations that no entry reaches, which nobody can import. */
export function removeUnreached(folder: string): void {
  const needed = new Set(entries.flatMap((entry) => reached(folder, entry).files));
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".d.ts") && !needed.has(name.split(path.sep).join("/")))
      rmSync(path.join(folder, name));
}

const declarationOf = (place: string): string =>
  [`${place}.d.ts`, path.join(place, "index.d.ts")].find(existsSync) as string;
