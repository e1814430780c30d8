import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { resources } from "../provider/resources";

const root = path.join(__dirname, "..");
const text = (file: string) => readFileSync(path.join(root, file), "utf8");
const design = text("DESIGN.md").replace(/\s+/g, " ");
const filesIn = (folder: string) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`);

/** The functions of its own that each row of a file has, as its third argument names them. */
function rowsOf(file: string): string[][] {
  const rows: string[][] = [];
  const see = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === "attr") rows.push(functionsOf(node));
    node.forEachChild(see);
  };
  see(ts.createSourceFile(file, text(file), ts.ScriptTarget.ES2022, true));
  return rows;
}

function functionsOf({ arguments: [, , columns] }: ts.CallExpression): string[] {
  if (!columns || !ts.isObjectLiteralExpression(columns)) return [];
  const own = columns.properties.filter(
    (column) => ts.isPropertyAssignment(column) && column.initializer.kind !== ts.SyntaxKind.FalseKeyword,
  );
  return own.map(({ name }) => name!.getText()).filter((name) => ["read", "encode"].includes(name));
}

const numbersIn = (sentence: RegExp) => sentence.exec(design)?.slice(1).map(Number);

describe("DESIGN.md counts truly", () => {
  test("the rows that are plain, and those with a function", () => {
    const rows = filesIn("provider/resources").flatMap(rowsOf);
    const own = rows.flat();
    const count = (column: string) => own.filter((name) => name === column).length;
    const withOne = rows.filter((functions) => functions.length > 0).length;
    expect(rows).toHaveLength(resources.flatMap(({ attributes }) => Object.keys(attributes)).length);
    expect(
      numbersIn(
        /(\d+) of (\d+) rows are plain and (\d+) have a function of their own \((\d+) `read`, (\d+) `encode`\)/,
      ),
    ).toEqual([rows.length - withOne, rows.length, withOne, count("read"), count("encode")]);
  });

  test("the setters", () => {
    const setters = resources.map((resource) => Object.keys(resource.setters).length);
    expect(numbersIn(/at most (\d+) setters/)).toEqual([Math.max(...setters)]);
  });

  test("the lines of core, to the next hundred", () => {
    const isCode = (line: string) => !/^\s*(\/\/|\/\*|\*|$)/.test(line);
    const lines = filesIn("provider/core").flatMap((file) => text(file).split("\n").filter(isCode));
    expect(numbersIn(/`core` is about (\d+) lines of code/)).toEqual([Math.round(lines.length / 100) * 100]);
  });
});

test("the file of a kind of user stays under 200 lines", () => {
  const long = filesIn("provider/resources").filter((file) => text(file).split("\n").length >= 200);
  expect(long).toEqual([]);
});
