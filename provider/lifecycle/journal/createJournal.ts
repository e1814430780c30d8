/** What earlier runs have noted about the create of one resource and not seen the end of. */
export interface EarlierCreates {
  /** The ids of users that this resource's creates have made. */
  madeIds: readonly string[];
  /** The creates of this user whose answer nobody knows. */
  unanswered: readonly UnansweredCreate[];
}

/** A create that was about to be sent when its run ended. */
export interface UnansweredCreate {
  /** When it was noted, in milliseconds since 1970. */
  at: number;
  /** Whether a look just before had found the name free. */
  nameWasFree: boolean;
  /** The idempotency token that went with it, where the API knows one. */
  token?: string | undefined;
}

/**
 * Remembers one create beyond the end of the process, so that the next run knows the user that a killed run has made.
 * No method throws: where nothing can be kept, the create goes on without.
 */
export interface CreateJournal {
  /** Absent when every create of this resource has come to its end. */
  readonly earlier: EarlierCreates | undefined;
  /** Notes that the create is about to be sent. Resolves once the note outlives the process. */
  sending(nameWasFree: boolean, token?: string): Promise<void>;
  /** Notes the id of the user that was made. Resolves once the note outlives the process. */
  made(id: string): Promise<void>;
  /** Notes that the API has refused the create. */
  refused(): Promise<void>;
  /** Notes that the user of an earlier run is taken over, and reports it. */
  takenOver(id: string): Promise<void>;
}
