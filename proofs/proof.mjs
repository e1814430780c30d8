// `npm run proof -- NAME [flags]`. Plain Node without dependencies, since it runs before there are any.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { installDependencies, setUp } from "../scripts/setup.mjs";

const folder = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(folder);

/**
 * Each proof: what it shows, how long it takes, and its file. `pulumi` and `yaml` say whether it runs the Pulumi CLI, and
 * programs in YAML with it; `installs`, whether it needs the packages of this folder's own package.json.
 */
const proofs = {
  accessibility: {
    shows: "axe-core finds nothing in the HTML drift report, light and dark; Chromium",
    takes: "10 seconds",
    file: "accessibility.ts",
    installs: true,
  },
  bench: {
    shows: "calls, times and memory stay within their bounds",
    takes: "15 minutes; 40 with --full",
    file: "bench/index.ts",
    pulumi: true,
  },
  clients: {
    shows: "the vendor's SDKs for Python and Go work with the emulator; Python and Go",
    takes: "1 minute, more the first time",
    file: "clients/index.ts",
  },
  gitops: {
    shows: "the pipelines of examples/gitops run; Go, Node.js 22 from npm",
    takes: "5 minutes",
    file: "gitops/index.ts",
    pulumi: true,
  },
  languages: {
    shows: "SDKs for Python and Go are generated, and the examples run with them; Python and Go",
    takes: "10 minutes",
    file: "languages/index.ts",
    pulumi: true,
  },
  mutation: {
    shows: "unit tests notice 85 % of all changes of core and api",
    takes: "30 minutes",
    file: "mutation/index.ts",
    installs: true,
  },
  peers: {
    shows: "up and preview take a fraction of the time of OpenTofu's apply and plan; Go",
    takes: "5 minutes; 20 more the first time",
    file: "peers/index.ts",
    pulumi: true,
    yaml: true,
  },
  registry: {
    shows: "the published package installs without a warning and plays the README's quick start",
    takes: "3 minutes",
    file: "registry/index.ts",
    installs: true,
    pulumi: true,
    yaml: true,
  },
  soak: {
    shows: "runs that are killed at any moment lose no user; Linux",
    takes: "20 minutes for 60 kills",
    file: "soak.ts",
    pulumi: true,
  },
  tests: {
    shows: "the proofs count and print what they say",
    takes: "10 seconds",
    file: "tests/index.ts",
  },
};

function list() {
  const width = Math.max(...Object.keys(proofs).map((name) => name.length));
  const lines = Object.entries(proofs).map(
    ([name, { shows, takes }]) => `  ${name.padEnd(width)}  ${shows} (${takes})`,
  );
  return ["npm run proof -- NAME [flags]", "", ...lines].join("\n");
}

async function main([name, ...flags]) {
  if (name === undefined) return console.log(list());
  if (!Object.hasOwn(proofs, name)) throw new Error(`There is no proof "${name}".\n\n${list()}`);
  const { file, installs = false, pulumi = false, yaml = false } = proofs[name];
  await setUp({ pulumi, yaml });
  if (installs) installDependencies({ folder, title: "npm dependencies of the proofs" });
  const tsx = path.join(root, "node_modules/tsx/dist/cli.mjs");
  const { status } = spawnSync(process.execPath, [tsx, path.join(folder, file), ...flags], {
    cwd: root,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
