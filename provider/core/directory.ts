import type { Call, Wire } from "./wire";

/** The users of one account or one instance, as `provider/api` reaches them. */
export interface Directory {
  /** Sends one call and returns its answer. Throws an error whose `kind` says what went wrong. */
  call(call: Call): Promise<Wire>;
  /** Sends a read-only call once in a run, however often it is asked for. */
  callOnce(call: Call): Promise<Wire>;
  /**
   * Says that the user of this unique name is found next, and which users probably follow: those that need a Get are read
   * meanwhile. What fails then fails when that user is found.
   */
  announce(name: string, next: readonly string[]): void;
  /** The user with this id; nothing once the account has confirmed that there is none. */
  find(request: FindRequest): Promise<Wire | undefined>;
  /** Whether `find` found this user missing when it was last asked for. */
  wasMissing(userId: string): boolean;
  /** The user with this unique name, in full. */
  findByName(name: string): Promise<Wire | undefined>;
  /**
   * The user with this unique name as a Get or the list shows it, up to five minutes ago: for a preview of many users of
   * whom most do not exist. Fields that the list omits may be absent.
   */
  look(name: string, declaredCount: number | undefined): Promise<Wire | undefined>;
  /**
   * The same for a user that may have been created just now: looked for as long as a new one may be invisible, and for a
   * minute while the account cannot be asked.
   */
  findNewByName(name: string): Promise<Wire | undefined>;
  /** Whether no user had this name when it was last looked for, which may be up to five minutes ago. */
  isFree(name: string): Promise<boolean>;
  /** The users that the API's own list shows under these filters of its own; all without any. */
  search(filter: Wire): Promise<Wire[]>;
  /** One page of the same, and where the next one begins; the first page without a position. */
  page(
    filter: Wire,
    position: ListPosition | undefined,
  ): Promise<{ users: Wire[]; next: ListPosition | undefined }>;
  /** Says that this process has just written the user, so that what was read before no longer counts. */
  invalidate(userId: string): void;
}

/** Where a page of a list begins: the cursor of the API, and the users and pages before it. */
export interface ListPosition {
  cursor: string;
  seen: number;
  read: number;
}

/** Which user to find, and what the caller needs of it. */
export interface FindRequest {
  /** Its id within the directory. */
  userId: string;
  /** The unique name under which it was last known. */
  name: string | undefined;
  /** The fields of the user that the caller needs. */
  fields: readonly string[];
  /** A power of two: the program declares at least so many users of this directory; many are better read from a list. */
  declaredCount: number | undefined;
  /** True when nothing that was read before may answer. */
  fresh: boolean;
}

/** A number of declared users as `FindRequest` carries it: the power of two at or below the number. */
export function roundDown(count: number): number {
  return 2 ** Math.floor(Math.log2(count));
}
