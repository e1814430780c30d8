import { table } from "../parameters/table";
import { matrixFaults } from "./faults";
import type { Cell, Outcome } from "./outcomes";
import { cellsOf, frontends, ruleOf, rules, tries } from "./outcomes";
import { readMutationResult, readSoakResult, scoreOf } from "./results";
import { apiNames, type Write, writes } from "./writes";

const letters: Readonly<Record<Outcome, string>> = {
  done: "D",
  failed: "F",
  "failed, carried out": "C",
  impossible: "–",
};

/** The text of docs/reliability.md. */
export function reliabilityPage(): string {
  return (
    [introduction(), matrixTables(), rulesTable(), killsSection(), mutationSection()].join("\n\n") + "\n"
  );
}

function introduction(): string {
  const count = frontends.flatMap(cellsOf).filter((cell) => ruleOf(cell).outcome !== "impossible").length;
  return `# Reliability

\`npm run reliability\` prints this page from the data in \`scripts/reliability\`; a test fails when it is stale.

## Fault matrix

${writes.length} writes, ${matrixFaults.length} faults, on the first try of the call only or on every try, through dynamic resources and through the plugin: ${count} cells.
The tests in \`tests/reliability\` run each cell with real provider processes against the emulator:

1. A run without a fault creates the user. Others then change an attribute that the program does not declare.
2. A run in which the call meets the fault.
3. A run without a fault, and a preview.

A cell passes when run 2 ends as the table says, with a message that names the API, the action and the fault, and when these hold:

- No user is doubled. After run 3 the account holds exactly the user that the program declares, with the id in the state.
- No user is lost from the state while it exists. A failed delete keeps the user in the state.
- No user is kept in the state after it is gone.
- After run 3 the account is as declared, and the preview is empty.
- The attribute that others have changed stays as it is.

${table(
  ["fault", "the client meets"],
  matrixFaults.map(({ name, meaning }) => [name, meaning]),
)}`;
}

function matrixTables(): string {
  const [dynamic, plugin] = frontends.map((frontend) =>
    table(
      ["the user", ...matrixFaults.map(({ name }) => name)],
      writes.map((write) => [
        nameOf(write),
        ...matrixFaults.map(({ name }) => lettersOf({ write, fault: name, frontend })),
      ]),
    ),
  ) as [string, string];
  const legend = `Each entry has two letters: the outcome when the first try fails, and when every try fails.

- **D**: done. The run succeeds.
- **F**: failed. The call was not carried out. The state holds what it held before; a user that a later call was to complete is recorded as half done.
- **C**: failed, but the call was carried out. The state holds what it held before; run 3 finds the account as declared and sends nothing, but for a password, which it sets again.
- **–**: there is no such answer to this call.`;
  const both = "The two frontends have the same outcomes.";
  const tables =
    dynamic === plugin ? [both, dynamic] : ["Dynamic resources:", dynamic, "The plugin:", plugin];
  return ["### Outcomes", legend, ...tables].join("\n\n");
}

function nameOf({ product, action, program }: Write): string {
  return `${apiNames[product]} ${action}: ${program}`;
}

function lettersOf(cell: Omit<Cell, "on">): string {
  return tries.map((on) => letters[ruleOf({ ...cell, on }).outcome]).join(" ");
}

function rulesTable(): string {
  const rows = rules.map(({ faults, on, product, actions, frontend, outcome, because }) => [
    faults?.join(", ") ?? "any",
    on ?? "either",
    [product && apiNames[product], actions?.join(", "), frontend].filter(Boolean).join("; ") || "any",
    outcome,
    because,
  ]);
  return `### Rules

Every outcome comes from the first of these rules that fits.

${table(["fault", "try", "call", "outcome", "why"], rows)}`;
}

function killsSection(): string {
  const result = readSoakResult();
  const rows = result && [
    ["date", result.date],
    ["versions", `Node ${result.node}, Pulumi CLI ${result.pulumi}`],
    ["seed", String(result.seed)],
    ["kills", String(result.kills)],
    ["users that the engine had not recorded, recovered", String(result.unrecorded)],
    ["broken promises", String(result.violations)],
  ];
  return `## Kills

\`npm run soak\` runs a program of 30 users of all kinds with the real CLI, kills the CLI or the provider process with SIGKILL at
a random call of a first \`up\`, an \`up\` with changes, a \`refresh\` and a \`destroy\`, and then runs \`up\` again. Afterwards every user of the
program exists once, is recorded with its id, and is as declared, and the preview is empty.\`--kills\` and \`--seed\` repeat a soak.

${
  rows
    ? `The last soak:

${table(["what", "result"], rows)}`
    : "No soak has been run yet."
}

### What the engine loses, and the way out

A kill of the CLI may leave an empty \`.attrs\` file beside the state of a \`file://\` backend. Every command then fails with "failed to load
checkpoint: EOF". The state itself is whole: delete the \`.attrs\` file, or add \`?metadata=skip\` to the URL of the backend.

The engine records a user when the provider has answered. A kill in between leaves a user that exists and is not in the state.

1. \`pulumi cancel\` releases the lock that a killed CLI leaves on the stack.
2. \`pulumi refresh --clear-pending-creates\` drops the creates whose end the engine does not know. It changes nothing in the account.
3. \`pulumi up\` records an EIAM user: the same create under the same token is answered with the user that it made. For a RAM or Bastionhost
   user that exists, it fails and names the user. Set \`adopt: true\` on that resource for one \`up\`, then remove it.`;
}

function mutationSection(): string {
  const result = readMutationResult();
  const rows = result?.folders.map((each) => {
    const { folder, noticed, survived, uncovered } = each;
    return [`\`${folder}\``, ...[noticed, survived, uncovered].map(String), `${scoreOf(each).toFixed(1)} %`];
  });
  return `## Mutation

\`npm run mutation\` changes \`provider/core\` and \`provider/api\` in one place at a time with Stryker and runs their unit tests. A change
that no test notices lowers the score; below 85 % the command fails. Tests with real processes do not count, and what is computed
only once, when a module loads, is not changed.

${
  rows
    ? `The last run, ${result?.date} with Node ${result?.node}:

${table(["folder", "noticed", "survived", "not run by a unit test", "score"], rows)}`
    : "No mutation run has been made yet."
}`;
}
