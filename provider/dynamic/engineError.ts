/* eslint-disable no-console -- it is the console of Pulumi's own process */

/** The text that an error for the engine prints as. */
const mark = "alicloud-users: shown by the engine";

/**
 * An error that the engine shows on the resource's row. Pulumi's dynamic-provider process also prints each error of
 * check, diff, read and delete with its stack; `muteEngineErrors` leaves these out.
 */
export class EngineError extends Error {
  override toString(): string {
    return mark;
  }
}

/** The error of a user that exists and is not as declared yet. The engine records its properties; `up` goes on from there. */
export class HalfDoneError extends EngineError {
  readonly reasons: string[];

  constructor(
    message: string,
    readonly id: string,
    readonly properties: object,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.reasons = [message];
  }
}

/** Keeps this process from printing errors that the engine shows. */
export function muteEngineErrors(): void {
  const print = console.error;
  console.error = (...words: unknown[]) => {
    if (!String(words[0]).startsWith(mark)) print(...words);
  };
}
