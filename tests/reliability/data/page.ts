import path from "node:path";
import { table } from "../../../scripts/parameters/table";
import { matrixFaults } from "./faults";
import { type Cell, cellsOf, frontends, type Outcome, ruleOf, rules, tries } from "./outcomes";
import { readMutationResult, readSoakResult, scoreOf } from "./results";
import { apiNames, type Write, writes } from "./writes";

const letters: Readonly<Record<Outcome, string>> = {
  done: "D",
  failed: "F",
  "failed, carried out": "C",
  impossible: "–",
};

/** Where the page stands. */
export const reliabilityFile = path.resolve(__dirname, "../../../docs/reliability.md");

/** The text of docs/reliability.md. */
export function reliabilityPage(): string {
  return (
    [introduction(), matrixTables(), rulesTable(), killsSection(), mutationSection()].join("\n\n") + "\n"
  );
}

function introduction(): string {
  const count = frontends.flatMap(cellsOf).filter((cell) => ruleOf(cell).outcome !== "impossible").length;
  return `# Reliability

\`npm run generate\` prints this page from the data in \`tests/reliability/data\`; a test fails when it is stale.

## Fault matrix

${writes.length} writes, ${matrixFaults.length} faults, on the first try of the call only or on every try, through dynamic resources and through the plugin: ${count} cells.
The tests in \`tests/reliability\` run each cell with real provider processes against the emulator, those of the plugin with five of
the faults in \`npm test\` and with all of them every week:

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

Every outcome comes from the first of these rules that fits. A call that gets no answer is sent four times, where that is safe; a read is
repeated for up to 30 seconds while the service or the connection fails. The message says how often the call was tried, and for how long.

${table(["fault", "try", "call", "outcome", "why"], rows)}`;
}

function killsSection(): string {
  const result = readSoakResult();
  const rows = result && [
    ["date", result.date],
    ["versions", `Node ${result.node}, Pulumi CLI ${result.pulumi}`],
    ["seed", String(result.seed)],
    ["kills", String(result.kills)],
    ...(result.withoutCheckpoints === undefined
      ? []
      : [["of these with `PULUMI_SKIP_CHECKPOINTS=true`", String(result.withoutCheckpoints)]]),
    ["users that the engine had not recorded, recovered", String(result.unrecorded)],
    ["broken promises", String(result.violations)],
  ];
  return `## Kills

\`npm run proof -- soak\` runs a program of 30 users of all kinds with the real CLI, kills the CLI or the provider process with SIGKILL at
a random call of a first \`up\`, an \`up\` with changes, a \`refresh\` and a \`destroy\`, and then runs \`up\` again. Every third stack runs with
\`PULUMI_SKIP_CHECKPOINTS=true\`. The \`up\` after a kill has to finish, with nothing to adopt. Afterwards every user of the program exists once, is
recorded with its id, and is as declared, and the preview is empty. \`--kills\` and \`--seed\` repeat a soak.

${
  rows
    ? `The last soak:

${table(["what", "result"], rows)}`
    : "No soak has been run yet."
}

### The journal of creates

The engine records a user when the provider has answered, and with \`PULUMI_SKIP_CHECKPOINTS=true\` only at the end of the run. A kill before
that leaves users that exist and are not in the state. The provider therefore notes each create in a small file on this machine: before
the call that a create is about to be sent, and after it the id. Each note is on the disk before the run goes on.

When the next \`up\` is told that a user exists, it takes the user over without \`adopt\`, brings it to what is declared, and says so on the resource's
row. It does so in two cases only:

- The journal says that a create of this very resource (its URN) has made exactly this id.
- The journal has a create of this resource and this unique name whose answer is not known, and the user is as declared, has no text besides, and
  was made in the hour after the note. Bastionhost does not tell when a user was made; there, the provider looks before the create whether
  the name is free, and notes that.

The user that a resource has made is not taken over once another stack was seen to have it, as after \`pulumi state move\`; the error names that stack.

Any other user is refused as always; \`adopt: true\` takes it over. An entry ends when the engine has the user in its state, or when the API refuses the create;
after 30 days it no longer counts. A file goes with its last entry and its process; nothing else is ever removed.

- **Place**: \`alicloud-users/journal\` in \`PULUMI_HOME\`, which is \`~/.pulumi\` unless set, so that all checkouts of a stack on a machine share it.
  \`alicloud-users:journal\` or \`ALICLOUD_USERS_JOURNAL\` names another folder by its absolute path, or \`off\`. On a CI runner, keep the folder
  between jobs: [gitops.md](gitops.md#killed-jobs).
- **Content**: the URN, a digest of the unique name and its directory, the time, and the id. No attribute. Only the owner can read it.
- **Beside it**: the folder \`users\` has a file for each stack with the URN and the id of each user that its resources have; \`claims\` has one for each
  user that was adopted, imported or taken over. By them a delete knows that another stack has the user too, and leaves it.
- **Runs at the same time**: each process writes a file of its own, named for the stack and for the backend that \`PULUMI_BACKEND_URL\` names.
- **Loss**: where the journal cannot be read or written, one warning says so, and the run goes on. Without a journal, an \`up\` after a kill
  names the users and asks for \`adopt\`, but for EIAM users whose ClientToken the API still knows.
- **Cost**: no call, but for Bastionhost one look for the name, or the pages of the list where many users are created.

Two stacks that share the name of stack and project, the user of the machine, and a backend that is not told in \`PULUMI_BACKEND_URL\` share their
journal. If both declare the same user, the second may take over what the first has made and not yet read again. Set another folder for one of them.

### After a kill

A kill of the CLI may leave an empty \`.attrs\` file beside the state of a \`file://\` backend. Every command then fails with "failed to load
checkpoint: EOF". The state itself is whole: delete the \`.attrs\` file, or add \`?metadata=skip\` to the URL of the backend.

1. \`pulumi cancel\` releases the lock that a killed CLI leaves on the stack.
2. \`pulumi refresh --clear-pending-creates\` drops the creates whose end the engine does not know. It changes nothing in the account.
3. \`pulumi up\` records the users that the killed run has made, and creates the rest.`;
}

function mutationSection(): string {
  const result = readMutationResult();
  const rows = result?.folders.map((each) => {
    const { folder, noticed, survived, uncovered } = each;
    return [`\`${folder}\``, ...[noticed, survived, uncovered].map(String), `${scoreOf(each).toFixed(1)} %`];
  });
  return `## Mutation

\`npm run proof -- mutation\` changes \`provider/core\` and \`provider/api\` in one place at a time with Stryker and runs their unit tests. A change
that no test notices lowers the score; below 85 % the command fails. Tests with real processes do not count, and what is computed
only once, when a module loads, is not changed.

${
  rows
    ? `The last run, ${result?.date} with Node ${result?.node}:

${table(["folder", "noticed", "survived", "not run by a unit test", "score"], rows)}`
    : "No mutation run has been made yet."
}`;
}
