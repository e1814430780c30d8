import type { CreateJournal } from "../journal/createJournal";
import type { Directory } from "../../core/directory";
import type { Values } from "../../core/wire";
import type { Adoption } from "./adoption";

/** A create: what is declared, and where. */
export interface CreateRequest {
  inputs: Values;
  directory: Directory;
  /** Whether the user whose id `adopt` tells was this resource's own and is no more, so that a new one is created. */
  isSpent?: boolean | undefined;
  /** Where the create is noted, so that a run after a kill knows the user. */
  journal?: CreateJournal | undefined;
  /** The type token of such users in the other frontend, for the error of a name that is taken. */
  otherType?: string | undefined;
  /**
   * Called before an existing user with this id is taken over: with the adoption, or without one where an earlier run of the
   * resource has made it. Returns the mark of an adoption for the state; throws where another resource needs the user.
   */
  takeOver?: ((id: string, adoption: Adoption | undefined) => Promise<string | undefined>) | undefined;
}
