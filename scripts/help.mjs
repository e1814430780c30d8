// `npm run help`: what the commands of a checkout do.
const commands = {
  setup:
    "installs the dependencies, builds, and finds or makes a Pulumi CLI; the other commands do so by themselves",
  build: "compiles dist and bundles the plugin",
  pulumi: "runs the Pulumi CLI of this checkout: npm run pulumi -- ARGS",
  emulator: "starts the emulator",
  demo: "plays the story of the README, and more, against the emulator",
  test: "sets up, and checks formatting, lint, types and tests; npm test -- tests/core runs these tests only",
  "test:unit": "the tests that need neither a build nor the CLI, in half a minute",
  lint: "runs eslint and prettier",
  format: "puts right what eslint and prettier can",
  generate:
    "writes the schema, the SDK's types and classes, and the pages and tables of docs that come from tables",
  proof: "lists the proofs that take long, or runs one: npm run proof -- NAME",
  release: "prepares a release: npm run release -- owner|check|notes|archives",
};

for (const [name, line] of Object.entries(commands)) console.log(`npm run ${name.padEnd(10)}${line}`);
