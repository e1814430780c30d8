import type { Cell } from "./data/outcomes";
import type { MatrixUser } from "./matrixAccount";
import type { BeforeChange, Declared, ProviderRun, RunResult, StateOfUser } from "./providerRun";

/** One cell, what the engine keeps of its user, and what became of it. */
export interface LivedCell {
  cell: Cell;
  user: MatrixUser;
  /** The state before the run with the fault. */
  before?: StateOfUser | undefined;
  /** The run with the fault. */
  faulty?: RunResult;
  /** The next run, without a fault. */
  next?: RunResult;
  /** What a preview after that would do. */
  preview?: string[];
}

/** The credentials of the emulated account, and no limit to the call rate. */
export const accountEnv = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: "testid",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret",
  ALICLOUD_USERS_CALLS_PER_SECOND: "1000000",
};

/** The first run: what the write changes is made. */
export async function begin(started: ProviderRun, cell: LivedCell): Promise<void> {
  if (cell.user.write.verb === "create") return;
  const { state, failed } = await started.up(declaredAtFirst(cell.user), undefined);
  if (failed !== undefined) throw new Error(`The first run failed: ${failed}`);
  cell.before = state;
}

/** The run with the fault. */
export async function meetFault(
  started: ProviderRun,
  cell: LivedCell,
  beforeChange?: BeforeChange,
): Promise<void> {
  cell.faulty = await runProgram(started, cell.user, cell.before, beforeChange);
}

/** The next run, and a preview after it. */
export async function goOn(started: ProviderRun, cell: LivedCell): Promise<void> {
  const { user, faulty } = cell;
  const state = faulty?.state;
  cell.next = user.write.verb === "delete" && !state ? { state } : await runProgram(started, user, state);
  if (cell.next.state && user.write.verb !== "delete")
    cell.preview = await started
      .preview(declaredThen(user), cell.next.state)
      .catch((error: Error) => [error.message]);
}

async function runProgram(
  started: ProviderRun,
  user: MatrixUser,
  state: StateOfUser | undefined,
  beforeChange?: BeforeChange,
): Promise<RunResult> {
  if (user.write.verb !== "delete") return started.up(declaredThen(user), state, beforeChange);
  return started.destroy(declaredAtFirst(user), state as StateOfUser, beforeChange);
}

function declaredAtFirst({ name, identity, write }: MatrixUser): Declared {
  return { name, kind: write.kind, declared: { ...write.declared, ...identity } };
}

function declaredThen({ name, identity, write }: MatrixUser): Declared {
  return { name, kind: write.kind, declared: { ...write.declared, ...write.change, ...identity } };
}
