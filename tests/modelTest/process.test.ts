import * as fc from "fast-check";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, openAccount } from "../support/account";
import { type DynamicProcess, startDynamicProcess } from "../support/dynamicProcess";
import { checkRuns } from "./checkRuns";
import { type Circumstances, circumstances, prepare } from "./circumstances";
import { commandsFor } from "./commands";
import { DestroyCommand } from "./destroyCommand";
import { type Model, type Real, start } from "./model";
import { processEngine } from "./processEngine";

/** An account and a provider process, in which one run follows the other. */
interface Worker {
  account: Account;
  process: DynamicProcess;
}

let workers: readonly Worker[];
beforeAll(async () => {
  linkOwnName();
  workers = await Promise.all([startWorker(), startWorker()]);
});
afterAll(async () => {
  await Promise.all(workers.map(({ process }) => process.stop()));
  await Promise.all(workers.map(({ account }) => account.close()));
});

async function startWorker(): Promise<Worker> {
  const account = await openAccount();
  const env = { ...account.env, ALICLOUD_USERS_CALLS_PER_SECOND: "1000000" };
  return { account, process: await startDynamicProcess(env) };
}

interface Run {
  circumstances: Circumstances;
  /** The number of users that the program declares: one is read by a Get, many in the list. */
  declaredCount: number;
  commands: Iterable<fc.AsyncCommand<Model, Real>>;
  end: DestroyCommand;
}

const workOf =
  ({ account, process }: Worker) =>
  async (run: Run): Promise<void> => {
    await prepare(account, run.circumstances);
    const { user } = run.circumstances;
    const real = { user, account, engine: processEngine(user.type, process, run.declaredCount) };
    const model = await start(real);
    await fc.asyncModelRun(() => ({ model, real }), run.commands);
    await run.end.run(model, real);
    expect(process.console()).toBe("");
  };

const runsIn = (each: Circumstances): fc.Arbitrary<Run> =>
  fc.record({
    circumstances: fc
      .constant(each)
      .map((chosen) => ({ ...chosen, [fc.toStringMethod]: () => chosen.user.type })),
    declaredCount: fc.constantFrom(1, 8),
    commands: commandsFor(each.user, 12),
    end: fc
      .constantFrom("delete", "lock", "retain")
      .map((onDelete) => new DestroyCommand(onDelete as "delete")),
  });

test.each(Object.entries(circumstances))(
  "in twelve random runs of a %s, every up brings the user to what is declared, touches no other, and leaves an empty preview",
  (_type, all) => checkRuns(fc.oneof(...all.map(runsIn)), 12, workers.map(workOf)),
  3_000_000,
);
