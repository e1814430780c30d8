import { type Emulator, type FaultSpec, type Snapshot, startEmulator } from "../../emulator";
import { type FaultName, matrixFaults, readTimeoutMs } from "./data/faults";
import { cellsOf, type Frontend, ruleOf } from "./data/outcomes";
import { changeByOthers, faultOf, matrixUser, prepareAccount } from "./matrixAccount";
import { inTurns } from "./inTurns";
import type { ProviderRun } from "./providerRun";
import { startDynamicRun } from "./dynamicRun";
import { startPluginRun } from "./pluginRun";
import { accountEnv, begin, goOn, type LivedCell, meetFault } from "./livedCell";
import { refuseInTurns } from "./refusedRun";

/** All cells of a frontend, and the account after the run with the faults and after the next one. */
export interface LivedMatrix {
  cells: LivedCell[];
  afterFaults: Snapshot;
  afterNext: Snapshot;
}

const startRun = { "dynamic resources": startDynamicRun, "the plugin": startPluginRun };

/** Calls that are under way at once. */
const atOnce = 64;

/** Lives through every cell of these faults: a run that makes the users, a run with the faults, and a run without. */
export async function liveMatrix(frontend: Frontend, faults: readonly FaultName[]): Promise<LivedMatrix> {
  const possible = cellsOf(frontend).filter(
    (cell) => faults.includes(cell.fault) && ruleOf(cell).outcome !== "impossible",
  );
  const cells = possible.map((cell, number): LivedCell => ({ cell, user: matrixUser(cell, number) }));
  const emulator = await startEmulator({ settings: { unknownParameters: "refuse", ids: "fixed" } });
  try {
    const { control } = emulator;
    const users = cells.map(({ user }) => user);
    await prepareAccount(control, users);
    await run(emulator, frontend, {}, (started) => inTurns(cells, atOnce, (cell) => begin(started, cell)));
    await changeByOthers(control, users);
    await Promise.all(cells.map((cell) => addFault(emulator, cell)));
    const live = (lane: Lane) => liveLane(emulator, frontend, cells, lane);
    // What depends on time comes after what keeps the machine busy.
    await live(busy);
    await Promise.all(timed.map(live));
    await control.clearFaults();
    const afterFaults = await control.snapshot();
    await run(emulator, frontend, {}, (started) => inTurns(cells, atOnce, (cell) => goOn(started, cell)));
    return { cells, afterFaults, afterNext: await control.snapshot() };
  } finally {
    await emulator.close();
  }
}

/** Faults that share a provider process, and its settings. */
interface Lane {
  faults: readonly FaultName[];
  env: Record<string, string>;
}

const timed: readonly Lane[] = [
  {
    faults: ["throttled", "timeout"],
    env: {
      ALICLOUD_CLIENT_READ_TIMEOUT: String(readTimeoutMs),
      ALICLOUD_MAX_RETRY_TIMEOUT: String((2 * readTimeoutMs) / 1000 - 1),
    },
  },
  { faults: ["none", "refused"], env: {} },
];

const names = matrixFaults.map(({ name }) => name);
const busy: Lane = {
  faults: names.filter((name) => !timed.some(({ faults }) => faults.includes(name))),
  env: {},
};

async function liveLane(
  emulator: Emulator,
  frontend: Frontend,
  cells: readonly LivedCell[],
  { faults, env }: Lane,
): Promise<void> {
  const own = cells.filter(({ cell }) => faults.includes(cell.fault));
  if (own.length === 0) return;
  if (faults.includes("refused"))
    return refuseInTurns({ target: emulator.url, start: startRun[frontend], cells: own });
  await run(emulator, frontend, env, (started) => inTurns(own, atOnce, (each) => meetFault(started, each)));
}

/** Runs with a provider process of its own, which is stopped at the end. */
async function run<T>(
  { url }: Emulator,
  frontend: Frontend,
  env: Record<string, string>,
  work: (started: ProviderRun) => Promise<T>,
): Promise<T> {
  const started = await startRun[frontend]({ ...accountEnv, ALICLOUD_USERS_ENDPOINT: url, ...env });
  try {
    return await work(started);
  } finally {
    await started.stop();
  }
}

async function addFault({ control }: Emulator, { cell, user }: LivedCell): Promise<void> {
  const fault = matrixFaults.find(({ name }) => name === cell.fault);
  if (fault && "spec" in fault) await control.fault(faultOf(cell, user, fault.spec as FaultSpec));
}
