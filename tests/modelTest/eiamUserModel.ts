import * as fc from "fast-check";
import { idaas } from "../support/account";
import {
  compact,
  digest,
  type ExternalChange,
  pick,
  resetRemoved,
  type StoredUser,
  type UserModel,
  type Values,
} from "./userModel";
import { one, some, texts } from "./arbitraries";

const root = "ou_root_demo0001";
const sales = "ou_sales_demo0001";
const support = "ou_support_demo0001";
const plain = ["username", "displayName", "description", "phoneRegion", "phoneNumber", "phoneNumberVerified"];
const shown = [...plain, "email", "emailVerified", "userExternalId", "status"];

const phones = fc.record({
  phoneRegion: fc.constantFrom("86", "1"),
  phoneNumber: fc.constantFrom("13500000000", "2025550100"),
  phoneNumberVerified: fc.boolean(),
});
const emails = fc.record({
  email: fc.constantFrom("ann@example.com", "ann.b@example.org"),
  emailVerified: fc.boolean(),
});
const fields = fc.constantFrom<Values>(
  {},
  { nick_name: "Caz" },
  { nick_name: "Caz O'", age: "41" },
  { age: "42" },
);
const units = fc.constantFrom([], [sales], [support], [support, sales], [root]);
const randomly = { passwordInitializationPolicyPriority: "custom", passwordInitializationType: "random" };

const edits = [
  fc.constantFrom("ann", "ann.b", "ann@x").map((username) => ({ username })),
  one("displayName", texts(12)),
  one("description", fc.oneof(fc.constant(""), texts(40))),
  fc.oneof(
    { weight: 4, arbitrary: phones },
    { weight: 1, arbitrary: one("phoneNumber", fc.constant("13700000000")) },
  ),
  fc.oneof({ weight: 4, arbitrary: emails }, { weight: 1, arbitrary: one("emailVerified", fc.boolean()) }),
  one("password", fc.constantFrom("Abcdef1234", "Ghijkl5678"), 0),
  one("passwordForcedUpdateStatus", fc.constantFrom("enabled", "disabled")),
  one("userNotificationChannels", fc.constantFrom(["email"], ["email", "sms"])),
  one("passwordInitializationConfig", fc.constant(randomly)),
  one("userExternalId", fc.constantFrom("hr-1", "hr-2")),
  one("primaryOrganizationalUnitId", fc.constantFrom(root, sales, support)),
  one("organizationalUnitIds", units),
  one("customFields", fields),
  one("status", fc.constantFrom("enabled", "disabled")),
  one("locked", fc.constant(false)),
  one("adopt", fc.boolean()),
];

const update = (params: Values): ExternalChange => ({ call: ["UpdateUser", params] });
const field = (FieldName: string, rest: Values): ExternalChange =>
  update({ CustomFields: [{ FieldName, ...rest }] });

const externalChanges = fc.constantFrom<ExternalChange>(
  update({ DisplayName: "Hacked" }),
  update({ PhoneRegion: "852", PhoneNumber: "13300000", PhoneNumberVerified: "false" }),
  update({ Email: "mallory@example.com", EmailVerified: "true" }),
  field("nick_name", { FieldValue: "Hacked", Operation: "replace" }),
  field("nick_name", { Operation: "remove" }),
  field("age", { FieldValue: "99", Operation: "replace" }),
  { call: ["UpdateUserDescription", { Description: "Hacked" }] },
  { call: ["UpdateUserPassword", { Password: "Hacked1234" }] },
  { call: ["SetUserPrimaryOrganizationalUnit", { OrganizationalUnitId: sales }] },
  { call: ["SetUserPrimaryOrganizationalUnit", { OrganizationalUnitId: support }] },
  { call: ["AddUserToOrganizationalUnits", { OrganizationalUnitIds: [sales, support] }] },
  { call: ["RemoveUserFromOrganizationalUnits", { OrganizationalUnitIds: [support] }] },
  { call: ["EnableUser", {}] },
  { call: ["DisableUser", {}] },
  { stored: { lockExpireTime: Date.now() + 3_600_000 } },
  { stored: { displayName: undefined, email: undefined } },
);

function invalidAttributes(declared: Values): string[] {
  const half = (names: readonly string[]) => {
    const missing = names.filter((name) => declared[name] === undefined);
    return missing.length < names.length ? missing : [];
  };
  const { primaryOrganizationalUnitId: primary = root, organizationalUnitIds = [] } = declared;
  const isTwice = (organizationalUnitIds as unknown[]).includes(primary);
  return [
    ...half(["phoneRegion", "phoneNumber", "phoneNumberVerified"]),
    ...half(["email", "emailVerified"]),
    ...(isTwice ? ["organizationalUnitIds"] : []),
  ];
}

const fieldsOf = (values: Values): Values =>
  Object.fromEntries(
    Object.entries((values.customFields ?? {}) as Values).map(([name, value]) => [
      `customFields.${name}`,
      value,
    ]),
  );

function afterUp(before: Values, declared: Values, previous: Values): Values {
  const primary = declared.primaryOrganizationalUnitId ?? before.primaryOrganizationalUnitId;
  const further = ((before.organizationalUnitIds ?? []) as unknown[]).filter((unit) => unit !== primary);
  const units =
    declared.organizationalUnitIds ?? (previous.organizationalUnitIds === undefined ? further : []);
  const isNewPassword = declared.password !== undefined && declared.password !== previous.password;
  const emptied = Object.fromEntries(Object.keys(fieldsOf(previous)).map((name) => [name, undefined]));
  return compact({
    ...before,
    ...resetRemoved(declared, previous, { description: "", status: "enabled" }),
    ...pick(declared, shown),
    primaryOrganizationalUnitId: primary,
    // A declared unit that others have made the primary one is the user's all the same.
    organizationalUnitIds: (units as unknown[]).filter((unit) => unit !== primary).sort(),
    ...emptied,
    ...fieldsOf(declared),
    ...(isNewPassword ? { password: digest(declared.password) } : {}),
    ...(declared.locked === false ? { locked: false } : {}),
  });
}

/** Users of an EIAM instance. */
export const eiamUserModel: UserModel = {
  type: "EiamUser",
  product: "Eiam",
  base: { instanceId: idaas, username: "ann" },
  nameField: "username",
  programChange: some(...edits),
  externalChange: externalChanges,
  actions: [
    "CreateUser",
    "GetUser",
    "UpdateUser",
    "UpdateUserDescription",
    "UpdateUserPassword",
    "DisableUser",
    "SetUserPrimaryOrganizationalUnit",
    "AddUserToOrganizationalUnits",
    "GetRootOrganizationalUnit",
  ],
  replaceOnChange: ["userExternalId"],
  notRemovable: [
    "displayName",
    "phoneRegion",
    "phoneNumber",
    "phoneNumberVerified",
    "email",
    "emailVerified",
    "password",
    "primaryOrganizationalUnitId",
  ],
  createOnly: ["passwordInitializationConfig"],
  invalidAttributes,
  view: (stored) =>
    compact({
      ...pick(stored, shown),
      password: stored.passwordDigest,
      primaryOrganizationalUnitId: stored.primaryOrganizationalUnitId,
      organizationalUnitIds: (stored.organizationalUnitIds as string[])
        .filter((unit) => unit !== stored.primaryOrganizationalUnitId)
        .sort(),
      ...fieldsOf(stored),
      locked: Number(stored.lockExpireTime ?? 0) > Date.now(),
    }),
  created: ({ username }, userId) => ({
    username,
    userExternalId: userId,
    status: "enabled",
    locked: false,
    primaryOrganizationalUnitId: root,
    phoneNumberVerified: false,
    emailVerified: false,
  }),
  afterUp,
  users: async (account) => (await account.eiamUsers()) as unknown as StoredUser[],
  callOutside: ({ admin }, { userId }, action, params = {}) =>
    admin.eiam(action, { UserId: userId, ...params }),
  createOutside: ({ admin }, name) =>
    admin.eiam("CreateUser", {
      Username: name,
      DisplayName: "Other",
      PrimaryOrganizationalUnitId: support,
      CustomFields: [{ FieldName: "nick_name", FieldValue: "Theirs" }],
    }),
  renameOutside: (name) => ["UpdateUser", { Username: name }],
  locked: { status: "disabled" },
};
