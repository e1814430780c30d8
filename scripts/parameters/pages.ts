/** The parameters on the vendor's pages, by product and action; those of every RPC call (`Action`, `Signature`, …) left out. */
export const pages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ram: {
    CreateUser: "UserName DisplayName MobilePhone Email Comments",
    GetUser: "UserName",
    UpdateUser: "UserName NewUserName NewDisplayName NewMobilePhone NewEmail NewComments",
    DeleteUser: "UserName",
    ListUsers: "Marker MaxItems",
    ListAccessKeys: "UserName",
    UpdateAccessKey: "UserAccessKeyId Status UserName",
    DeleteAccessKey: "UserAccessKeyId UserName",
    ListPoliciesForUser: "UserName",
    DetachPolicyFromUser: "PolicyType PolicyName UserName ResourceGroupId",
    ListGroupsForUser: "UserName",
    RemoveUserFromGroup: "UserName GroupName",
    GetLoginProfile: "UserName",
    DeleteLoginProfile: "UserName",
    GetUserMFAInfo: "UserName",
    UnbindMFADevice: "UserName",
  },
  Bastionhost: {
    CreateUser:
      "InstanceId RegionId Source SourceUserId UserName Password DisplayName Comment Email Mobile MobileCountryCode " +
      "EffectiveStartTime EffectiveEndTime NeedResetPassword TwoFactorStatus TwoFactorMethods LanguageStatus Language",
    GetUser: "InstanceId RegionId UserId",
    ModifyUser:
      "InstanceId RegionId UserId Password DisplayName Comment Email Mobile MobileCountryCode " +
      "EffectiveStartTime EffectiveEndTime NeedResetPassword TwoFactorStatus TwoFactorMethods LanguageStatus Language",
    DeleteUser: "InstanceId RegionId UserId",
    LockUsers: "InstanceId RegionId UserIds",
    UnlockUsers: "InstanceId RegionId UserIds",
    ListUsers:
      "InstanceId RegionId PageNumber PageSize UserName DisplayName Mobile SourceUserId Source UserState UserGroupId",
    GetInstanceTwoFactor: "InstanceId RegionId",
  },
  Eiam: {
    CreateUser:
      "InstanceId Username DisplayName Password PhoneRegion PhoneNumber PhoneNumberVerified Email EmailVerified " +
      "UserExternalId PrimaryOrganizationalUnitId OrganizationalUnitIds Description " +
      "CustomFields.FieldName CustomFields.FieldValue " +
      "PasswordInitializationConfig.PasswordInitializationPolicyPriority " +
      "PasswordInitializationConfig.PasswordForcedUpdateStatus " +
      "PasswordInitializationConfig.PasswordInitializationType " +
      "PasswordInitializationConfig.UserNotificationChannels ClientToken",
    GetUser: "InstanceId UserId",
    UpdateUser:
      "InstanceId UserId Username DisplayName PhoneRegion PhoneNumber PhoneNumberVerified Email EmailVerified " +
      "CustomFields.FieldName CustomFields.FieldValue CustomFields.Operation",
    UpdateUserDescription: "InstanceId UserId Description",
    UpdateUserPassword: "InstanceId UserId Password PasswordForcedUpdateStatus UserNotificationChannels",
    SetUserPrimaryOrganizationalUnit: "InstanceId UserId OrganizationalUnitId",
    AddUserToOrganizationalUnits: "InstanceId UserId OrganizationalUnitIds",
    RemoveUserFromOrganizationalUnits: "InstanceId UserId OrganizationalUnitIds",
    EnableUser: "InstanceId UserId",
    DisableUser: "InstanceId UserId",
    UnlockUser: "InstanceId UserId",
    DeleteUser: "InstanceId UserId",
    ListUsers:
      "InstanceId PageNumber PageSize NextToken MaxResults UserIds UsernameStartsWith DisplayNameStartsWith " +
      "PhoneRegion PhoneNumber Email UserExternalId UserSourceId UserSourceType Status OrganizationalUnitId",
    GetRootOrganizationalUnit: "InstanceId",
  },
};

/** Parameters of those pages that nothing has to carry, and why. */
export const spared: Readonly<Record<string, string>> = {
  "Ram DetachPolicyFromUser ResourceGroupId":
    "not sent: RAM lists attachments in the scope of the account alone",
  "Eiam ListUsers NextToken": "not sent: PageNumber pages as well",
  "Eiam ListUsers MaxResults": "not sent: PageSize pages as well",
};

/** Pages about a user whose operation is not called, and why. */
export const notCalled: readonly (readonly [product: string, actions: string, reason: string])[] = [
  ["RAM", "AddUserToGroup", "who is in a group is not an attribute of the user"],
  ["Bastionhost", "AddUsersToGroup", "who is in a group is not an attribute of the user"],
  [
    "EIAM",
    "AddUsersToGroup, RemoveUsersFromGroup, ListGroupsForUser",
    "who is in a group is not an attribute of the user",
  ],
  ["EIAM", "DeleteUsers", "users are deleted one by one, each with a verdict of its own"],
];
