// Preloaded into the processes of Pulumi's SDK, which start in half of the time: the SDK loads TypeScript and Arborist when
// it first uses them, not when it is loaded itself. In suites jest.config.json does the same.
const Module = require("node:module");
const path = require("node:path");

const late = new Map([
  ["typescript", "./typescript.cjs"],
  ["@npmcli/arborist", "./arborist.cjs"],
]);
const sdk = path.join(path.sep, "@pulumi", "pulumi", path.sep);
const load = Module._load;

Module._load = (request, parent, isMain) =>
  late.has(request) && parent?.filename?.includes(sdk)
    ? require(late.get(request))
    : load(request, parent, isMain);
