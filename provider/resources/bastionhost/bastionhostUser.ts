import { z } from "zod";
import { jsonList, listOf, numberOf } from "../../core/values";
import type { Wire } from "../../core/wire";
import { attr, notShown } from "../../core/attribute";
import { defineResource, userCall } from "../../core/resource";
import { adopt, emailAddress, onDelete, seconds } from "../../core/schemas";
import { numberedPages } from "../numberedPages";
import { bastionhostAnswers } from "./answers";
import { bastionhostCreateRules, bastionhostRules, instanceTwoFactor } from "./rules";

const countries = [
  "CN",
  "HK",
  "MO",
  "TW",
  "RU",
  "SG",
  "MY",
  "ID",
  "DE",
  "AU",
  "US",
  "AE",
  "JP",
  "GB",
  "IN",
  "KR",
  "PH",
  "CH",
  "SE",
  "SA",
] as const;

const filled = (maximum: number) =>
  z
    .string()
    .min(
      1,
      'must not be empty: Bastionhost reads an empty value as "leave it alone" and cannot clear it. Give it a value, or take it out before the first up.',
    )
    .max(maximum);

const password = z
  .string()
  .min(8)
  .max(128)
  .refine((value) => [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/].every((kind) => kind.test(value)), {
    error: "must hold an upper-case letter, a lower-case letter, a digit and a special character.",
  });

/** Where users of other sources than the bastion host's own are changed. */
const sources: Readonly<Record<string, string>> = { Ram: "RAM", AD: "AD", LDAP: "LDAP" };

const users = ({ InstanceId, UserId }: Wire): Wire => ({ InstanceId, UserIds: jsonList([UserId]) });

const isFrozen = ({ UserState }: Wire): boolean => listOf(UserState).includes("Frozen");
const idPattern = /^\d+$/;

/** A user of a bastion host. https://www.alibabacloud.com/help/en/bastion-host/developer-reference/api-yundun-bastionhost-2019-12-09-modifyuser */
export const bastionhostUser = defineResource({
  type: "BastionhostUser",
  service: "Bastionhost",
  identity: ["InstanceId", "UserId"],
  nameField: "UserName",
  filters: ["UserName", "DisplayName", "Mobile", "SourceUserId", "Source", "UserState", "UserGroupId"],
  read: {
    get: { action: "GetUser", by: "UserId", nobody: "9223372036854775807" },
    list: { action: "ListUsers", ...numberedPages("Users"), filterByName: "UserName", omittedFields: [] },
    from: ({ User }) => User as Wire | undefined,
    otherFields: { UserId: z.string() },
    notFoundCodes: ["UserNotFound", "OBJECT_NOT_FOUND"],
    idPattern,
    consistencyWindowMs: 0,
  },
  nonIdempotent: { CreateUser: true },
  answers: bastionhostAnswers,
  create: { action: "CreateUser", rules: bastionhostCreateRules },
  update: {
    action: "ModifyUser",
    // A password that an admin sets is a temporary one where a reset is demanded, so the demand goes with it again.
    toRequest: (params, { declared }): Wire =>
      params.Password === undefined ? params : { NeedResetPassword: declared.NeedResetPassword, ...params },
  },
  lostByReplacement: "grants on hosts, user groups, public keys and password history",
  delete: { action: "DeleteUser" },
  lock: userCall("LockUsers", users),
  lockedAs: (user) => (isFrozen(user) ? "locked out" : undefined),
  follows: { by: { source: "Ram" }, id: "sourceUserId", name: "userName" },
  leaving: { lock: { locked: true }, until: "effectiveEndTime" },
  prefetch: instanceTwoFactor,
  attributes: {
    /** The id of the bastion host, for example `bastionhost-cn-st220aw****`. */
    instanceId: attr(
      "InstanceId",
      z
        .string()
        .min(1)
        .regex(/^[^:]+$/, "must be the id of a bastion host."),
      { replaceOnChange: true },
    ),
    /** Where the user comes from: `Local` to the bastion host, `Ram`, or the directory services `AD` and `LDAP`. */
    source: attr("Source", z.enum(["Local", "Ram", "AD", "LDAP"]), { replaceOnChange: true }),
    /** The user's id at its source: a RAM user's id (`userId` of a RamUser), or the distinguished name in AD or LDAP. Required unless the source is `Local`. */
    sourceUserId: attr("SourceUserId", z.string().min(1).optional(), {
      replaceOnChange: true,
      alwaysShown: true,
      // A distinguished name follows the user through its directory; another one in the program is another person.
      changedAt: ({ source }, cause) =>
        cause === "account" && source !== "Ram" ? sources[String(source)] : undefined,
    }),
    /** The name the user logs on with, unique on the bastion host: 1 to 128 characters. A new name replaces a `Local` user. A user of another source is renamed at that source: a preview shows the difference, and up leaves it. */
    userName: attr("UserName", z.string().min(1).max(128), {
      replaceOnChange: true,
      changedAt: ({ source }) => sources[String(source)],
      insteadOfReplacing: "displayName",
    }),
    /** The name shown in the console: up to 128 characters. Bastionhost cannot clear it. */
    displayName: attr("DisplayName", filled(128).optional(), {
      serverDefault: ({ UserName }) => UserName,
      alwaysShown: true,
    }),
    /** Remarks: up to 500 characters. Bastionhost cannot clear them. */
    comment: attr("Comment", filled(500).optional(), { alwaysShown: true }),
    /** The email address; required where the two-factor method in effect is `email`. Bastionhost cannot clear it. */
    email: attr("Email", filled(256).pipe(emailAddress(256)).optional(), { alwaysShown: true }),
    /** The mobile number without country code; required where the two-factor method in effect is `sms` or `dingtalk`. Bastionhost cannot clear it. */
    mobile: attr("Mobile", filled(32).optional(), { group: "mobile", alwaysShown: true }),
    /** The country of the mobile number, `CN` by default. */
    mobileCountryCode: attr("MobileCountryCode", z.enum(countries).optional(), {
      group: "mobile",
      clear: "CN",
      alwaysShown: true,
    }),
    /** The logon password of a `Local` user: 8 to 128 characters of all four kinds. Written when it changes in the program, never read, encrypted in the state. */
    password: attr("Password", password.optional(), {
      writeOnly: true,
      secret: true,
      keptOnAdoption: true,
    }),
    /** Whether the user must choose a new password at the next logon. Sent when it changes in the program and with every new password; not forced back once the user has chosen one. */
    needResetPassword: attr("NeedResetPassword", z.boolean().optional(), {
      clear: false,
      keptOnAdoption: true,
      alwaysShown: true,
      read: (user) => (user.NeedResetPassword === true ? true : notShown),
    }),
    /** The start of the validity period: Unix timestamp in seconds, or ISO 8601 date. Bastionhost cannot clear it. */
    effectiveStartTime: attr("EffectiveStartTime", seconds.optional(), {
      read: (user) => numberOf(user.EffectiveStartTime) || undefined,
    }),
    /** The end of the validity period: Unix timestamp in seconds, or ISO 8601 date. Bastionhost cannot clear it. */
    effectiveEndTime: attr("EffectiveEndTime", seconds.optional(), {
      read: (user) => numberOf(user.EffectiveEndTime) || undefined,
    }),
    /** Two-factor authentication: `Global` (the settings of the bastion host, the default), `Disable`, or `Enable` with `twoFactorMethods`. */
    twoFactorStatus: attr("TwoFactorStatus", z.enum(["Global", "Disable", "Enable"]).optional(), {
      group: "twoFactor",
      clear: "Global",
      alwaysShown: true,
    }),
    /** The one two-factor method: `["sms"]`, `["email"]`, `["dingtalk"]`, `["totp"]` (one-time password) or `["gmusbkey"]`. Required with `Enable`. */
    twoFactorMethods: attr(
      "TwoFactorMethods",
      z
        .array(z.enum(["sms", "email", "dingtalk", "totp", "gmusbkey"]))
        .length(1, 'must hold exactly one method, for example ["totp"].')
        .optional(),
      {
        group: "twoFactor",
        onRemoval: "ignore",
        alwaysShown: true,
        encode: jsonList,
        read: (user) => listOf(user.TwoFactorMethods),
      },
    ),
    /** The language of notifications: `Global` (the settings of the bastion host, the default), or `Custom` with `language`. */
    languageStatus: attr("LanguageStatus", z.enum(["Global", "Custom"]).optional(), {
      group: "language",
      clear: "Global",
      alwaysShown: true,
    }),
    /** The user's own language. Required with `Custom`. */
    language: attr("Language", z.enum(["zh-cn", "en"]).optional(), {
      group: "language",
      onRemoval: "ignore",
      alwaysShown: true,
    }),
    /** Whether the user is locked out. States that come about by themselves, such as `Expired`, are no drift. */
    locked: attr("UserState", z.boolean().optional(), {
      setter: "lock",
      create: false,
      clear: false,
      answer: { UserState: z.array(z.string()) },
      alwaysShown: true,
      read: isFrozen,
    }),
  },
  options: {
    /** Take over an existing user, and update it to what is declared: with `true` the one of this name, with the id of a user that one and no other. Without it, create fails on a user of this name and names it. */
    adopt: adopt(idPattern),
    /** What happens to the user when it is removed from the program: `delete` (the default), `lock`, or `retain`: it stays as it is. */
    onDelete,
    /** The region of the bastion host, where it is not the configured one. */
    regionId: z.string().min(1).optional(),
  },
  rules: bastionhostRules,
  setters: {
    lock: {
      actions: ["LockUsers", "UnlockUsers"],
      calls: ({ requestKey, changed }, lock, unlock) => [
        { action: changed.UserState === true ? lock : unlock, params: users(requestKey) },
      ],
    },
  },
});
