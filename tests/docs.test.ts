import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { linkOwnName } from "../scripts/toolchain/ownName";

const root = path.join(__dirname, "..");
const pages = [
  "README.md",
  "DESIGN.md",
  "CONTRIBUTING.md",
  "proofs/README.md",
  ...readdirSync(path.join(root, "docs")).map((name) => `docs/${name}`),
  ...readdirSync(path.join(root, "examples"))
    .map((name) => `examples/${name}/README.md`)
    .filter((page) => existsSync(path.join(root, page))),
];
const textOf = (page: string): string => readFileSync(path.join(root, page), "utf8");

/** The programs in TypeScript that the pages show, under the names of files in the checkout. */
const programs = new Map(
  pages.flatMap((page) =>
    [...textOf(page).matchAll(/^( *)```ts\n([\s\S]*?)^\1```/gm)].map(
      ([, , program], number) =>
        [path.join(root, "examples", `${page.replace(/\W/g, "-")}${number}.ts`), program!] as const,
    ),
  ),
);

/** What the compiler says of these programs, each with the file that it is about. */
function complaints(): string[] {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (file) => programs.has(file) || fileExists(file);
  host.readFile = (file) => programs.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion) => {
    const text = programs.get(file);
    return text === undefined
      ? getSourceFile(file, languageVersion)
      : ts.createSourceFile(file, text, languageVersion);
  };
  const program = ts.createProgram([...programs.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${path.basename(file?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
}

test("every program in TypeScript that the pages show compiles", () => {
  linkOwnName();
  expect(programs.size).toBeGreaterThan(3);
  expect(complaints()).toEqual([]);
}, 60_000);

test.each(pages)("the links of %s lead to what there is", (page) => {
  const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  const missing = links
    .filter((link) => !/^https?:/.test(link))
    .filter((link) => {
      const [file, anchor] = link.split("#") as [string, string?];
      const target = file === "" ? page : path.join(path.dirname(page), file);
      if (!existsSync(path.join(root, target))) return true;
      const anchors = [...textOf(target).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
        title!
          .toLowerCase()
          .replace(/[^\w\- ]/g, "")
          .replace(/ /g, "-"),
      );
      return anchor !== undefined && !anchors.includes(anchor);
    });
  expect(missing).toEqual([]);
});

test.each(pages)("the commands of %s are scripts that there are", (page) => {
  const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
  const named = [...textOf(page).matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
