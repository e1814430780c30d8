import { join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "..", "..");
const declarations = join(__dirname, "declarations.ts");

const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
  config: object;
};
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const program = ts.createProgram([declarations], options);

test("correct programs compile; those with a wrong name, a wrong value or a missing argument do not", () => {
  const messages = ts
    .getPreEmitDiagnostics(program, program.getSourceFile(declarations))
    .map((diagnostic) => {
      const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
      return `line ${line + 1}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`;
    });
  expect(messages).toEqual([]);
});
