import path from "node:path";
import ts from "typescript";
import { resources } from "../../provider/resources";

const root = path.resolve(__dirname, "../..");

/** The sentence above each resource, attribute, option and member of an attribute's object, by its path. */
export function readSentences(): Map<string, string> {
  const files = new Map(resources.map(({ type }) => [type, path.join(root, tableFile(type))]));
  const program = ts.createProgram([...files.values()], optionsOf(root));
  const checker = program.getTypeChecker();
  const sentences = new Map<string, string>();

  const note = (place: string, symbol: ts.Symbol): void => {
    const parts = symbol.getDocumentationComment(checker);
    if (parts.length > 0) sentences.set(place, ts.displayPartsToString(parts));
  };
  const typeWithin = (type: ts.Type, name: string): ts.Type =>
    checker.getTypeOfSymbol(type.getProperty(name) as ts.Symbol);
  const noteAll = (place: string, type: ts.Type, within: (place: string, type: ts.Type) => void): void => {
    for (const property of type.getProperties()) {
      note(`${place}.${property.name}`, property);
      within(`${place}.${property.name}`, checker.getTypeOfSymbol(property));
    }
  };
  const noteMembers = (place: string, row: ts.Type): void => {
    const written = typeWithin(typeWithin(typeWithin(row, "schema"), "_zod"), "input");
    const type = checker.getNonNullableType(written);
    const isObject = (type.flags & ts.TypeFlags.Object) !== 0 && !checker.isArrayType(type);
    if (isObject) noteAll(place, type, () => {});
  };

  for (const [type, file] of files) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file) as ts.SourceFile) as ts.Symbol;
    const resource = checker.tryGetMemberInModuleExports(path.basename(file, ".ts"), module) as ts.Symbol;
    note(type, resource);
    noteAll(type, typeWithin(checker.getTypeOfSymbol(resource), "attributes"), noteMembers);
    noteAll(type, typeWithin(checker.getTypeOfSymbol(resource), "options"), () => {});
  }
  return sentences;
}

/** The file of a resource's table, from the root of the project: `provider/resources/ram/ramUser.ts` for RamUser. */
export function tableFile(type: string): string {
  const name = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
  return `provider/resources/${type.replace(/User$/, "").toLowerCase()}/${name}.ts`;
}

function optionsOf(folder: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(folder, "tsconfig.json"), (file) => ts.sys.readFile(file));
  return ts.parseJsonConfigFileContent(config, ts.sys, folder).options;
}
