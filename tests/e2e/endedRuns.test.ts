import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { Stack } from "../support/stack";
import { type Account, openAccount } from "../support/account";
import { frontends } from "./frontend";
import { type Declaration, programOf } from "./program";

const names = Array.from({ length: 30 }, (_, at) => `user${at}`);
const program = programOf(...names.map((userName): Declaration => ["RamUser", userName, { userName }]));

jest.setTimeout(180_000);

/** Time that a process has to end, in milliseconds. */
const deadlineMs = 30_000;

/** A process as `ps` lists it. */
interface Listed {
  pid: number;
  parent: number;
  command: string;
}

function listed(): Listed[] {
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return text.split("\n").flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), command: command! }] : [];
  });
}

/** The processes of providers that this one has started, by itself or through others. */
function providersOf(ancestor: number): Listed[] {
  const all = listed();
  const below = (parent: number): Listed[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
  return below(ancestor).filter(({ command }) => /pulumi-resource-|dynamic-provider/.test(command));
}

/** Waits until this holds, and fails after the deadline. */
async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It should have come about that ${what}.`);
    await pause(20);
  }
}

/** Those of these processes that still run. */
function living(processes: readonly Listed[]): Listed[] {
  const pids = new Set(listed().map(({ pid }) => pid));
  return processes.filter(({ pid }) => pids.has(pid));
}

const allEnded = (processes: readonly Listed[]) =>
  eventually(`the processes end: ${JSON.stringify(processes)}`, () => living(processes).length === 0);

describe.each(frontends)("a run of thirty users, through $name,", (frontend) => {
  let account: Account;
  let stack: Stack;
  let cli: ChildProcess;
  let providers: Listed[];
  let printed: string;

  const received = async () => (await account.emulator.control.calls()).byAction["Ram.CreateUser"] ?? 0;

  /** Begins the run; some users are made then and most are not. */
  async function begin(): Promise<void> {
    const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--parallel", "60"];
    // A group of its own, as a terminal gives it one.
    cli = spawn("pulumi", args, { cwd: stack.dir, env: stack.env, detached: true });
    [printed, providers] = ["", []];
    for (const stream of [cli.stdout!, cli.stderr!])
      stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    await eventually("some users are made", async () => (await received()) > 2);
    providers = providersOf(cli.pid!);
    expect(providers).not.toEqual([]);
  }

  /** What Ctrl-C in a terminal does. */
  const interrupt = () => process.kill(-cli.pid!, "SIGINT");

  /** The names of the users in the account, and of those that the state knows to be made or begun. */
  async function outcome() {
    const { resources = [], pending_operations: pending = [] } = (await stack.state()).deployment;
    const begun = (pending as { resource: { urn: string } }[]).map(({ resource }) => resource);
    const namesOf = (all: { urn: string }[]) => all.map(({ urn }) => urn.split("::").at(-1)!);
    const made = namesOf(resources.filter(({ type }) => type.endsWith("RamUser")));
    return {
      inAccount: (await account.ramUsers()).map(({ userName }) => userName).sort(),
      made: made.sort(),
      begun: namesOf(begun),
    };
  }

  beforeEach(async () => {
    account = await openAccount();
    const env = { ...account.env, ALICLOUD_USERS_CALLS_PER_SECOND: "4" };
    stack = await frontend.createStack({ source: program, env });
  });
  afterEach(async () => {
    // Whatever a failed step leaves.
    cli.kill("SIGKILL");
    for (const { pid } of living(providers)) process.kill(pid, "SIGKILL");
    await stack.remove();
    await account.close();
  });

  it("leaves nothing running or sending when the CLI is killed", async () => {
    await begin();
    cli.kill("SIGKILL");
    await allEnded(providers);
    expect(await received()).toBeLessThan(names.length);
  });

  it("leaves nothing running when the process that the CLI started for them is killed", async () => {
    await begin();
    const ended = once(cli, "exit");
    process.kill(providers[0]!.pid, "SIGKILL");
    await ended;
    await allEnded(providers);
  });

  it("records every user when it is interrupted once, and leaves nothing running", async () => {
    await begin();
    const ended = once(cli, "exit");
    interrupt();
    expect(await ended).not.toEqual([0, null]);
    await allEnded(providers);
    const { inAccount, made, begun } = await outcome();
    expect({ made, begun }).toEqual({ made: inAccount, begun: [] });
    // The engine waits for what it has asked for, and a dynamic provider is not told to give up the rest.
    if (frontend.refreshes) expect(inAccount.length).toBeLessThan(names.length);
  });

  it("records every user as made or begun when it is interrupted twice, and leaves nothing running", async () => {
    await begin();
    const ended = once(cli, "exit");
    interrupt();
    await eventually("the CLI has heard it", () => printed.includes("^C received; cancelling"));
    interrupt();
    expect(await ended).not.toEqual([0, null]);
    await allEnded(providers);
    const { inAccount, made, begun } = await outcome();
    expect([...made, ...begun]).toEqual(expect.arrayContaining(inAccount));
    expect(await received()).toBeLessThan(names.length);
  });
});
