import type { CreateJournal } from "../createJournal";
import type { Directory } from "../directory";
import type { Values } from "../wire";
import type { Adoption } from "./adoption";

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
  /** The type token of such users in the other frontend, for the error of a name that is taken. */
  otherType?: string | undefined;
  /** Called before a user that was there before is brought to what is declared. */
  adopting?: (adoption: Adoption) => Promise<void>;
}
