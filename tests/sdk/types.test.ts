import { join } from "node:path";
import ts from "typescript";
import { resources } from "../../provider/resources";

const root = join(__dirname, "..", "..");
const declarations = join(__dirname, "declarations.ts");
const sdk = join(root, "sdk", "index.ts");

const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
  config: object;
};
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const program = ts.createProgram([declarations, sdk], { ...options, noEmit: false, declaration: true });
const checker = program.getTypeChecker();

/** The properties of an exported type or of the instances of an exported class. */
function propertiesOf(name: string): Map<string, ts.Symbol> {
  const file = checker.getSymbolAtLocation(program.getSourceFile(sdk) as ts.SourceFile) as ts.Symbol;
  const exported = checker.getExportsOfModule(file).find((symbol) => symbol.name === name) as ts.Symbol;
  const type = checker.getDeclaredTypeOfSymbol(exported);
  return new Map(checker.getPropertiesOfType(type).map((property) => [property.name, property]));
}

const documentation = (property: ts.Symbol | undefined): string =>
  ts.displayPartsToString(property?.getDocumentationComment(checker));

const fileOf = (type: string): ts.SourceFile => {
  const name = `${type.charAt(0).toLowerCase()}${type.slice(1)}.ts`;
  return program.getSourceFile(join(root, "provider", "resources", name)) as ts.SourceFile;
};

/** The sentence above a row or an option, as it stands in the resource's own file. */
function sentencesOf(type: string): Map<string, string> {
  const sentences = new Map<string, string>();
  const see = (node: ts.Node): void => {
    const named = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
    const [comment] = named ? (ts.getJSDocCommentsAndTags(node) as ts.JSDoc[]) : [];
    if (named && comment && !sentences.has(node.name.getText()))
      sentences.set(node.name.getText(), String(comment.comment));
    node.forEachChild(see);
  };
  see(fileOf(type));
  return sentences;
}

test("programs compile where they are right, and do not where a name, a value or a requirement is not met", () => {
  const messages = ts
    .getPreEmitDiagnostics(program, program.getSourceFile(declarations))
    .map((diagnostic) => {
      const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
      return `line ${line + 1}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`;
    });
  expect(messages).toEqual([]);
});

describe.each(resources.map((resource) => [resource.type, resource] as const))(
  "in an editor, %s",
  (type, resource) => {
    const attributes = Object.keys(resource.attributes);
    const everything = [...attributes, ...Object.keys(resource.options)];

    test("offers every attribute and option as an argument, and no others", () => {
      expect([...propertiesOf(`${type}Args`).keys()].sort()).toEqual([...everything].sort());
    });

    test("shows the sentence above the row when an argument is pointed at", () => {
      const sentences = sentencesOf(type);
      const args = propertiesOf(`${type}Args`);
      for (const name of everything) {
        expect([name, documentation(args.get(name))]).toEqual([name, sentences.get(name)]);
        expect(sentences.get(name)).toMatch(/\.$/);
      }
    });

    test("shows the same sentence when an output is pointed at", () => {
      const [args, outputs] = [propertiesOf(`${type}Args`), propertiesOf(type)];
      for (const name of attributes)
        expect([name, documentation(outputs.get(name))]).toEqual([name, documentation(args.get(name))]);
      expect(documentation(outputs.get("userId"))).toContain("id");
    });

    test("leads from an argument to its row", () => {
      for (const property of propertiesOf(`${type}Args`).values())
        expect(property.declarations?.[0]?.getSourceFile()).toBe(fileOf(type));
    });

    test("shows the sentences from the declarations that are shipped as well", () => {
      let shipped = "";
      program.emit(fileOf(type), (_path, text) => void (shipped = text), undefined, true);
      const sentences = sentencesOf(type);
      expect(everything.filter((name) => !shipped.includes(`/** ${sentences.get(name)} */`))).toEqual([]);
    });
  },
);
