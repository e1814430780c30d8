import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { packHidden } from "../../provider/core/state";
import { startDynamicProcess } from "./dynamicProcess";
import { dynamicInputs } from "./dynamicInputs";
import { secret, startPlugin, urnOf } from "./pluginProcess";
import { type LogLine, type Properties, type Refusal, refusalOf } from "./providerProcess";

/** A user as the state has it; the form of its values is the process's own. */
export interface Held {
  kind: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
}

/** What a preview of a user says. */
export interface Compared {
  /** The lines of the log. */
  lines: string[];
  changes: boolean;
  replaces: string[];
}

/** Either provider process, asked in the same words: values in plain, and the names of those that the program keeps secret. */
export interface EitherProcess {
  check(kind: string, values: Properties, secrets?: readonly string[], name?: string): Promise<string[]>;
  /** The lines of the log that the preview of a create makes. */
  previewCreate(
    kind: string,
    values: Properties,
    secrets?: readonly string[],
    name?: string,
  ): Promise<LogLine[]>;
  create(kind: string, values: Properties, secrets?: readonly string[], name?: string): Promise<Held>;
  /** The lines of the log that a preview of these values makes. */
  preview(held: Held, values: Properties, secrets?: readonly string[]): Promise<string[]>;
  /** The same with what the engine is told. A user that is gone is replaced. */
  compare(
    held: Held,
    values: Properties,
    /** `isRefresh`: as a refresh compares, of which no check tells that the program declares the user. */
    options?: { ignoreChanges?: string[]; name?: string; isRefresh?: boolean },
  ): Promise<Compared>;
  update(held: Held, values: Properties, secrets?: readonly string[]): Promise<Held>;
  refresh(held: Held): Promise<Held>;
  remove(held: Held): Promise<void>;
  /** The lines sent to the engine since this was last asked. */
  log(): LogLine[];
  console(): string;
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** How to start either process with these variables. */
export const processes: readonly [name: string, start: (env: NodeJS.ProcessEnv) => Promise<EitherProcess>][] =
  [
    ["the dynamic provider", startDynamic],
    ["the plugin", startMarked],
  ];

/** A refusal with all that it says: the message, and the reasons of a half-done user. */
export async function saidBy(request: Promise<unknown>): Promise<string[]> {
  const { message, halfDone }: Refusal = await refusalOf(request);
  return [message, ...(halfDone?.reasons ?? [])];
}

/** Ends a process as `kill -9` does. */
export async function killed(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

async function startDynamic(env: NodeJS.ProcessEnv): Promise<EitherProcess> {
  const started = await startDynamicProcess(env);
  const inputsOf = (
    kind: string,
    values: Properties,
    secrets: readonly string[] = [],
    name?: string,
  ): Properties => ({
    ...dynamicInputs(kind, values, name),
    ...packHidden({ secret: secrets.length > 0 ? secrets : undefined }),
  });
  return {
    async check(kind, values, secrets = [], name?: string) {
      // The SDK's class says which values are plain.
      const plain = Object.keys(values).filter((name) => !secrets.includes(name) && name !== "password");
      const inputs = { ...inputsOf(kind, values, secrets, name), ...packHidden({ plain }) };
      const { failures } = await started.check({}, inputs);
      return failures.map(({ reason }) => reason);
    },
    async previewCreate(kind, values, secrets, name) {
      started.log();
      const inputs = { ...inputsOf(kind, values, secrets, name), ...packHidden({ isPreview: true }) };
      const { failures } = await started.check({}, inputs);
      expect(failures).toEqual([]);
      return started.log();
    },
    async create(kind, values, secrets, name) {
      const inputs = inputsOf(kind, values, secrets, name);
      return { kind, inputs, ...(await started.create(inputs)) };
    },
    async preview({ kind, id, outputs }, values, secrets) {
      started.log();
      await started.check(outputs, inputsOf(kind, values, secrets));
      await started.diff(id, outputs, inputsOf(kind, values, secrets));
      return started.log().map(({ message }) => message);
    },
    async compare({ kind, id, outputs }, values, { ignoreChanges, name, isRefresh } = {}) {
      started.log();
      const inputs = inputsOf(kind, values, [], name);
      if (!isRefresh) await started.check(outputs, inputs);
      const { changes, replaces } = await started.diff(id, outputs, inputs, ignoreChanges);
      return { changes, replaces, lines: started.log().map(({ message }) => message) };
    },
    async update(held, values, secrets) {
      const inputs = inputsOf(held.kind, values, secrets);
      return { ...held, inputs, ...(await started.update(held.id, held.outputs, inputs)) };
    },
    refresh: async (held) => ({ ...held, ...(await started.read(held.id, held.outputs)) }),
    remove: ({ id, outputs }) => started.remove(id, outputs),
    log: started.log,
    console: started.console,
    kill: () => killed(started.child),
    stop: started.stop,
  };
}

async function startMarked(env: NodeJS.ProcessEnv): Promise<EitherProcess> {
  const started = await startPlugin(env);
  const marked = (values: Properties, secrets: readonly string[] = []): Properties =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, secrets.includes(name) ? secret(value) : value]),
    );
  const recorded = (held: Held) => ({ urn: urnOf(held.kind), ...held });
  return {
    async check(kind, values, secrets, name) {
      const { failures } = await started.check(urnOf(kind, name), marked(values, secrets));
      return failures.map(({ reason }) => reason);
    },
    async previewCreate(kind, values, secrets, name) {
      started.log();
      const { inputs, failures } = await started.check(urnOf(kind, name), marked(values, secrets));
      expect(failures).toEqual([]);
      await started.create(urnOf(kind, name), inputs, { preview: true });
      return started.log();
    },
    async create(kind, values, secrets, name) {
      return { kind, ...(await started.create(urnOf(kind, name), marked(values, secrets))) };
    },
    async preview(held, values, secrets) {
      started.log();
      const read = await started.read(recorded(held));
      const { inputs } = await started.check(urnOf(held.kind), marked(values, secrets));
      if (read.id !== "") await started.diff({ ...recorded(held), ...read }, marked(values, secrets));
      else await started.create(urnOf(held.kind), inputs, { preview: true });
      return started.log().map(({ message }) => message);
    },
    async compare(held, values, { name, isRefresh, ...options } = {}) {
      started.log();
      const user = { ...recorded(held), urn: urnOf(held.kind, name) };
      const read = await started.read(user);
      const gone = { changes: true, replaces: ["userId"] };
      if (!isRefresh) await started.check(user.urn, values);
      const { changes, replaces } =
        read.id === "" ? gone : await started.diff({ ...user, ...read }, values, options);
      return { changes, replaces, lines: started.log().map(({ message }) => message) };
    },
    async update(held, values, secrets) {
      return { ...held, ...(await started.update(recorded(held), marked(values, secrets))) };
    },
    refresh: async (held) => ({ ...held, ...(await started.read(recorded(held))) }),
    remove: (held) => started.remove(recorded(held)),
    log: started.log,
    console: started.console,
    kill: () => killed(started.child),
    stop: started.stop,
  };
}
