import { idaas } from "../../support/account";
import { without } from "../../support/without";
import { digest } from "./digest";
import type { SampleUsers } from "./sampleUsers";

const root = "ou_root_demo0001";
const sales = "ou_sales_demo0001";
const support = "ou_support_demo0001";
const declared = {
  instanceId: idaas,
  username: "carol",
  displayName: "Carol",
  description: "Finance",
  password: "Correct-Horse-7",
  phoneRegion: "86",
  phoneNumber: "13500000000",
  phoneNumberVerified: true,
  email: "carol@example.com",
  emailVerified: true,
  primaryOrganizationalUnitId: sales,
  organizationalUnitIds: [root],
  customFields: { nick_name: "Caz", age: "30" },
  status: "disabled",
};
const changed = {
  instanceId: idaas,
  username: "carol.d",
  displayName: "Carol Danvers",
  description: "Flight",
  password: "Battery-Staple-8",
  passwordForcedUpdateStatus: "enabled",
  userNotificationChannels: ["email"],
  phoneRegion: "1",
  phoneNumber: "13500000001",
  phoneNumberVerified: false,
  email: "danvers@example.com",
  emailVerified: false,
  primaryOrganizationalUnitId: support,
  organizationalUnitIds: [sales],
  customFields: { nick_name: "Cap" },
  status: "enabled",
};

export const eiamUsers: SampleUsers = {
  kind: "EiamUser",
  async list(account) {
    const users = await account.eiamUsers();
    return users.map((user) => ({ ...user, organizationalUnitIds: user.organizationalUnitIds.sort() }));
  },
  nameField: "username",
  idOf: (userId) => `${idaas}:${userId}`,
  first: {
    resource: "carol",
    declared,
    changed,
    created: {
      ...without(declared, "instanceId", "password"),
      organizationalUnitIds: [root, sales],
      passwordDigest: digest(declared.password),
    },
    updated: {
      ...without(changed, "instanceId", "password", "passwordForcedUpdateStatus", "userNotificationChannels"),
      organizationalUnitIds: [sales, support],
      passwordDigest: digest(changed.password),
    },
    writes(userId) {
      const user = { UserId: userId };
      return [
        [
          "UpdateUser",
          {
            ...user,
            Username: "carol.d",
            DisplayName: "Carol Danvers",
            PhoneRegion: "1",
            PhoneNumber: "13500000001",
            PhoneNumberVerified: "false",
            Email: "danvers@example.com",
            EmailVerified: "false",
            "CustomFields.1.FieldName": "age",
            "CustomFields.1.Operation": "remove",
            "CustomFields.2.FieldName": "nick_name",
            "CustomFields.2.FieldValue": "Cap",
            "CustomFields.2.Operation": "replace",
          },
        ],
        ["UpdateUserDescription", { ...user, Description: "Flight" }],
        [
          "UpdateUserPassword",
          {
            ...user,
            Password: "***",
            PasswordForcedUpdateStatus: "enabled",
            "UserNotificationChannels.1": "email",
          },
        ],
        ["SetUserPrimaryOrganizationalUnit", { ...user, OrganizationalUnitId: support }],
        ["AddUserToOrganizationalUnits", { ...user, "OrganizationalUnitIds.1": sales }],
        ["RemoveUserFromOrganizationalUnits", { ...user, "OrganizationalUnitIds.1": root }],
        ["EnableUser", user],
      ];
    },
    async changeOutside({ admin }, userId) {
      const user = { UserId: userId };
      await admin.eiam("UpdateUser", {
        ...user,
        Username: "eve",
        Email: "danvers@example.com",
        EmailVerified: true,
        "CustomFields.1.FieldName": "nick_name",
        "CustomFields.1.FieldValue": "Evie",
        "CustomFields.1.Operation": "replace",
        "CustomFields.2.FieldName": "age",
        "CustomFields.2.FieldValue": "31",
        "CustomFields.2.Operation": "add",
      });
      await admin.eiam("UpdateUserDescription", { ...user, Description: "Spy" });
      await admin.eiam("AddUserToOrganizationalUnits", { ...user, "OrganizationalUnitIds.1": root });
      await admin.eiam("DisableUser", user);
    },
    drift: [
      'drift: username: "eve" => "carol.d"',
      'drift: description: "Spy" => "Flight"',
      "drift: emailVerified: true => false",
      `drift: organizationalUnitIds: ["${root}","${sales}"] => ["${sales}"]`,
      'drift: customFields.nick_name: "Evie" => "Cap"',
      'drift: status: "disabled" => "enabled"',
    ],
    restored: {
      username: "carol.d",
      description: "Flight",
      status: "enabled",
      emailVerified: false,
      organizationalUnitIds: [sales, support],
      // The field that nobody declares stays.
      customFields: { nick_name: "Cap", age: "31" },
    },
    reduced: without(changed, "description", "organizationalUnitIds", "customFields"),
    left: { organizationalUnitIds: [support], customFields: { age: "31" } },
    cleared: ["description"],
  },
  second: {
    resource: "dan",
    declared: { instanceId: idaas, username: "dan", displayName: "Dan", customFields: { nick_name: "D" } },
    created: { primaryOrganizationalUnitId: root, status: "enabled" },
    async setOthers({ admin }, userId) {
      const theirs = { Email: "theirs@example.com", EmailVerified: true };
      await admin.eiam("UpdateUser", { UserId: userId, ...theirs });
      await admin.eiam("DisableUser", { UserId: userId });
    },
    kept: { email: "theirs@example.com", emailVerified: true, status: "disabled" },
    deleteOutside: ({ admin }, userId) => admin.eiam("DeleteUser", { UserId: userId }),
  },
};
