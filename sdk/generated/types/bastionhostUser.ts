// Made by `npm run generate` from the resource's table.

import type * as pulumi from "@pulumi/pulumi";

/** The arguments of BastionhostUser: what a program may set. */
export interface BastionhostUserArgs {
  /** The id of the bastion host, for example `bastionhost-cn-st220aw****`. */
  instanceId: pulumi.Input<string>;
  /** Where the user comes from: `Local` to the bastion host, `Ram`, or the directory services `AD` and `LDAP`. */
  source: pulumi.Input<"Local" | "Ram" | "AD" | "LDAP">;
  /** The user's id at its source: a RAM user's id (`userId` of a RamUser), or the distinguished name in AD or LDAP. Required unless the source is `Local`. */
  sourceUserId?: pulumi.Input<string> | undefined;
  /** The name the user logs on with, unique on the bastion host: 1 to 128 characters. A new name replaces a `Local` user. A user of another source is renamed at that source: a preview shows the difference, and up leaves it. */
  userName: pulumi.Input<string>;
  /** The name shown in the console: up to 128 characters. Bastionhost cannot clear it. */
  displayName?: pulumi.Input<string> | undefined;
  /** Remarks: up to 500 characters. Bastionhost cannot clear them. */
  comment?: pulumi.Input<string> | undefined;
  /** The email address; required where the two-factor method in effect is `email`. Bastionhost cannot clear it. */
  email?: pulumi.Input<string> | undefined;
  /** The mobile number without country code; required where the two-factor method in effect is `sms` or `dingtalk`. Bastionhost cannot clear it. */
  mobile?: pulumi.Input<string> | undefined;
  /** The country of the mobile number, `CN` by default. */
  mobileCountryCode?: pulumi.Input<"CN" | "HK" | "MO" | "TW" | "RU" | "SG" | "MY" | "ID" | "DE" | "AU" | "US" | "AE" | "JP" | "GB" | "IN" | "KR" | "PH" | "CH" | "SE" | "SA"> | undefined;
  /** The logon password of a `Local` user: 8 to 128 characters of all four kinds. Written when it changes in the program, never read, encrypted in the state. */
  password?: pulumi.Input<string> | undefined;
  /** Whether the user must choose a new password at the next logon. Sent when it changes in the program and with every new password; not forced back once the user has chosen one. */
  needResetPassword?: pulumi.Input<boolean> | undefined;
  /** The start of the validity period: Unix timestamp in seconds, or ISO 8601 date. Bastionhost cannot clear it. */
  effectiveStartTime?: pulumi.Input<number | string> | undefined;
  /** The end of the validity period: Unix timestamp in seconds, or ISO 8601 date. Bastionhost cannot clear it. */
  effectiveEndTime?: pulumi.Input<number | string> | undefined;
  /** Two-factor authentication: `Global` (the settings of the bastion host, the default), `Disable`, or `Enable` with `twoFactorMethods`. */
  twoFactorStatus?: pulumi.Input<"Global" | "Disable" | "Enable"> | undefined;
  /** The one two-factor method: `["sms"]`, `["email"]`, `["dingtalk"]`, `["totp"]` (one-time password) or `["gmusbkey"]`. Required with `Enable`. */
  twoFactorMethods?: pulumi.Input<pulumi.Input<"sms" | "email" | "dingtalk" | "totp" | "gmusbkey">[]> | undefined;
  /** The language of notifications: `Global` (the settings of the bastion host, the default), or `Custom` with `language`. */
  languageStatus?: pulumi.Input<"Global" | "Custom"> | undefined;
  /** The user's own language. Required with `Custom`. */
  language?: pulumi.Input<"zh-cn" | "en"> | undefined;
  /** Whether the user is locked out. States that come about by themselves, such as `Expired`, are no drift. */
  locked?: pulumi.Input<boolean> | undefined;
  /** Take over an existing user, and update it to what is declared: with `true` the one of this name, with the id of a user that one and no other. Without it, create fails on a user of this name and names it. */
  adopt?: pulumi.Input<boolean | string> | undefined;
  /** What happens to the user when it is removed from the program: `delete` (the default), `lock`, or `retain`: it stays as it is. */
  onDelete?: pulumi.Input<"delete" | "lock" | "retain"> | undefined;
  /** The region of the bastion host, where it is not the configured one. */
  regionId?: pulumi.Input<string> | undefined;
}

/** The outputs of BastionhostUser: the attributes that the program set, and the user's id. */
export interface BastionhostUserOutputs {
  /** The id of the bastion host, for example `bastionhost-cn-st220aw****`. */
  readonly instanceId: pulumi.Output<string>;
  /** Where the user comes from: `Local` to the bastion host, `Ram`, or the directory services `AD` and `LDAP`. */
  readonly source: pulumi.Output<"Local" | "Ram" | "AD" | "LDAP">;
  /** The user's id at its source: a RAM user's id (`userId` of a RamUser), or the distinguished name in AD or LDAP. Required unless the source is `Local`. */
  readonly sourceUserId: pulumi.Output<string | undefined>;
  /** The name the user logs on with, unique on the bastion host: 1 to 128 characters. A new name replaces a `Local` user. A user of another source is renamed at that source: a preview shows the difference, and up leaves it. */
  readonly userName: pulumi.Output<string>;
  /** The name shown in the console: up to 128 characters. Bastionhost cannot clear it. */
  readonly displayName: pulumi.Output<string | undefined>;
  /** Remarks: up to 500 characters. Bastionhost cannot clear them. */
  readonly comment: pulumi.Output<string | undefined>;
  /** The email address; required where the two-factor method in effect is `email`. Bastionhost cannot clear it. */
  readonly email: pulumi.Output<string | undefined>;
  /** The mobile number without country code; required where the two-factor method in effect is `sms` or `dingtalk`. Bastionhost cannot clear it. */
  readonly mobile: pulumi.Output<string | undefined>;
  /** The country of the mobile number, `CN` by default. */
  readonly mobileCountryCode: pulumi.Output<"CN" | "HK" | "MO" | "TW" | "RU" | "SG" | "MY" | "ID" | "DE" | "AU" | "US" | "AE" | "JP" | "GB" | "IN" | "KR" | "PH" | "CH" | "SE" | "SA" | undefined>;
  /** The logon password of a `Local` user: 8 to 128 characters of all four kinds. Written when it changes in the program, never read, encrypted in the state. */
  readonly password: pulumi.Output<string | undefined>;
  /** Whether the user must choose a new password at the next logon. Sent when it changes in the program and with every new password; not forced back once the user has chosen one. */
  readonly needResetPassword: pulumi.Output<boolean | undefined>;
  /** The start of the validity period: Unix timestamp in seconds, or ISO 8601 date. Bastionhost cannot clear it. */
  readonly effectiveStartTime: pulumi.Output<number | undefined>;
  /** The end of the validity period: Unix timestamp in seconds, or ISO 8601 date. Bastionhost cannot clear it. */
  readonly effectiveEndTime: pulumi.Output<number | undefined>;
  /** Two-factor authentication: `Global` (the settings of the bastion host, the default), `Disable`, or `Enable` with `twoFactorMethods`. */
  readonly twoFactorStatus: pulumi.Output<"Global" | "Disable" | "Enable" | undefined>;
  /** The one two-factor method: `["sms"]`, `["email"]`, `["dingtalk"]`, `["totp"]` (one-time password) or `["gmusbkey"]`. Required with `Enable`. */
  readonly twoFactorMethods: pulumi.Output<("sms" | "email" | "dingtalk" | "totp" | "gmusbkey")[] | undefined>;
  /** The language of notifications: `Global` (the settings of the bastion host, the default), or `Custom` with `language`. */
  readonly languageStatus: pulumi.Output<"Global" | "Custom" | undefined>;
  /** The user's own language. Required with `Custom`. */
  readonly language: pulumi.Output<"zh-cn" | "en" | undefined>;
  /** Whether the user is locked out. States that come about by themselves, such as `Expired`, are no drift. */
  readonly locked: pulumi.Output<boolean | undefined>;
  /** The user's id within the account or instance. */
  readonly userId: pulumi.Output<string>;
}

/** What a look-up returns of BastionhostUser. Attributes that the account does not show are absent. */
export interface FoundBastionhostUser {
  /** The user's id within the account or instance. */
  readonly userId: string;
  /** The id of the resource, which `get` and `pulumi import` take. */
  readonly id: string;
  /** The id of the bastion host, for example `bastionhost-cn-st220aw****`. */
  readonly instanceId?: string;
  /** Where the user comes from: `Local` to the bastion host, `Ram`, or the directory services `AD` and `LDAP`. */
  readonly source?: "Local" | "Ram" | "AD" | "LDAP";
  /** The user's id at its source: a RAM user's id (`userId` of a RamUser), or the distinguished name in AD or LDAP. Required unless the source is `Local`. */
  readonly sourceUserId?: string;
  /** The name the user logs on with, unique on the bastion host: 1 to 128 characters. A new name replaces a `Local` user. A user of another source is renamed at that source: a preview shows the difference, and up leaves it. */
  readonly userName?: string;
  /** The name shown in the console: up to 128 characters. Bastionhost cannot clear it. */
  readonly displayName?: string;
  /** Remarks: up to 500 characters. Bastionhost cannot clear them. */
  readonly comment?: string;
  /** The email address; required where the two-factor method in effect is `email`. Bastionhost cannot clear it. */
  readonly email?: string;
  /** The mobile number without country code; required where the two-factor method in effect is `sms` or `dingtalk`. Bastionhost cannot clear it. */
  readonly mobile?: string;
  /** The country of the mobile number, `CN` by default. */
  readonly mobileCountryCode?: "CN" | "HK" | "MO" | "TW" | "RU" | "SG" | "MY" | "ID" | "DE" | "AU" | "US" | "AE" | "JP" | "GB" | "IN" | "KR" | "PH" | "CH" | "SE" | "SA";
  /** Whether the user must choose a new password at the next logon. Sent when it changes in the program and with every new password; not forced back once the user has chosen one. */
  readonly needResetPassword?: boolean;
  /** The start of the validity period: Unix timestamp in seconds, or ISO 8601 date. Bastionhost cannot clear it. */
  readonly effectiveStartTime?: number;
  /** The end of the validity period: Unix timestamp in seconds, or ISO 8601 date. Bastionhost cannot clear it. */
  readonly effectiveEndTime?: number;
  /** Two-factor authentication: `Global` (the settings of the bastion host, the default), `Disable`, or `Enable` with `twoFactorMethods`. */
  readonly twoFactorStatus?: "Global" | "Disable" | "Enable";
  /** The one two-factor method: `["sms"]`, `["email"]`, `["dingtalk"]`, `["totp"]` (one-time password) or `["gmusbkey"]`. Required with `Enable`. */
  readonly twoFactorMethods?: ("sms" | "email" | "dingtalk" | "totp" | "gmusbkey")[];
  /** The language of notifications: `Global` (the settings of the bastion host, the default), or `Custom` with `language`. */
  readonly languageStatus?: "Global" | "Custom";
  /** The user's own language. Required with `Custom`. */
  readonly language?: "zh-cn" | "en";
  /** Whether the user is locked out. States that come about by themselves, such as `Expired`, are no drift. */
  readonly locked?: boolean;
}

/** Which BastionhostUser to look up: by its id, or by its unique name. */
export type GetBastionhostUserArgs = {
  /** The id of the bastion host, for example `bastionhost-cn-st220aw****`. */
  instanceId: string;
  /** The region of the bastion host, where it is not the configured one. */
  regionId?: string;
} & ({
  /** The user's id within the account or instance. */
  userId: string;
} | {
  /** The name the user logs on with, unique on the bastion host: 1 to 128 characters. A new name replaces a `Local` user. A user of another source is renamed at that source: a preview shows the difference, and up leaves it. */
  userName: string;
});

/** Which BastionhostUser to look up: by its id, or by its unique name; outputs of resources too. */
export type GetBastionhostUserOutputArgs = {
  /** The id of the bastion host, for example `bastionhost-cn-st220aw****`. */
  instanceId: pulumi.Input<string>;
  /** The region of the bastion host, where it is not the configured one. */
  regionId?: pulumi.Input<string> | undefined;
} & ({
  /** The user's id within the account or instance. */
  userId: pulumi.Input<string>;
} | {
  /** The name the user logs on with, unique on the bastion host: 1 to 128 characters. A new name replaces a `Local` user. A user of another source is renamed at that source: a preview shows the difference, and up leaves it. */
  userName: pulumi.Input<string>;
});

/** Which users to look up: the filters of the API's own list; all users without any. */
export interface GetBastionhostUsersArgs {
  /** The id of the bastion host, for example `bastionhost-cn-st220aw****`. */
  instanceId: string;
  /** The region of the bastion host, where it is not the configured one. */
  regionId?: string;
  /** The filter `UserName` of the API's list. */
  userName?: string;
  /** The filter `DisplayName` of the API's list. */
  displayName?: string;
  /** The filter `Mobile` of the API's list. */
  mobile?: string;
  /** The filter `SourceUserId` of the API's list. */
  sourceUserId?: string;
  /** The filter `Source` of the API's list. */
  source?: string;
  /** The filter `UserState` of the API's list. */
  userState?: string;
  /** The filter `UserGroupId` of the API's list. */
  userGroupId?: string;
}

/** Which users to look up: the filters of the API's own list; all users without any; outputs of resources too. */
export interface GetBastionhostUsersOutputArgs {
  /** The id of the bastion host, for example `bastionhost-cn-st220aw****`. */
  instanceId: pulumi.Input<string>;
  /** The region of the bastion host, where it is not the configured one. */
  regionId?: pulumi.Input<string> | undefined;
  /** The filter `UserName` of the API's list. */
  userName?: pulumi.Input<string> | undefined;
  /** The filter `DisplayName` of the API's list. */
  displayName?: pulumi.Input<string> | undefined;
  /** The filter `Mobile` of the API's list. */
  mobile?: pulumi.Input<string> | undefined;
  /** The filter `SourceUserId` of the API's list. */
  sourceUserId?: pulumi.Input<string> | undefined;
  /** The filter `Source` of the API's list. */
  source?: pulumi.Input<string> | undefined;
  /** The filter `UserState` of the API's list. */
  userState?: pulumi.Input<string> | undefined;
  /** The filter `UserGroupId` of the API's list. */
  userGroupId?: pulumi.Input<string> | undefined;
}

/** The types of the look-ups of BastionhostUser. */
export interface BastionhostUserDataSources {
  one: GetBastionhostUserArgs;
  oneOutput: GetBastionhostUserOutputArgs;
  many: GetBastionhostUsersArgs;
  manyOutput: GetBastionhostUsersOutputArgs;
  found: FoundBastionhostUser;
}
