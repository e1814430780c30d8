import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { projectFile } from "../../provider/lifecycle/projectFile";
import { pulumi } from "../pulumiCli";
import { readState, type StackState } from "./stateUsers";

/** A stack whose users are to be compared. */
export interface Source {
  /** The stack, as the user named it or as its state does. */
  name: string;
  state: StackState;
  /** The stack's configuration by full key, such as `alicloud:region`. */
  config: (key: string) => string | undefined;
}

/** A stack that was not read, and why. */
export interface Unread {
  name: string;
  message: string;
}

/** Reads a stack of the folder through the Pulumi CLI: the selected one when none is named. Takes no lock and writes nothing. */
export async function readStack(stack: string | undefined, cwd: string): Promise<Source | Unread> {
  const name = stack ?? "the selected stack";
  const choice = stack === undefined ? [] : ["--stack", stack];
  try {
    const exported = await pulumi(["stack", "export", "--show-secrets", ...choice], cwd);
    const state = readState(exported);
    return { name: stack ?? stateName(state) ?? name, state, config: await configOf(state, choice, cwd) };
  } catch (error) {
    return { name, message: (error as Error).message };
  }
}

/** Exports the state of a stack of the folder, the selected one when none is named; secrets stay encrypted. */
export async function exportState(stack: string | undefined, cwd: string): Promise<StackState> {
  return readState(
    await pulumi(["stack", "export", ...(stack === undefined ? [] : ["--stack", stack])], cwd),
  );
}

/** Reads a state that `pulumi stack export` wrote: from a file, or from standard input for "-". */
export async function readStateFile(file: string): Promise<Source | Unread> {
  try {
    const state = readState(file === "-" ? await text(process.stdin) : await readFile(file, "utf8"));
    return { name: stateName(state) ?? file, state, config: () => undefined };
  } catch (error) {
    return { name: file === "-" ? "standard input" : file, message: (error as Error).message };
  }
}

function stateName({ project, stack }: StackState): string | undefined {
  return stack === undefined ? undefined : `${project}/${stack}`;
}

/** The configuration lies in the project's folder; a stack of another project has none here. */
async function configOf(state: StackState, choice: string[], cwd: string): Promise<Source["config"]> {
  const project = await projectOf(cwd);
  // A stack without resources does not say of which project it is.
  if (project === undefined || project !== (state.project ?? project)) return () => undefined;
  const printed = await pulumi(["config", "--json", "--show-secrets", ...choice], cwd);
  const entries = JSON.parse(printed) as Record<string, { value?: string }>;
  return (key) => entries[key]?.value;
}

async function projectOf(folder: string): Promise<string | undefined> {
  const file = projectFile(folder);
  return file && /^name:\s*["']?([\w.-]+)/m.exec(await readFile(file, "utf8"))?.[1];
}
