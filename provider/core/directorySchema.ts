import type { z } from "zod";
import type { Wire } from "./wire";

/** What a client has to know of the actions it sends. */
export interface CallContract {
  /** Writes that must not be sent again when an answer is lost, unless they carry the parameter named here. */
  readonly nonIdempotent: Readonly<Record<string, string | true>>;
  /** What the answer to an action has to hold to be one, by action. */
  readonly answers: Answers;
  /** The call whose answer has to show what was asked for, if there is one. */
  readonly read?: Pick<ReadCalls, "get" | "from">;
}

/** How the users of one type are read, as the API's pages tell it. `provider/api` reads by this and knows no more of them. */
export interface DirectorySchema extends CallContract {
  /** The service that has them: its name in `resources/services.ts`. */
  readonly service: string;
  /** The type's name, which tells its directories apart from others of the same service. */
  readonly type: string;
  /** The fields whose values, joined by ":", are the id; the last one names the user within its directory. */
  readonly identity: readonly string[];
  /** The field whose value no two users of a directory share. */
  readonly nameField: string;
  /** Whether two names that differ in case alone are one. */
  readonly ignoresNameCase?: true;
  readonly read: ReadCalls;
}

/** What is relied on in the answer to each action; an answer may hold more. */
export type Answers = Readonly<Record<string, z.ZodType>>;

/** The calls that read users. */
export interface ReadCalls {
  readonly get: {
    readonly action: string;
    /** The field that the call names the user by, which is also its parameter. */
    readonly by: string;
    /** A value of that field which no user has, for a call that only tries whether it is allowed. */
    readonly nobody: string;
  };
  readonly list: ListCall;
  /** The user in an answer that shows one, as that of a Get does. */
  readonly from: (answer: Wire) => Wire | undefined;
  /** The fields of a user in that answer besides those of its attributes. */
  readonly otherFields: Readonly<Record<string, z.ZodType>>;
  /** The codes that say, and nothing else does, that the user does not exist. */
  readonly notFoundCodes: readonly string[];
  /** What ids of users look like; a Get by another text would be refused as wrong. */
  readonly idPattern: RegExp;
  /** How long a new user may stay invisible, in milliseconds. */
  readonly consistencyWindowMs: number;
}

/** The call that lists the users of a directory page by page. */
export interface ListCall {
  readonly action: string;
  /** The parameters of a page; `cursor` is what the page before it left, absent for the first one. */
  readonly page: (cursor: string | undefined) => Wire;
  readonly from: (answer: Wire) => Wire[];
  /** The cursor of the next page, absent after the last; `seen` counts the users so far, this page included. */
  readonly next: (answer: Wire, cursor: string | undefined, seen: number) => string | undefined;
  /** How many pages the whole directory has, as far as this answer tells; at least those seen. */
  readonly pages: (answer: Wire) => number | undefined;
  /** The parameter that narrows the list to users whose name is, or begins with, its value. */
  readonly filterByName?: string;
  /** Fields that a Get returns and an entry of the list lacks. */
  readonly omittedFields: readonly string[];
}

/** Whether a list lacks any of these fields of a user, who then takes a Get. */
export function needsGet({ read }: DirectorySchema, fields: readonly string[]): boolean {
  return fields.some((field) => read.list.omittedFields.includes(field));
}

/** A unique name in the form in which two names that the API takes for one are equal. */
export function nameKeyOf({ ignoresNameCase }: DirectorySchema, name: unknown): string {
  return ignoresNameCase ? String(name).toLowerCase() : String(name);
}

/** The field that names a user within its directory. */
export function idFieldOf({ identity }: DirectorySchema): string {
  return identity.at(-1) as string;
}
