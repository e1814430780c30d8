import { type Properties, refusalOf } from "../support/providerProcess";

/** A user as the engine keeps it between runs. */
export interface StateOfUser {
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Whether the last operation left it half done. */
  halfDone: boolean;
}

/** What a run comes to for one user. */
export interface RunResult {
  /** What the state holds; absent where it holds nothing. */
  state: StateOfUser | undefined;
  /** Why the run failed; absent where it did not. */
  failed?: string;
}

/** One user of a program. */
export interface Declared {
  /** The resource's name in the program. */
  name: string;
  kind: string;
  declared: Properties;
}

/** Called when the provider is about to be asked for a change: a create, an update or a delete. */
export type BeforeChange = () => void;

/** One run of a program with many users, through a provider process of its own. */
export interface ProviderRun {
  up(user: Declared, state: StateOfUser | undefined, beforeChange?: BeforeChange): Promise<RunResult>;
  destroy(user: Declared, state: StateOfUser, beforeChange?: BeforeChange): Promise<RunResult>;
  /** What a preview would do to the user. */
  preview(user: Declared, state: StateOfUser): Promise<string[]>;
  stop(): Promise<void>;
}

/** Carries out a create or an update; what it leaves half done is recorded. */
export async function recorded(
  before: StateOfUser | undefined,
  inputs: Properties,
  work: Promise<{ id?: string; outputs: Properties }>,
): Promise<RunResult> {
  try {
    const { id = before?.id ?? "", outputs } = await work;
    return { state: { id, inputs, outputs, halfDone: false } };
  } catch {
    const { message, halfDone } = await refusalOf(work);
    if (!halfDone) return { state: before, failed: message };
    return {
      state: { id: halfDone.id, inputs, outputs: halfDone.properties, halfDone: true },
      failed: message,
    };
  }
}

/** Carries out a delete; a user whose delete fails stays in the state. */
export async function removed(state: StateOfUser, work: Promise<void>): Promise<RunResult> {
  try {
    await work;
    return { state: undefined };
  } catch {
    return { state, failed: (await refusalOf(work)).message };
  }
}

/** Ends with the reason of anything that failed besides. */
export async function failing(state: StateOfUser | undefined, work: Promise<RunResult>): Promise<RunResult> {
  return work.catch((error: { details?: string }) => ({ state, failed: String(error.details ?? error) }));
}
