import { z } from "zod";
import { numberOf } from "../../core/values";
import { attr } from "../../core/attribute";
import { defineResource, userCall } from "../../core/resource";
import { adopt, emailAddress, onDelete, text } from "../../core/schemas";
import type { Wire } from "../../core/wire";
import { numberedPages } from "../numberedPages";
import { eiamAnswers, eiamOtherFields, namedField, unit } from "./answers";
import { customFieldParameters, customFieldsOf } from "./customFields";
import { capitalised, changePassword, channels, forced, initializationConfig } from "./passwords";
import { eiamRules } from "./rules";
import {
  askRootUnit,
  askRootUnitBeside,
  furtherUnits,
  moveUnits,
  rootUnitOf,
  setPrimaryUnit,
} from "./organizationalUnits";

const idPattern = /^user_.*$/;
const unitId = z.string().min(1).max(64);

/** A user of an EIAM (IDaaS) instance. https://www.alibabacloud.com/help/en/idaas/eiam/developer-reference/api-eiam-2021-12-01-updateuser */
export const eiamUser = defineResource({
  type: "EiamUser",
  service: "Eiam",
  identity: ["InstanceId", "UserId"],
  nameField: "Username",
  filters: [
    "UserIds",
    "UsernameStartsWith",
    "DisplayNameStartsWith",
    "PhoneRegion",
    "PhoneNumber",
    "Email",
    "UserExternalId",
    "UserSourceId",
    "UserSourceType",
    "Status",
    "OrganizationalUnitId",
  ],
  createdAtField: "CreateTime",
  read: {
    get: { action: "GetUser", by: "UserId", nobody: "user_alicloudusersdoctornobody" },
    list: {
      action: "ListUsers",
      ...numberedPages("Users"),
      filterByName: "UsernameStartsWith",
      omittedFields: [
        "CustomFields",
        "OrganizationalUnits",
        "PrimaryOrganizationalUnitId",
        "Groups",
        "PreferredLanguage",
      ],
    },
    from: ({ User }) => User as Wire | undefined,
    otherFields: eiamOtherFields,
    notFoundCodes: ["ResourceNotFound.User"],
    idPattern,
    consistencyWindowMs: 0,
  },
  nonIdempotent: { CreateUser: "ClientToken", UpdateUserPassword: true },
  answers: eiamAnswers,
  create: {
    action: "CreateUser",
    idempotencyToken: "ClientToken",
    defaults: {
      call: askRootUnit,
      from: (answer) => ({ PrimaryOrganizationalUnitId: rootUnitOf(answer) }),
    },
  },
  update: { action: "UpdateUser" },
  lostByReplacement: "groups, grants of applications, authenticators and password history",
  delete: { action: "DeleteUser" },
  lock: userCall("DisableUser"),
  lockedAs: ({ Status }) => (Status === "disabled" ? "disabled" : undefined),
  leaving: { lock: { status: "disabled" } },
  movedBy: ["primaryUnit", "units"],
  prefetch: askRootUnitBeside,
  attributes: {
    /** The id of the EIAM instance, for example `idaas_ue2jvisn35ea5lmthk267xxxxx`. */
    instanceId: attr(
      "InstanceId",
      z
        .string()
        .min(1)
        .max(64)
        .regex(/^[^:]+$/, "must be the id of an EIAM instance."),
      { replaceOnChange: true },
    ),
    /** The name the user logs on with, unique in the instance: up to 256 letters, digits and `_ . @ -`. A new name renames the user in place. */
    username: attr(
      "Username",
      text(1, 256).regex(/^[\w.@-]+$/, "may hold letters, digits, _ . @ and - only."),
    ),
    /** The display name: up to 256 characters, of which an instance may take 128 for a new user. EIAM documents no way to clear it. */
    displayName: attr("DisplayName", text(1, 256).optional()),
    /** A description: up to 256 characters. Empty, or taken out of the program, it is cleared. */
    description: attr("Description", text(0, 256).optional(), { setter: "description", clear: "" }),
    /** The logon password; the instance's password policy applies. Written when it changes in the program, never read, encrypted in the state. */
    password: attr("Password", z.string().min(1).optional(), {
      setter: "password",
      writeOnly: true,
      secret: true,
      keptOnAdoption: true,
    }),
    /** Whether a password that the program changes must be replaced by the user at the next logon: `enabled` or `disabled` (the default). Sent with the new password. */
    passwordForcedUpdateStatus: attr("PasswordForcedUpdateStatus", forced.optional(), {
      setter: "password",
      create: false,
      writeOnly: true,
      onRemoval: "ignore",
      keptOnAdoption: true,
    }),
    /** How the user is notified of a password that the program changes: `email`, `sms`. Sent with the new password. */
    userNotificationChannels: attr("UserNotificationChannels", channels.optional(), {
      setter: "password",
      create: false,
      writeOnly: true,
      onRemoval: "ignore",
      keptOnAdoption: true,
    }),
    /** How the first password is created and delivered. Used only when the user is created. */
    passwordInitializationConfig: attr("PasswordInitializationConfig", initializationConfig.optional(), {
      createOnly: true,
      writeOnly: true,
      onRemoval: "ignore",
      keptOnAdoption: true,
      encode: capitalised,
    }),
    /** The calling code of the phone number, 1 to 6 digits without `+` or `00`. Required with `phoneNumber`. */
    phoneRegion: attr(
      "PhoneRegion",
      z
        .string()
        .regex(/^(?!0)\d{1,6}$/, 'must be 1 to 6 digits without "+" or "00", for example "86".')
        .optional(),
      { group: "phone" },
    ),
    /** The phone number, 6 to 15 digits. EIAM documents no way to clear it. */
    phoneNumber: attr(
      "PhoneNumber",
      z
        .string()
        .regex(/^\d{6,15}$/, "must be 6 to 15 digits.")
        .optional(),
      { group: "phone" },
    ),
    /** Whether the phone number counts as verified, and so as trusted. Required with `phoneNumber`. */
    phoneNumberVerified: attr("PhoneNumberVerified", z.boolean().optional(), {
      group: "phone",
      serverDefault: ({ PhoneNumber }) => (PhoneNumber ? undefined : false),
    }),
    /** The email address: up to 128 characters. EIAM documents no way to clear it. */
    email: attr("Email", emailAddress(128).min(1).optional(), {
      group: "email",
    }),
    /** Whether the email address counts as verified, and so as trusted. Required with `email`. */
    emailVerified: attr("EmailVerified", z.boolean().optional(), {
      group: "email",
      serverDefault: ({ Email }) => (Email ? undefined : false),
    }),
    /** The user's id in an outside system, unique in the instance: up to 128 characters; the user's own id by default. EIAM cannot change it. */
    userExternalId: attr("UserExternalId", text(1, 128).optional(), {
      replaceOnChange: true,
      serverDefault: ({ UserId }) => UserId,
      alwaysShown: true,
    }),
    /** The organizational unit that the user belongs to first; the root unit by default. A user always has one, so it cannot be taken away, only changed. */
    primaryOrganizationalUnitId: attr("PrimaryOrganizationalUnitId", unitId.optional(), {
      setter: "primaryUnit",
      updateParameter: "OrganizationalUnitId",
      alwaysShown: true,
    }),
    /** Further organizational units, in any order; of those the user is in no others. */
    organizationalUnitIds: attr(
      "OrganizationalUnitIds",
      z
        .array(unitId)
        .transform((ids) => [...new Set(ids)].sort())
        .optional(),
      {
        setter: "units",
        clear: [],
        fields: ["PrimaryOrganizationalUnitId", "OrganizationalUnits"],
        answer: { OrganizationalUnits: z.array(unit) },
        alwaysShown: true,
        read: furtherUnits,
      },
    ),
    /** Custom fields by name, which the instance must define. Managed key by key: fields that are not named here are left alone. */
    customFields: attr("CustomFields", z.record(z.string().min(1), z.string().min(1)).optional(), {
      mergeKeys: true,
      clear: {},
      encode: customFieldParameters,
      answer: { CustomFields: z.array(namedField) },
      read: customFieldsOf,
    }),
    /** Whether the user may log on: `enabled` (the default) or `disabled`. */
    status: attr("Status", z.enum(["enabled", "disabled"]).optional(), {
      setter: "status",
      create: false,
      clear: "enabled",
      alwaysShown: true,
    }),
    /** `false` lifts the lock that too many wrong passwords have put on the user. Nothing can set that lock. */
    locked: attr(
      "LockExpireTime",
      z
        .literal(
          false,
          'can only be false: EIAM locks users by itself. To lock one out, set status: "disabled".',
        )
        .optional(),
      {
        setter: "unlock",
        create: false,
        onRemoval: "ignore",
        serverDefault: () => false,
        answer: { LockExpireTime: z.int() },
        read: ({ LockExpireTime }) => (numberOf(LockExpireTime) ?? 0) > Date.now(),
      },
    ),
  },
  options: {
    /** Take over an existing user, and update it to what is declared: with `true` the one of this name, with the id of a user that one and no other. Without it, create fails on a user of this name and names it. */
    adopt: adopt(idPattern),
    /** What happens to the user when it is removed from the program: `delete` (the default), `lock`: it is disabled, or `retain`: it stays as it is. */
    onDelete,
    /** The region of the instance, where it is not the configured one. */
    regionId: z.string().min(1).optional(),
  },
  rules: eiamRules,
  setters: {
    description: {
      actions: ["UpdateUserDescription"],
      calls: ({ requestKey, changed }, action) => [{ action, params: { ...requestKey, ...changed } }],
    },
    password: { actions: ["UpdateUserPassword"], calls: changePassword },
    primaryUnit: {
      actions: ["SetUserPrimaryOrganizationalUnit", "AddUserToOrganizationalUnits"],
      calls: setPrimaryUnit,
    },
    units: {
      actions: ["AddUserToOrganizationalUnits", "RemoveUserFromOrganizationalUnits"],
      calls: moveUnits,
    },
    status: {
      actions: ["EnableUser", "DisableUser"],
      calls: ({ requestKey, changed }, enable, disable) => [
        { action: changed.Status === "enabled" ? enable : disable, params: requestKey },
      ],
    },
    unlock: {
      actions: ["UnlockUser"],
      calls: ({ requestKey }, action) => [{ action, params: requestKey }],
    },
  },
});
