import type { CreateJournal } from "../createJournal";
import type { Directory } from "../directory";
import type { Values } from "../wire";

/** A create: what is declared, and where. */
export interface CreateRequest {
  inputs: Values;
  directory: Directory;
  /** The URN of the resource, which makes the create repeatable across runs. */
  urn?: string | undefined;
  /** The attributes that the program keeps secret. */
  secrets?: readonly string[] | undefined;
  /** Where the create is noted, so that a run after a kill knows the user. */
  journal?: CreateJournal | undefined;
}
