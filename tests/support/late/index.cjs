// Preloaded into the processes of Pulumi's SDK, which start in half of the time: the SDK loads TypeScript and Arborist when
// it first uses them, not when it is loaded itself. In suites jest.config.json does the same.
const Module = require("node:module");
const path = require("node:path");

const late = new Map([
  ["typescript", require.resolve("./typescript.cjs")],
  ["@npmcli/arborist", require.resolve("./arborist.cjs")],
]);
const sdk = path.join(path.sep, "@pulumi", "pulumi", path.sep);
const resolve = Module._resolveFilename;

Module._resolveFilename = (request, parent, ...rest) =>
  late.has(request) && parent?.filename?.includes(sdk)
    ? late.get(request)
    : resolve.call(Module, request, parent, ...rest);
