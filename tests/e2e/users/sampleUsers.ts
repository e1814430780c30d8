import type { BastionhostUser, EiamUser, RamUser } from "../../../emulator";
import type { Account, Write } from "../../support/account";
import type { UserType } from "../program";

export type LiveUser = RamUser | BastionhostUser | EiamUser;
type Values = Record<string, unknown>;

/** What the stories of users declare of one kind, and what they find in the account. */
export interface SampleUsers {
  kind: UserType;
  /** The users of the account. */
  list(account: Account): Promise<LiveUser[]>;
  /** The attribute that names a user. */
  nameField: string;
  /** The id of a user's resource. */
  idOf(userId: string): string;
  /** Whose every attribute is declared and changed. */
  first: {
    resource: string;
    declared: Values;
    changed: Values;
    /** What the account holds of it after each of the two. */
    created: Values;
    updated: Values;
    /** The calls of that change. */
    writes(userId: string): Write[];
    /** Changes it behind Pulumi's back, and what previews say of that. */
    changeOutside(account: Account, userId: string): Promise<unknown>;
    drift: string[];
    /** What the account holds once the drift is put right. */
    restored: Values;
    /** What is declared without attributes that the API can clear, what the account holds then, and what is empty. */
    reduced: Values;
    left: Values;
    cleared: string[];
  };
  /** Of whom little is declared. */
  second: {
    resource: string;
    declared: Values;
    /** What the account holds of it. */
    created: Values;
    /** Sets what the program does not declare. */
    setOthers(account: Account, userId: string): Promise<unknown>;
    kept: Values;
    deleteOutside(account: Account, userId: string): Promise<unknown>;
  };
}
