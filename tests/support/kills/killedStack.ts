import { type Emulator, type Snapshot, startEmulator } from "../../../emulator";
import { createStack, type Outcome, type Stack } from "../stack";
import { type Kill, killDuring } from "./killDuring";
import { killedProgram, modules, userNames } from "./killedProgram";
import type { Command, StackPlan } from "./killPlan";

/** What a kill came to. */
export interface KillResult {
  /** False where the command ended before the kill. */
  isKilled: boolean;
  /** Users that exist and that the engine had not recorded when it was killed. */
  unrecorded: number;
  /** Promises that were broken, a sentence each. */
  violations: string[];
}

/** A stack of 30 users that is killed again and again. */
export interface KilledStack {
  /** Throws a sentence where the program cannot run at all, so that a kill would show nothing. */
  tryOut(): Promise<void>;
  /** Kills the command, runs `up` with what the engine asks for, and compares the account with the program. */
  kill(command: Command, kill: Kill): Promise<KillResult>;
  close(): Promise<void>;
}

const written = "Written by others";

/** Opens one, with an emulated account of its own. */
export async function openKilledStack({ frontend, hasCheckpoints }: StackPlan): Promise<KilledStack> {
  const emulator = await startEmulator();
  const stack = await createStack({ source: "", env: accountEnv(emulator) });
  // A kill may leave the CLI's file of metadata beside the state empty, and then the CLI cannot read the state.
  stack.env.PULUMI_BACKEND_URL += "?metadata=skip";
  if (!hasCheckpoints) stack.env.PULUMI_SKIP_CHECKPOINTS = "true";
  const module = modules[frontend];
  let label = "first";
  let changed: readonly string[] = [];
  const write = () => stack.writeProgram(killedProgram(module, label));

  return {
    async tryOut() {
      await write();
      const preview = await stack.preview();
      if (preview.exitCode === 0) return;
      const said = textOf(preview);
      // What the program itself has thrown says more than that it failed.
      const [reason] = /(?<=Error: ).+/.exec(said) ?? /(?<=error: ).+/.exec(said) ?? ["no error was printed"];
      throw new Error(`Nothing was killed, as the program cannot run at all: ${reason}`);
    },

    async kill(command, kill) {
      if (command === "update") label = label === "first" ? "second" : "first";
      await write();
      const args = [...argsOf[command], "--yes", "--skip-preview"];
      const isKilled = await killDuring(stack, args, emulator.control, kill);
      if (isKilled) await stack.run(["cancel", "--yes"]);
      const unrecorded = await unrecordedUsers(emulator, stack);
      const violations = await recover(stack);
      violations.push(...(await differences(emulator, stack, label)));
      violations.push(...(await lostChanges(emulator, changed)));
      changed = await changeByOthers(emulator);
      return { isKilled, unrecorded: unrecorded.length, violations };
    },
    async close() {
      await stack.remove();
      await emulator.close();
    },
  };
}

const argsOf: Readonly<Record<Command, readonly string[]>> = {
  create: ["up"],
  update: ["up"],
  refresh: ["refresh"],
  destroy: ["destroy"],
};

function accountEnv({ url }: Emulator): Record<string, string> {
  return {
    ALICLOUD_USERS_ENDPOINT: url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: "testid",
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret",
    ALICLOUD_USERS_CALLS_PER_SECOND: "1000",
  };
}

/** Drops the creates that the engine does not know the end of, and runs `up`. Nothing has to be adopted. */
async function recover(stack: Stack): Promise<string[]> {
  const pending = (await stack.state()).deployment.pending_operations ?? [];
  if (pending.length > 0) await stack.refresh(["--clear-pending-creates"]);
  const up = await stack.up();
  return up.exitCode === 0 ? [] : [`up failed: ${textOf(up)}`];
}

function textOf({ stdout, stderr }: Outcome): string {
  return `${stdout}\n${stderr}`;
}

interface StoredUser {
  userId: string;
  name: string;
  displayName?: string | undefined;
}

function usersOf({ ram, bastionhost, eiam }: Snapshot): StoredUser[] {
  const host = bastionhost.instances[0];
  const idaas = eiam.instances[0];
  return [
    ...ram.users.map((user) => ({ ...user, name: user.userName })),
    ...(host?.users ?? []).map((user) => ({ ...user, name: user.userName })),
    ...(idaas?.users ?? []).map((user) => ({ ...user, name: user.username })),
  ];
}

/** The id of each resource in the state, by the resource's name. */
async function recordedIds(stack: Stack): Promise<Map<string, string>> {
  const { resources = [] } = (await stack.state()).deployment;
  const users = resources.filter(({ urn, id }) => id && userNames.includes(urn.split("::").at(-1) ?? ""));
  return new Map(users.map(({ urn, id = "" }) => [urn.split("::").at(-1) ?? "", id.split(":").at(-1) ?? ""]));
}

async function unrecordedUsers({ control }: Emulator, stack: Stack): Promise<string[]> {
  const ids = await recordedIds(stack);
  return usersOf(await control.snapshot()).flatMap(({ name, userId }) =>
    ids.get(name) === userId ? [] : [name],
  );
}

/** Where account, state and program differ after an `up` that went through. */
async function differences({ control }: Emulator, stack: Stack, label: string): Promise<string[]> {
  const users = usersOf(await control.snapshot());
  const ids = await recordedIds(stack);
  const found = userNames.flatMap((name) => {
    const own = users.filter((user) => user.name === name);
    const [user] = own;
    if (!user || own.length > 1) return [`${name} exists ${own.length} times`];
    if (ids.get(name) !== user.userId) return [`${name} is recorded with another id`];
    const expected = `${label} ${name.split("-")[1]}`;
    return user.displayName === expected ? [] : [`${name} is called ${user.displayName}, not ${expected}`];
  });
  if (users.length > userNames.length) found.push(`the account holds ${users.length} users`);
  const preview = await stack.preview(["--expect-no-changes"]);
  return preview.exitCode === 0 ? found : [...found, `a preview finds changes: ${textOf(preview)}`];
}

/** Changes an attribute of the RAM users that the program does not declare; resolves to the ids of the users. */
async function changeByOthers({ control }: Emulator): Promise<string[]> {
  const snapshot = await control.snapshot();
  for (const user of snapshot.ram.users) user.comments = written;
  await control.restore(snapshot);
  return snapshot.ram.users.map(({ userId }) => userId);
}

/** Where a change by others is gone although the user is the same. */
async function lostChanges({ control }: Emulator, changed: readonly string[]): Promise<string[]> {
  const { users } = (await control.snapshot()).ram;
  const lost = users.filter(({ userId, comments }) => changed.includes(userId) && comments !== written);
  return lost.map(({ userName }) => `${userName} has lost what others have written`);
}
