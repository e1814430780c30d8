import type { Values } from "./userModel";

/** What became of an `up`: undefined when it succeeded. */
export type Outcome = { refused: string[] } | { failed: string } | undefined;

/** A program that declares one user, and the engine that runs it. Every command is a run of its own. */
export interface Engine {
  /** Whether every command refreshes the state first. */
  refreshes?: boolean;
  /** The id in the state, if there is one. */
  id(): Promise<string | undefined>;
  up(declared: Values): Promise<Outcome>;
  /** The lines of a preview; empty where nothing is to be done. */
  preview(declared: Values): Promise<string[]>;
  refresh(): Promise<void>;
  /** Removes the user from the stack; the reason when that fails. */
  destroy(): Promise<string | undefined>;
}
