import { type Sample as TrialSample, samplesOf } from "../../cli/doctor/trial/samples";
import { isRemovable, updateParameterOf } from "../../provider/core/attribute";
import { type Resource, rowOf, rowsOf } from "../../provider/core/resource";
import type { Values, Wire } from "../../provider/core/wire";
import { bastionhostUser } from "../../provider/resources/bastionhost/bastionhostUser";
import { eiamUser } from "../../provider/resources/eiam/eiamUser";
import { ramUser } from "../../provider/resources/ram/ramUser";
import { instanceIds, type StoredUser, units } from "../api/account";

/** The life of one attribute: what a program and others do to it, and what is to be seen of that. */
export interface Sample {
  /** What the program declares, with whatever the attribute needs beside it. */
  declared: Values;
  /** A change by others: a call as the API's page spells it, or what the emulator stores where no call can. */
  others?: { call: readonly [action: string, params: Wire] } | { stored: Partial<StoredUser> };
  /** What a preview then shows as the account's value; absent where the API does not return it. */
  shows?: unknown;
  /** The key that others change, in an attribute that is managed key by key. */
  key?: string;
  /** What the program declares next; absent where only one value can be declared. */
  next?: Values;
  /** The calls that write it, of an attribute that is not returned; absent where none can. */
  writes?: string[];
  /** What comes of its removal from the program: what the account then holds, or why it does not come to that. */
  removed: Partial<StoredUser> | "cleared" | "required" | "refused" | "replaced";
}

const { root, sales, support } = units;
const phone = { phoneRegion: "86", phoneNumber: "13900000000", phoneNumberVerified: true };
const phoneOnWire = { PhoneRegion: "86", PhoneNumber: "13900000000", PhoneNumberVerified: true };
const email = { email: "carol@example.com", emailVerified: true };
/** The life of an attribute whose trial in `doctor --write` says enough, with nothing beside it. */
export function lifeOf(resource: Resource, name: string, { first, second }: TrialSample): Sample {
  if (second === undefined)
    throw new Error(
      `${resource.type}.${name} needs two values in cli/doctor/trial/samples.ts, or a life here.`,
    );
  const row = rowOf(resource, name);
  const parsed = row.schema.parse(second);
  const changed = { [updateParameterOf(row)]: row.encode(parsed, "update") };
  const setter = row.setter === undefined ? undefined : resource.setters[row.setter];
  const context = { requestKey: {}, changed, declared: changed, user: {} };
  const [call] = setter?.calls(context, ...setter.actions) ?? [
    { action: resource.update.action, params: changed },
  ];
  if (!call) throw new Error(`No call changes ${name}.`);
  const seen = row.writeOnly ? { writes: [call.action] } : { shows: parsed };
  return {
    declared: { [name]: first },
    others: { call: [call.action, JSON.parse(JSON.stringify(call.params)) as Wire] },
    next: { [name]: second },
    removed: !row.schema.isOptional() ? "required" : isRemovable(row) ? "cleared" : "refused",
    ...seen,
  };
}

/** The lives of all attributes of a kind: as their trials say, but for these, which need more. */
function livesOf(resource: Resource, special: Readonly<Record<string, Sample>>): Record<string, Sample> {
  const place = { name: "alice", instance: "an instance" };
  const trials = samplesOf(resource.type, place);
  const lives = rowsOf(resource).map(([name]) => [
    name,
    special[name] ?? lifeOf(resource, name, trials[name] ?? {}),
  ]);
  return Object.fromEntries(lives) as Record<string, Sample>;
}

const byModify = (params: Wire) => ({ call: ["ModifyUser", params] as const });
const byUpdate = (params: Wire) => ({ call: ["UpdateUser", params] as const });
const randomly = { passwordInitializationPolicyPriority: "custom", passwordInitializationType: "random" };

const bastionhost: Partial<Record<keyof typeof bastionhostUser.attributes, Sample>> = {
  instanceId: {
    declared: {},
    next: { instanceId: "bastionhost-cn-other" },
    removed: "required",
  },
  source: {
    declared: { source: "Local" },
    others: { stored: { source: "AD", sourceUserId: "CN=bob" } },
    shows: "AD",
    next: { source: "LDAP", sourceUserId: "CN=bob", password: undefined },
    removed: "required",
  },
  sourceUserId: {
    declared: { source: "Ram", sourceUserId: "200000000000000001", password: undefined },
    others: { stored: { sourceUserId: "200000000000000002" } },
    shows: "200000000000000002",
    next: { source: "Ram", sourceUserId: "200000000000000003", password: undefined },
    removed: "refused",
  },
  userName: {
    declared: { userName: "bob_ops" },
    others: { stored: { userName: "mallory" } },
    shows: "mallory",
    next: { userName: "bob_sre" },
    removed: "required",
  },
  mobileCountryCode: {
    declared: { mobile: "13500000000", mobileCountryCode: "SG" },
    others: byModify({ MobileCountryCode: "HK" }),
    shows: "HK",
    next: { mobile: "13500000000", mobileCountryCode: "SA" },
    removed: { mobile: "13500000000", mobileCountryCode: "CN" },
  },
  twoFactorStatus: {
    declared: { twoFactorStatus: "Disable" },
    others: byModify({ TwoFactorStatus: "Global" }),
    shows: "Global",
    next: { twoFactorStatus: "Enable", twoFactorMethods: ["totp"] },
    removed: { twoFactorStatus: "Global" },
  },
  twoFactorMethods: {
    declared: { twoFactorStatus: "Enable", twoFactorMethods: ["totp"] },
    others: byModify({ TwoFactorStatus: "Enable", TwoFactorMethods: '["gmusbkey"]' }),
    shows: ["gmusbkey"],
    next: { twoFactorStatus: "Enable", twoFactorMethods: ["sms"], mobile: "13500000000" },
    removed: "refused",
  },
  languageStatus: {
    declared: { languageStatus: "Custom", language: "en" },
    others: byModify({ LanguageStatus: "Global" }),
    shows: "Global",
    next: { languageStatus: "Global", language: "en" },
    removed: { languageStatus: "Global" },
  },
  language: {
    declared: { languageStatus: "Custom", language: "en" },
    others: byModify({ LanguageStatus: "Custom", Language: "zh-cn" }),
    shows: "zh-cn",
    next: { languageStatus: "Custom", language: "zh-cn" },
    removed: "refused",
  },
  locked: {
    declared: { locked: true },
    others: { stored: { userState: ["Normal"] } },
    shows: false,
    next: { locked: false },
    removed: { userState: ["Normal"] },
  },
};

const eiam: Partial<Record<keyof typeof eiamUser.attributes, Sample>> = {
  instanceId: { declared: {}, next: { instanceId: "idaas_other" }, removed: "required" },
  passwordForcedUpdateStatus: {
    declared: { password: "Abcdef1234", passwordForcedUpdateStatus: "disabled" },
    next: { password: "Abcdef5678", passwordForcedUpdateStatus: "enabled" },
    writes: ["UpdateUserPassword"],
    removed: {},
  },
  userNotificationChannels: {
    declared: { password: "Abcdef1234", userNotificationChannels: ["email"] },
    next: { password: "Abcdef5678", userNotificationChannels: ["email", "sms"] },
    writes: ["UpdateUserPassword"],
    removed: {},
  },
  passwordInitializationConfig: {
    declared: { passwordInitializationConfig: { ...randomly, userNotificationChannels: ["email"] } },
    others: { stored: { passwordSet: false } },
    removed: { passwordSet: true },
  },
  phoneRegion: {
    declared: phone,
    others: byUpdate({ ...phoneOnWire, PhoneRegion: "852" }),
    shows: "852",
    next: { ...phone, phoneRegion: "65" },
    removed: "refused",
  },
  phoneNumber: {
    declared: phone,
    others: byUpdate({ ...phoneOnWire, PhoneNumber: "13800000000" }),
    shows: "13800000000",
    next: { ...phone, phoneNumber: "13700000000" },
    removed: "refused",
  },
  phoneNumberVerified: {
    declared: phone,
    others: byUpdate({ ...phoneOnWire, PhoneNumberVerified: false }),
    shows: false,
    next: { ...phone, phoneNumberVerified: false },
    removed: "refused",
  },
  email: {
    declared: email,
    others: byUpdate({ Email: "mallory@example.com", EmailVerified: true }),
    shows: "mallory@example.com",
    next: { ...email, email: "carol@example.org" },
    removed: "refused",
  },
  emailVerified: {
    declared: email,
    others: byUpdate({ Email: "carol@example.com", EmailVerified: false }),
    shows: false,
    next: { ...email, emailVerified: false },
    removed: "refused",
  },
  userExternalId: {
    declared: { userExternalId: "hr-1" },
    others: { stored: { userExternalId: "hr-2" } },
    shows: "hr-2",
    next: { userExternalId: "hr-3" },
    removed: "replaced",
  },
  primaryOrganizationalUnitId: {
    declared: { primaryOrganizationalUnitId: sales },
    others: { call: ["SetUserPrimaryOrganizationalUnit", { OrganizationalUnitId: support }] },
    shows: support,
    next: { primaryOrganizationalUnitId: root },
    removed: "refused",
  },
  organizationalUnitIds: {
    declared: { organizationalUnitIds: [support] },
    others: { call: ["AddUserToOrganizationalUnits", { OrganizationalUnitIds: [sales] }] },
    shows: [sales, support],
    next: { organizationalUnitIds: [sales] },
    removed: { organizationalUnitIds: [root] },
  },
  customFields: {
    declared: { customFields: { nick_name: "Caz" } },
    others: byUpdate({
      CustomFields: [{ FieldName: "nick_name", FieldValue: "Hacked", Operation: "replace" }],
    }),
    shows: "Hacked",
    key: "nick_name",
    next: { customFields: { nick_name: "Cazza" } },
    removed: { customFields: {} },
  },
  locked: {
    declared: { locked: false },
    others: { stored: { lockExpireTime: Date.now() + 3_600_000 } },
    shows: true,
    removed: {},
  },
};

/** A kind of user as this suite knows it. */
export interface Kind {
  /** What every program declares. */
  base: Values;
  samples: Readonly<Record<string, Sample>>;
  /** What others make of all that a program declares with `base` and a display name does not cover. */
  foreign: Partial<StoredUser>;
}

/** The kinds of users by type. */
export const lives: Readonly<Record<string, Kind>> = {
  RamUser: {
    base: { userName: "alice" },
    samples: livesOf(ramUser, {}),
    foreign: { comments: "Hacked", email: "mallory@example.com", mobilePhone: "86-13300000000" },
  },
  BastionhostUser: {
    base: {
      instanceId: instanceIds.Bastionhost,
      source: "Local",
      userName: "bob_ops",
      password: "Ab1!cdefg",
    },
    samples: livesOf(bastionhostUser, bastionhost),
    foreign: {
      comment: "Hacked",
      email: "mallory@example.com",
      mobile: "13300000000",
      mobileCountryCode: "HK",
      effectiveStartTime: 1_800_000_000,
      effectiveEndTime: 1_900_000_000,
      needResetPassword: true,
      twoFactorStatus: "Enable",
      twoFactorMethods: ["sms"],
      languageStatus: "Custom",
      language: "zh-cn",
      userState: ["Frozen"],
    },
  },
  EiamUser: {
    base: { instanceId: instanceIds.Eiam, username: "carol" },
    samples: livesOf(eiamUser, eiam),
    foreign: {
      description: "Hacked",
      phoneRegion: "852",
      phoneNumber: "13300000",
      phoneNumberVerified: true,
      email: "mallory@example.com",
      emailVerified: true,
      userExternalId: "hr-6",
      primaryOrganizationalUnitId: sales,
      organizationalUnitIds: [sales, support],
      customFields: { nick_name: "Hacked", age: "99" },
      status: "disabled",
      lockExpireTime: Date.now() + 3_600_000,
    },
  },
};
