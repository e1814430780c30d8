import type { Values } from "./resource";
import { escapeText } from "./showText";

/** A user was made or changed, but not to the end. The engine records what is known, and the next `up` goes on. */
export class PartlyDone extends Error {
  override readonly name = "PartlyDone";
  /** What the engine lists beside the half-done user. */
  readonly reasons: string[];

  constructor(
    readonly id: string,
    readonly properties: Values,
    reason: unknown,
  ) {
    super(escapeText(reason instanceof Error ? reason.message : String(reason)));
    this.reasons = [this.message];
  }
}
