/**
 * The layers of DESIGN.md as rules of dependency-cruiser; `npx depcruise provider cli people sdk emulator examples scripts tests proofs`
 * checks them, and so does `tests/layers.test.ts`. A layer imports itself and what it lists: `layers` and `packages` in full, `types` as types
 * alone, modules of Node.js where `node` names them.
 */
const layers = {
  "provider/core": { packages: ["zod"], node: "util|crypto|async_hooks" },
  "provider/api": {
    types: ["provider/core"],
    packages: ["zod", "@alicloud/(pop-core|credentials)", "https?-proxy-agent", "proxy-from-env"],
    node: ".*",
    // What is secret, how text of others is shown, and which field names a user, is one thing everywhere.
    functions: {
      "provider/api/(client|fault|waitNotice|parseSetting|settingNames|brakes|auth/checkAccount|read/.*)":
        "provider/core",
    },
  },
  "provider/resources": { layers: ["provider/core"], packages: ["zod"] },
  "provider/lifecycle": { layers: ["provider/(core|api)"], node: ".*" },
  "provider/engine": {
    layers: ["provider/core"],
    types: ["provider/lifecycle"],
    packages: ["@pulumi/pulumi", "@grpc/grpc-js"],
    node: ".*",
  },
  "provider/dynamic": {
    layers: ["provider/(core|resources|lifecycle|engine)"],
    types: ["provider/api"],
    packages: ["@pulumi/pulumi", "yaml"],
    node: "fs|path",
  },
  "provider/plugin": {
    layers: ["provider/(core|api|resources|lifecycle|engine)"],
    packages: ["@pulumi/pulumi", "@grpc/grpc-js", "google-protobuf", "zod"],
    node: ".*",
  },
  cli: {
    layers: ["provider/(core|api|resources|lifecycle)", "people", "emulator/index[.]ts"],
    packages: [
      "yaml",
      "xml2js",
      "@octokit/(core|plugin-paginate-rest)",
      "@gitbeaker/rest",
      "axios",
      "commander",
      "zod",
    ],
    node: ".*",
  },
  // The file of people: its form, what a day makes of it, and how it grows.
  people: { layers: ["provider/(core|resources)"], packages: ["yaml", "zod"], node: "fs|path" },
  sdk: {
    layers: ["provider/resources", "people"],
    types: ["provider/core", "node_modules/zod"],
    packages: ["@pulumi/pulumi", "yaml"],
    node: ".*",
    functions: {
      // Pure functions over plain values.
      "sdk/(userClass|countDeclared|namesAhead|alsoWrong|plainNames|dynamicRegistration|pluginRegistration|dataSources)":
        "provider/core",
      // A look-up runs in the program's own process, as the dynamic provider does in its process.
      "sdk/(dataSources|programAccount|hintAtPlugin)": "provider/(lifecycle|api)",
    },
  },
  emulator: { packages: ["axios", "hono", "@hono/node-server", "xml2js", "zod"], node: ".*" },
  examples: { layers: ["dist/sdk"], packages: ["@pulumi/pulumi"], node: ".*" },
};

/** What is around the product: which of its files may not import which others. It may import the product. */
const rooms = {
  "nothing imports proofs": { from: { pathNot: "^proofs/" }, to: { path: "^proofs/" } },
  "nothing imports a test": { from: {}, to: { path: "[.]test[.]ts$" } },
  "tests/support imports no suite": {
    from: { path: "^tests/support/" },
    to: { path: "^tests/", pathNot: "^tests/support/" },
  },
  "scripts import no tests, but for what the demo runs and a page is printed from": {
    from: { path: "^scripts/" },
    to: { path: "^tests/", pathNot: "^tests/(support/stack|reliability/data)/" },
  },
  "proofs import of the tests only their support and the data of docs/reliability.md": {
    from: { path: "^proofs/" },
    to: { path: "^tests/", pathNot: "^tests/(support|reliability/data)/" },
  },
};

const pathOf = (names) => `^(${names.join("|")})(/|$)`;

const rulesOf = ([name, { layers: whole = [], types = [], packages = [], node, functions = {} }]) => {
  const from = { path: `^${name}/` };
  const imported = [name, ...whole, ...packages.map((each) => `node_modules/(@types/)?${each}`)];
  const exceptions = Object.entries(functions).map(([file, layer]) => ({ file: `^${file}[.]ts$`, layer }));
  const ofException = exceptions.map(({ layer }) => layer);
  return [
    {
      name: `${name}: only what it lists`,
      severity: "error",
      from,
      to: { pathNot: pathOf([...imported, ...types, ...ofException]), dependencyTypesNot: ["core"] },
    },
    {
      name: `${name}: only the modules of Node.js that it lists`,
      severity: "error",
      from,
      to: { dependencyTypes: ["core"], ...(node ? { pathNot: `^(${node})$` } : {}) },
    },
    ...[...new Set([...types, ...ofException])].map((layer) => ({
      name: `${name}: of ${layer} only types`,
      severity: "error",
      from: { ...from, pathNot: exceptions.filter((each) => each.layer === layer).map(({ file }) => file) },
      to: { path: pathOf([layer]), pathNot: pathOf(imported), dependencyTypesNot: ["type-only"] },
    })),
  ];
};

module.exports = {
  forbidden: [
    {
      name: "no circle",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      // The packages of the proofs are installed when one of them runs.
      name: "every import is found",
      severity: "error",
      from: { pathNot: "^proofs/" },
      to: { couldNotResolve: true },
    },
    {
      name: "every folder of the provider is a layer",
      severity: "error",
      from: { path: "^provider/", pathNot: pathOf(Object.keys(layers)) },
      to: {},
    },
    ...Object.entries(layers).flatMap(rulesOf),
    ...Object.entries(rooms).map(([name, rule]) => ({ name, severity: "error", ...rule })),
  ],
  options: {
    doNotFollow: { path: "^((proofs/)?node_modules|dist)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
  },
};
