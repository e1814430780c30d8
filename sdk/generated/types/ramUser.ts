// Made by `npm run generate` from the resource's table.

import type * as pulumi from "@pulumi/pulumi";

/** The arguments of RamUser: what a program may set. */
export interface RamUserArgs {
  /** The name the user logs on with, unique in the account: 1 to 64 letters, digits, periods, hyphens and underscores, in old accounts also `@`. A new name renames the user in place. */
  userName: pulumi.Input<string>;
  /** The name shown in the console: 1 to 128 characters. Empty, or taken out of the program, it is cleared. */
  displayName?: pulumi.Input<string> | undefined;
  /** The mobile number as `<country code>-<number>`, for example `86-18600000000`. Only accounts of the China site show it; on others it is written and reported as not verifiable. */
  mobilePhone?: pulumi.Input<string> | undefined;
  /** The email address. Only accounts of the China site show it; on others it is written and reported as not verifiable. */
  email?: pulumi.Input<string> | undefined;
  /** A description of the user: 1 to 128 characters. Empty, or taken out of the program, it is cleared. */
  comments?: pulumi.Input<string> | undefined;
  /** Take over an existing user, and update it to what is declared: with `true` the one of this name, with the id of a user that one and no other. Without it, create fails on a user of this name and names it. */
  adopt?: pulumi.Input<boolean | string> | undefined;
  /** What happens to the user when it is removed from the program: `delete` (the default), or `retain`: it stays as it is. */
  onDelete?: pulumi.Input<"delete" | "retain"> | undefined;
  /** Before the delete, remove what stands in its way: access keys, policies, groups, the console logon, the MFA device; not passkeys, nor policies that are attached in a resource group. Without it, the error names what is in the way. */
  forceDestroy?: pulumi.Input<boolean> | undefined;
}

/** The outputs of RamUser: the attributes that the program set, and the user's id. */
export interface RamUserOutputs {
  /** The name the user logs on with, unique in the account: 1 to 64 letters, digits, periods, hyphens and underscores, in old accounts also `@`. A new name renames the user in place. */
  readonly userName: pulumi.Output<string>;
  /** The name shown in the console: 1 to 128 characters. Empty, or taken out of the program, it is cleared. */
  readonly displayName: pulumi.Output<string | undefined>;
  /** The mobile number as `<country code>-<number>`, for example `86-18600000000`. Only accounts of the China site show it; on others it is written and reported as not verifiable. */
  readonly mobilePhone: pulumi.Output<string | undefined>;
  /** The email address. Only accounts of the China site show it; on others it is written and reported as not verifiable. */
  readonly email: pulumi.Output<string | undefined>;
  /** A description of the user: 1 to 128 characters. Empty, or taken out of the program, it is cleared. */
  readonly comments: pulumi.Output<string | undefined>;
  /** The user's id within the account or instance. */
  readonly userId: pulumi.Output<string>;
}

/** What a look-up returns of RamUser. Attributes that the account does not show are absent. */
export interface FoundRamUser {
  /** The user's id within the account or instance. */
  readonly userId: string;
  /** The id of the resource, which `get` and `pulumi import` take. */
  readonly id: string;
  /** The name the user logs on with, unique in the account: 1 to 64 letters, digits, periods, hyphens and underscores, in old accounts also `@`. A new name renames the user in place. */
  readonly userName?: string;
  /** The name shown in the console: 1 to 128 characters. Empty, or taken out of the program, it is cleared. */
  readonly displayName?: string;
  /** The mobile number as `<country code>-<number>`, for example `86-18600000000`. Only accounts of the China site show it; on others it is written and reported as not verifiable. */
  readonly mobilePhone?: string;
  /** The email address. Only accounts of the China site show it; on others it is written and reported as not verifiable. */
  readonly email?: string;
  /** A description of the user: 1 to 128 characters. Empty, or taken out of the program, it is cleared. */
  readonly comments?: string;
}

/** Which RamUser to look up: by its id, or by its unique name. */
export type GetRamUserArgs = {
  /** The user's id within the account or instance. */
  userId: string;
} | {
  /** The name the user logs on with, unique in the account: 1 to 64 letters, digits, periods, hyphens and underscores, in old accounts also `@`. A new name renames the user in place. */
  userName: string;
};

/** Which RamUser to look up: by its id, or by its unique name; outputs of resources too. */
export type GetRamUserOutputArgs = {
  /** The user's id within the account or instance. */
  userId: pulumi.Input<string>;
} | {
  /** The name the user logs on with, unique in the account: 1 to 64 letters, digits, periods, hyphens and underscores, in old accounts also `@`. A new name renames the user in place. */
  userName: pulumi.Input<string>;
};

/** Which users to look up: the filters of the API's own list; all users without any. */
export type GetRamUsersArgs = Record<string, never>;

/** Which users to look up: the filters of the API's own list; all users without any; outputs of resources too. */
export type GetRamUsersOutputArgs = Record<string, never>;

/** The types of the look-ups of RamUser. */
export interface RamUserDataSources {
  one: GetRamUserArgs;
  oneOutput: GetRamUserOutputArgs;
  many: GetRamUsersArgs;
  manyOutput: GetRamUsersOutputArgs;
  found: FoundRamUser;
}
