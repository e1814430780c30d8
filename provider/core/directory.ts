import type { Call, Wire } from "./resource";

/** The users of one account or one instance, as `provider/api` reaches them. */
export interface Directory {
  /** Sends one call and returns its answer. Throws an error whose `kind` says what went wrong. */
  call(call: Call): Promise<Wire>;
  /** Sends a read-only call once in a run, however often it is asked. */
  ask(call: Call): Promise<Wire>;
  /** The user with this id; nothing once the account has confirmed that there is none. */
  find(wanted: Wanted): Promise<Wire | undefined>;
  /** Whether `find` found this user missing when it was last asked for. */
  wasMissing(userId: string): boolean;
  /** The user with this unique name, in full. */
  findByName(name: string): Promise<Wire | undefined>;
  /**
   * The same for a user that may have been made just now: looked for as long as a new one may be invisible, and for a
   * minute while the account cannot be asked.
   */
  findNewByName(name: string): Promise<Wire | undefined>;
  /** The users that the API's own list shows under these filters of its own; all without any. */
  search(filter: Wire): Promise<Wire[]>;
  /** Says that this process has just written the user, so that what was read before no longer counts. */
  wrote(userId: string): void;
}

/** A user to be found. */
export interface Wanted {
  /** Its id within the directory. */
  userId: string;
  /** The unique name under which it was last known. */
  name: string | undefined;
  /** The wire names that the caller is going to look at. */
  wires: readonly string[];
  /** A power of two: the program declares at least so many users of this directory; many are better read from a list. */
  declared: number | undefined;
  /** True when nothing that was read before may answer. */
  fresh: boolean;
}

/** A number of declared users as `Wanted` carries it: the power of two at or below the number. */
export function roundDown(count: number): number {
  return 2 ** Math.floor(Math.log2(count));
}

/** What kind of fault an error is, if it is one of ours; known by its shape, since two copies of the package may be loaded. */
export function kindOf(error: unknown): string | undefined {
  return error instanceof Error && error.name === "ApiFault" ? (error as { kind?: string }).kind : undefined;
}
