// Made by `npm run generate` from the resource's table.

import type * as pulumi from "@pulumi/pulumi";

/** The arguments of EiamUser: what a program may set. */
export interface EiamUserArgs {
  /** The id of the EIAM instance, for example `idaas_ue2jvisn35ea5lmthk267xxxxx`. */
  instanceId: pulumi.Input<string>;
  /** The name the user logs on with, unique in the instance: up to 256 letters, digits and `_ . @ -`. A new name renames the user in place. */
  username: pulumi.Input<string>;
  /** The display name: up to 256 characters, of which an instance may take 128 for a new user. EIAM documents no way to clear it. */
  displayName?: pulumi.Input<string> | undefined;
  /** A description: up to 256 characters. Empty, or taken out of the program, it is cleared. */
  description?: pulumi.Input<string> | undefined;
  /** The logon password; the instance's password policy applies. Written when it changes in the program, never read, encrypted in the state. */
  password?: pulumi.Input<string> | undefined;
  /** Whether a password that the program changes must be replaced by the user at the next logon: `enabled` or `disabled` (the default). Sent with the new password. */
  passwordForcedUpdateStatus?: pulumi.Input<"enabled" | "disabled"> | undefined;
  /** How the user is notified of a password that the program changes: `email`, `sms`. Sent with the new password. */
  userNotificationChannels?: pulumi.Input<pulumi.Input<"email" | "sms">[]> | undefined;
  /** How the first password is created and delivered. Used only when the user is created. */
  passwordInitializationConfig?: pulumi.Input<{
    /** `global`: the settings of the instance, which make the rest void; `custom`: these. */
    passwordInitializationPolicyPriority: pulumi.Input<"global" | "custom">;
    /** `random`: EIAM draws the password. */
    passwordInitializationType?: pulumi.Input<"random"> | undefined;
    /** Whether the first password must be replaced at the first logon. */
    passwordForcedUpdateStatus?: pulumi.Input<"enabled" | "disabled"> | undefined;
    /** How the user is notified. */
    userNotificationChannels?: pulumi.Input<pulumi.Input<"email" | "sms">[]> | undefined;
  }> | undefined;
  /** The calling code of the phone number, 1 to 6 digits without `+` or `00`. Required with `phoneNumber`. */
  phoneRegion?: pulumi.Input<string> | undefined;
  /** The phone number, 6 to 15 digits. EIAM documents no way to clear it. */
  phoneNumber?: pulumi.Input<string> | undefined;
  /** Whether the phone number counts as verified, and so as trusted. Required with `phoneNumber`. */
  phoneNumberVerified?: pulumi.Input<boolean> | undefined;
  /** The email address: up to 128 characters. EIAM documents no way to clear it. */
  email?: pulumi.Input<string> | undefined;
  /** Whether the email address counts as verified, and so as trusted. Required with `email`. */
  emailVerified?: pulumi.Input<boolean> | undefined;
  /** The user's id in an outside system, unique in the instance: up to 128 characters; the user's own id by default. EIAM cannot change it. */
  userExternalId?: pulumi.Input<string> | undefined;
  /** The organizational unit that the user belongs to first; the root unit by default. A user always has one, so it cannot be taken away, only changed. */
  primaryOrganizationalUnitId?: pulumi.Input<string> | undefined;
  /** Further organizational units, in any order; of those the user is in no others. */
  organizationalUnitIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Custom fields by name, which the instance must define. Managed key by key: fields that are not named here are left alone. */
  customFields?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /** Whether the user may log on: `enabled` (the default) or `disabled`. */
  status?: pulumi.Input<"enabled" | "disabled"> | undefined;
  /** `false` lifts the lock that too many wrong passwords have put on the user. Nothing can set that lock. */
  locked?: pulumi.Input<false> | undefined;
  /** Take over an existing user, and update it to what is declared: with `true` the one of this name, with the id of a user that one and no other. Without it, create fails on a user of this name and names it. */
  adopt?: pulumi.Input<boolean | string> | undefined;
  /** What happens to the user when it is removed from the program: `delete` (the default), `lock`: it is disabled, or `retain`: it stays as it is. */
  onDelete?: pulumi.Input<"delete" | "lock" | "retain"> | undefined;
  /** The region of the instance, where it is not the configured one. */
  regionId?: pulumi.Input<string> | undefined;
}

/** The outputs of EiamUser: the attributes that the program set, and the user's id. */
export interface EiamUserOutputs {
  /** The id of the EIAM instance, for example `idaas_ue2jvisn35ea5lmthk267xxxxx`. */
  readonly instanceId: pulumi.Output<string>;
  /** The name the user logs on with, unique in the instance: up to 256 letters, digits and `_ . @ -`. A new name renames the user in place. */
  readonly username: pulumi.Output<string>;
  /** The display name: up to 256 characters, of which an instance may take 128 for a new user. EIAM documents no way to clear it. */
  readonly displayName: pulumi.Output<string | undefined>;
  /** A description: up to 256 characters. Empty, or taken out of the program, it is cleared. */
  readonly description: pulumi.Output<string | undefined>;
  /** The logon password; the instance's password policy applies. Written when it changes in the program, never read, encrypted in the state. */
  readonly password: pulumi.Output<string | undefined>;
  /** Whether a password that the program changes must be replaced by the user at the next logon: `enabled` or `disabled` (the default). Sent with the new password. */
  readonly passwordForcedUpdateStatus: pulumi.Output<"enabled" | "disabled" | undefined>;
  /** How the user is notified of a password that the program changes: `email`, `sms`. Sent with the new password. */
  readonly userNotificationChannels: pulumi.Output<("email" | "sms")[] | undefined>;
  /** How the first password is created and delivered. Used only when the user is created. */
  readonly passwordInitializationConfig: pulumi.Output<{
    /** `global`: the settings of the instance, which make the rest void; `custom`: these. */
    passwordInitializationPolicyPriority: "global" | "custom";
    /** `random`: EIAM draws the password. */
    passwordInitializationType?: "random" | undefined;
    /** Whether the first password must be replaced at the first logon. */
    passwordForcedUpdateStatus?: "enabled" | "disabled" | undefined;
    /** How the user is notified. */
    userNotificationChannels?: ("email" | "sms")[] | undefined;
  } | undefined>;
  /** The calling code of the phone number, 1 to 6 digits without `+` or `00`. Required with `phoneNumber`. */
  readonly phoneRegion: pulumi.Output<string | undefined>;
  /** The phone number, 6 to 15 digits. EIAM documents no way to clear it. */
  readonly phoneNumber: pulumi.Output<string | undefined>;
  /** Whether the phone number counts as verified, and so as trusted. Required with `phoneNumber`. */
  readonly phoneNumberVerified: pulumi.Output<boolean | undefined>;
  /** The email address: up to 128 characters. EIAM documents no way to clear it. */
  readonly email: pulumi.Output<string | undefined>;
  /** Whether the email address counts as verified, and so as trusted. Required with `email`. */
  readonly emailVerified: pulumi.Output<boolean | undefined>;
  /** The user's id in an outside system, unique in the instance: up to 128 characters; the user's own id by default. EIAM cannot change it. */
  readonly userExternalId: pulumi.Output<string | undefined>;
  /** The organizational unit that the user belongs to first; the root unit by default. A user always has one, so it cannot be taken away, only changed. */
  readonly primaryOrganizationalUnitId: pulumi.Output<string | undefined>;
  /** Further organizational units, in any order; of those the user is in no others. */
  readonly organizationalUnitIds: pulumi.Output<string[] | undefined>;
  /** Custom fields by name, which the instance must define. Managed key by key: fields that are not named here are left alone. */
  readonly customFields: pulumi.Output<Record<string, string> | undefined>;
  /** Whether the user may log on: `enabled` (the default) or `disabled`. */
  readonly status: pulumi.Output<"enabled" | "disabled" | undefined>;
  /** `false` lifts the lock that too many wrong passwords have put on the user. Nothing can set that lock. */
  readonly locked: pulumi.Output<false | undefined>;
  /** The user's id within the account or instance. */
  readonly userId: pulumi.Output<string>;
}

/** What a look-up returns of EiamUser. Attributes that the account does not show are absent. */
export interface FoundEiamUser {
  /** The user's id within the account or instance. */
  readonly userId: string;
  /** The id of the resource, which `get` and `pulumi import` take. */
  readonly id: string;
  /** The id of the EIAM instance, for example `idaas_ue2jvisn35ea5lmthk267xxxxx`. */
  readonly instanceId?: string;
  /** The name the user logs on with, unique in the instance: up to 256 letters, digits and `_ . @ -`. A new name renames the user in place. */
  readonly username?: string;
  /** The display name: up to 256 characters, of which an instance may take 128 for a new user. EIAM documents no way to clear it. */
  readonly displayName?: string;
  /** A description: up to 256 characters. Empty, or taken out of the program, it is cleared. */
  readonly description?: string;
  /** The calling code of the phone number, 1 to 6 digits without `+` or `00`. Required with `phoneNumber`. */
  readonly phoneRegion?: string;
  /** The phone number, 6 to 15 digits. EIAM documents no way to clear it. */
  readonly phoneNumber?: string;
  /** Whether the phone number counts as verified, and so as trusted. Required with `phoneNumber`. */
  readonly phoneNumberVerified?: boolean;
  /** The email address: up to 128 characters. EIAM documents no way to clear it. */
  readonly email?: string;
  /** Whether the email address counts as verified, and so as trusted. Required with `email`. */
  readonly emailVerified?: boolean;
  /** The user's id in an outside system, unique in the instance: up to 128 characters; the user's own id by default. EIAM cannot change it. */
  readonly userExternalId?: string;
  /** The organizational unit that the user belongs to first; the root unit by default. A user always has one, so it cannot be taken away, only changed. */
  readonly primaryOrganizationalUnitId?: string;
  /** Further organizational units, in any order; of those the user is in no others. */
  readonly organizationalUnitIds?: string[];
  /** Custom fields by name, which the instance must define. Managed key by key: fields that are not named here are left alone. */
  readonly customFields?: Record<string, string>;
  /** Whether the user may log on: `enabled` (the default) or `disabled`. */
  readonly status?: "enabled" | "disabled";
  /** `false` lifts the lock that too many wrong passwords have put on the user. Nothing can set that lock. */
  readonly locked?: false;
}

/** Which EiamUser to look up: by its id, or by its unique name. */
export type GetEiamUserArgs = {
  /** The id of the EIAM instance, for example `idaas_ue2jvisn35ea5lmthk267xxxxx`. */
  instanceId: string;
  /** The region of the instance, where it is not the configured one. */
  regionId?: string;
} & ({
  /** The user's id within the account or instance. */
  userId: string;
} | {
  /** The name the user logs on with, unique in the instance: up to 256 letters, digits and `_ . @ -`. A new name renames the user in place. */
  username: string;
});

/** Which EiamUser to look up: by its id, or by its unique name; outputs of resources too. */
export type GetEiamUserOutputArgs = {
  /** The id of the EIAM instance, for example `idaas_ue2jvisn35ea5lmthk267xxxxx`. */
  instanceId: pulumi.Input<string>;
  /** The region of the instance, where it is not the configured one. */
  regionId?: pulumi.Input<string> | undefined;
} & ({
  /** The user's id within the account or instance. */
  userId: pulumi.Input<string>;
} | {
  /** The name the user logs on with, unique in the instance: up to 256 letters, digits and `_ . @ -`. A new name renames the user in place. */
  username: pulumi.Input<string>;
});

/** Which users to look up: the filters of the API's own list; all users without any. */
export interface GetEiamUsersArgs {
  /** The id of the EIAM instance, for example `idaas_ue2jvisn35ea5lmthk267xxxxx`. */
  instanceId: string;
  /** The region of the instance, where it is not the configured one. */
  regionId?: string;
  /** The filter `UserIds` of the API's list. */
  userIds?: string[];
  /** The filter `UsernameStartsWith` of the API's list. */
  usernameStartsWith?: string;
  /** The filter `DisplayNameStartsWith` of the API's list. */
  displayNameStartsWith?: string;
  /** The filter `PhoneRegion` of the API's list. */
  phoneRegion?: string;
  /** The filter `PhoneNumber` of the API's list. */
  phoneNumber?: string;
  /** The filter `Email` of the API's list. */
  email?: string;
  /** The filter `UserExternalId` of the API's list. */
  userExternalId?: string;
  /** The filter `UserSourceId` of the API's list. */
  userSourceId?: string;
  /** The filter `UserSourceType` of the API's list. */
  userSourceType?: string;
  /** The filter `Status` of the API's list. */
  status?: string;
  /** The filter `OrganizationalUnitId` of the API's list. */
  organizationalUnitId?: string;
}

/** Which users to look up: the filters of the API's own list; all users without any; outputs of resources too. */
export interface GetEiamUsersOutputArgs {
  /** The id of the EIAM instance, for example `idaas_ue2jvisn35ea5lmthk267xxxxx`. */
  instanceId: pulumi.Input<string>;
  /** The region of the instance, where it is not the configured one. */
  regionId?: pulumi.Input<string> | undefined;
  /** The filter `UserIds` of the API's list. */
  userIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The filter `UsernameStartsWith` of the API's list. */
  usernameStartsWith?: pulumi.Input<string> | undefined;
  /** The filter `DisplayNameStartsWith` of the API's list. */
  displayNameStartsWith?: pulumi.Input<string> | undefined;
  /** The filter `PhoneRegion` of the API's list. */
  phoneRegion?: pulumi.Input<string> | undefined;
  /** The filter `PhoneNumber` of the API's list. */
  phoneNumber?: pulumi.Input<string> | undefined;
  /** The filter `Email` of the API's list. */
  email?: pulumi.Input<string> | undefined;
  /** The filter `UserExternalId` of the API's list. */
  userExternalId?: pulumi.Input<string> | undefined;
  /** The filter `UserSourceId` of the API's list. */
  userSourceId?: pulumi.Input<string> | undefined;
  /** The filter `UserSourceType` of the API's list. */
  userSourceType?: pulumi.Input<string> | undefined;
  /** The filter `Status` of the API's list. */
  status?: pulumi.Input<string> | undefined;
  /** The filter `OrganizationalUnitId` of the API's list. */
  organizationalUnitId?: pulumi.Input<string> | undefined;
}

/** The types of the look-ups of EiamUser. */
export interface EiamUserDataSources {
  one: GetEiamUserArgs;
  oneOutput: GetEiamUserOutputArgs;
  many: GetEiamUsersArgs;
  manyOutput: GetEiamUsersOutputArgs;
  found: FoundEiamUser;
}
