import path from "node:path";
import type TypeScript from "typescript";
import { repository } from "../../scripts/toolchain/place";

/** What an editor says of a program that uses the built package. */
export interface Editor {
  /** What is shown when the name right before a mark is pointed at, by the text of the mark. */
  hovers: Map<string, Hover>;
  /** The errors of the program, each with what the compiler says in a line or several. */
  errors: string[];
}

export interface Hover {
  signature: string;
  documentation: string;
}

const file = path.join(repository, "examples", "program.ts");

/** Opens the text of a program in the editor of a release of TypeScript. A comment right behind a name marks what is pointed at. */
export function openEditor(ts: typeof TypeScript, text: string): Editor {
  const options: TypeScript.CompilerOptions = {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    types: ["node"],
  };
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot(name) {
      const content = name === file ? text : ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => repository,
    getCompilationSettings: () => options,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: (name) => (name === file ? text : ts.sys.readFile(name)),
    directoryExists: ts.sys.directoryExists,
    realpath: ts.sys.realpath,
  });
  const marks = [...text.matchAll(/(?<=\w)\/\*(.+?)\*\//g)];
  const hovers = marks.map(({ 1: mark, index }): [string, Hover] => {
    const info = service.getQuickInfoAtPosition(file, index - 1);
    const documentation = ts.displayPartsToString(info?.documentation);
    return [mark!, { signature: ts.displayPartsToString(info?.displayParts), documentation }];
  });
  const diagnostics = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)];
  return {
    hovers: new Map(hovers),
    errors: diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  };
}
