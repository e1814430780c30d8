import type { CreateJournal } from "../createJournal";
import type { Directory } from "../directory";
import type { Values } from "../wire";

/** A create: what is declared, and where. */
export interface CreateRequest {
  inputs: Values;
  directory: Directory;
  /** Where the create is noted, so that a run after a kill knows the user. */
  journal?: CreateJournal | undefined;
  /**
   * Called before an existing user with this id is taken over, whether the program adopts it or an earlier run of the resource
   * has made it. Returns the mark of an adoption for the state; throws where another resource needs the user.
   */
  takeOver?: ((id: string, by: Takeover) => Promise<string | undefined>) | undefined;
}

/** Why an existing user is taken over. */
export type Takeover = "adoption" | "journal";
