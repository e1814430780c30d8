import RPCClient from "@alicloud/pop-core";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Emulator, startEmulator } from "../emulator";
import { createStack, type Outcome, type Stack } from "../tests/support/stack";
import { repository } from "./toolchain/place";
import { run } from "./toolchain/run";

const instance = "bastionhost-cn-demo0001";
const quickstart = path.join(__dirname, "../examples/quickstart");

/** The whole story of README.md against the embedded emulator; throws where it does not go as told. */
async function demo(emulator: Emulator, stack: Stack): Promise<void> {
  say("1. up: the program of examples/quickstart makes a RAM, two Bastionhost and one EIAM user");
  expect(await stack.up(), 0, ["+ 5 created"], /created \(/);

  say("2. up again: nothing to do, and not one write is sent");
  await emulator.control.forgetCalls();
  expect(await stack.up(), 0, ["5 unchanged"], /unchanged/);
  const { byAction } = await emulator.control.calls();
  const writes = Object.keys(byAction).filter((action) => !/\.(Get|List)/.test(action));
  if (writes.length > 0) throw new Error(`The second up sent ${writes.join(", ")}.`);
  print(
    `    calls: ${Object.entries(byAction)
      .map(([action, times]) => `${action} x${times}`)
      .join(", ")}`,
  );

  say("3. meanwhile an admin renames Alice, edits two users in the console and deletes Bob");
  await adminsHand(emulator.url);

  say("4. a plain preview names every attribute that drifted, old and new");
  expect(await stack.preview(), 0, [
    /RamUser alice .*drift: userName: "alice\.l" => "alice"/,
    /RamUser alice .*drift: displayName: "Alice L\." => "Alice Liddell"/,
    /BastionhostUser alice-on-bastion .*drift: displayName: "Alice \(gone\?\)" => "Alice Liddell"/,
    /EiamUser carol .*drift: displayName: "Caroline" => "Carol Danvers"/,
    /EiamUser carol .*drift: customFields\.nick_name: "Caro" => "Caz"/,
    /BastionhostUser bob .*drift: gone/,
  ]);

  say("5. alicloud-users drift tells the same without running the program, for a pipeline (exit code 2)");
  expect(await command(stack, "drift"), 2, [
    /alice +RamUser +userName +"alice\.l" => "alice"/,
    /displayName +"Alice L\." => "Alice Liddell"/,
    /bob +BastionhostUser +gone/,
    "(account => program)",
    /reads, 0 writes\. Drift\./,
  ]);

  say("6. up puts everything right");
  expect(await stack.up(), 0, ["~ 3 updated", "+-1 replaced"], /updated \(|replaced \(/);

  const program = await readFile(path.join(quickstart, "index.ts"), "utf8");
  await adoption(emulator, stack, program);
  await brake(stack, program);

  say("9. a last preview, told to fail on any change, passes");
  expect(await stack.preview(["--expect-no-changes"]), 0, ["6 unchanged"], /unchanged/);

  say("10. destroy leaves the account as it was");
  expect(await stack.destroy(), 0, ["- 6 deleted"], /deleted \(/);

  say("11. the same program through the plugin: a plain preview shows property diffs of its own");
  await stack.writeProgram(program.replace('"pulumi-alicloud-users"', '"pulumi-alicloud-users/plugin"'));
  expect(await stack.up(), 0, ["+ 5 created"]);
  await adminsHand(emulator.url);
  expect(await stack.preview(), 0, [
    /RamUser alice update \[diff: ~displayName,userName\]/,
    /BastionhostUser alice-on-bastion update \[diff: ~displayName,userName\]/,
    /EiamUser carol update \[diff: ~customFields,displayName\]/,
    /BastionhostUser bob create/,
  ]);
  expect(await stack.preview(["--diff"]), 0, ['~ userName   : "alice.l" => "alice"']);
  expect(await stack.up(), 0, ["~ 3 updated", "+ 1 created"]);
  expect(await stack.destroy(), 0, ["- 5 deleted"]);
  print(closing);
}

const withDave = `\nnew RamUser("dave", { userName: "dave", displayName: "Dave Doe", adopt: true });\n`;

/** A user who was made by hand comes under the program, and stays the same user. */
async function adoption(emulator: Emulator, stack: Stack, program: string): Promise<void> {
  say("7. dave was made by hand in the console; with adopt: true the program takes him over, the same user");
  await emulator.control.act({ product: "Ram", action: "CreateUser", params: { UserName: "dave" } });
  const before = await idOf(emulator, "dave");
  await stack.writeProgram(program + withDave);
  expect(await stack.preview(), 0, [/RamUser dave create/], /RamUser dave .*adopt/);
  expect(await stack.up(), 0, ["5 unchanged"], /RamUser dave created/);
  const after = await idOf(emulator, "dave");
  if (before === undefined || after !== before) throw new Error(`dave was ${before} and is ${after}.`);
  print(`    dave is ${before} before and after`);
}

async function idOf(emulator: Emulator, name: string): Promise<string | undefined> {
  const { ram } = await emulator.control.snapshot();
  return ram.users.find(({ userName }) => userName === name)?.userId;
}

/** A commit that loses everybody is stopped before the up. */
async function brake(stack: Stack, program: string): Promise<void> {
  say(
    "8. a commit loses the list of people: alicloud-users guard stops the pipeline before the up (exit code 3)",
  );
  await stack.writeProgram("export {};\n");
  const preview = await stack.preview(["--json"]);
  await writeFile(path.join(stack.dir, "preview.json"), preview.stdout);
  const verdict = await command(stack, "guard", "preview.json", "--max-removals", "10%");
  expect(verdict, 3, ["Refused. 5 of 5 users would go; at most 1 may.", /delete +RamUser dave/], /delete /);
  await stack.writeProgram(program + withDave);
}

/** Runs the package's own command in the folder of the program. */
function command({ dir, env }: Stack, ...args: string[]): Promise<Outcome> {
  return run(process.execPath, [path.join(repository, "dist/cli/main.js"), ...args], {
    cwd: dir,
    env,
  });
}

const closing = `
Everything went as announced. You saw users created once, drift named by a plain preview and by a report, and put right;
a user of the console taken over; a pipeline stopped; and the same program through the plugin.

Nothing left this machine: all of it ran against the emulator. Next:
  README.md                 the quick start, in a folder of your own
  docs/getting-started.md   the same on a real account; begin with "npx alicloud-users doctor", which only reads
  docs/adoption.md          users that you have already
  docs/gitops.md            drift and guard in a pipeline`;

/** Changes that nobody told Pulumi about, through the same API that the console uses. */
async function adminsHand(endpoint: string): Promise<void> {
  const client = (apiVersion: string) =>
    new RPCClient({ endpoint, apiVersion, accessKeyId: "testid", accessKeySecret: "testsecret" });
  const call = (api: RPCClient, action: string, params: object) =>
    api.request<Record<string, never>>(action, params, { method: "POST" });
  const [ram, bastionhost, eiam] = ["2015-05-01", "2019-12-09", "2021-12-01"].map(client) as [
    RPCClient,
    RPCClient,
    RPCClient,
  ];
  const userId = async (name: string): Promise<string> => {
    const { Users } = await call(bastionhost, "ListUsers", { InstanceId: instance, UserName: name });
    return (Users as unknown as { UserId: string }[])[0]?.UserId ?? "";
  };
  // The bastion host takes the new name over from RAM.
  const alice = await userId("alice");
  await call(ram, "UpdateUser", { UserName: "alice", NewUserName: "alice.l", NewDisplayName: "Alice L." });
  await call(bastionhost, "ModifyUser", {
    InstanceId: instance,
    UserId: alice,
    DisplayName: "Alice (gone?)",
  });
  await call(bastionhost, "DeleteUser", { InstanceId: instance, UserId: await userId("bob") });
  const { Users } = await call(eiam, "ListUsers", {
    InstanceId: "idaas_demo0001",
    UsernameStartsWith: "carol",
  });
  await call(eiam, "UpdateUser", {
    InstanceId: "idaas_demo0001",
    UserId: (Users as unknown as { UserId: string }[])[0]?.UserId,
    DisplayName: "Caroline",
    CustomFields: [{ FieldName: "nick_name", FieldValue: "Caro", Operation: "replace" }],
  });
}

/** Shows the lines that matter, and fails when the command ended otherwise or a promised line is missing. */
function expect(outcome: Outcome, exitCode: number, promised: (string | RegExp)[], shown?: RegExp): void {
  const lines = outcome.stdout
    .split("\n")
    .map((line) => line.replace(/(pulumi-nodejs:dynamic\/alicloud-users|alicloud-users:index):/, "").trim());
  const isPromised = (line: string) =>
    promised.some((text) => (typeof text === "string" ? line.includes(text) : text.test(line)));
  const missing = promised.filter(
    (text) => !lines.some((line) => (typeof text === "string" ? line.includes(text) : text.test(line))),
  );
  if (outcome.exitCode !== exitCode || missing.length > 0)
    throw new Error(
      `Not as told: exit code ${outcome.exitCode}, missing ${missing.join(", ") || "nothing"}.\n${outcome.stdout}\n${outcome.stderr}`,
    );
  lines.filter((line) => isPromised(line) || shown?.test(line)).forEach((line) => print(`    ${line}`));
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (line: string): void => print(`\n${line}`);

async function main(): Promise<void> {
  const emulator = await startEmulator();
  print(`emulator listening on ${emulator.url}`);
  const env = {
    ALICLOUD_USERS_ENDPOINT: emulator.url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: "testid",
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret",
  };
  let stack: Stack | undefined;
  try {
    stack = await createStack({ program: quickstart, config: { bobPassword: "Correct-Horse-7" }, env });
    await demo(emulator, stack);
  } finally {
    await stack?.remove();
    await emulator.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
