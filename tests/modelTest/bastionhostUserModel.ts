import * as fc from "fast-check";
import { bastionHost } from "../support/account";
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

const shown = [
  "source",
  "sourceUserId",
  "userName",
  "displayName",
  "comment",
  "email",
  "mobile",
  "mobileCountryCode",
  "needResetPassword",
  "effectiveStartTime",
  "effectiveEndTime",
  "twoFactorStatus",
  "twoFactorMethods",
  "languageStatus",
  "language",
];

const passwords = fc.constantFrom("Aa1!aaaa", "Bb2!bbbb", "Cc3 '&=+%");
const emails = fc.constantFrom("ann@example.com", "ann.b@example.org");
const mobiles = fc.constantFrom("13500000000", "13600000000");
const starts = fc.constantFrom<number | string>(1_790_000_000, "2026-10-01T00:00:00Z", "2026-10-01");
const ends = fc.constantFrom<number | string>(1_900_000_000, "2030-01-31T00:00:00+08:00");
const seconds = (moment: unknown) => (typeof moment === "string" ? Date.parse(moment) / 1000 : moment);

const edits = [
  fc.constantFrom("ann", "ann-b").map((userName) => ({ userName })),
  fc.constantFrom(
    { source: "Local", sourceUserId: undefined, password: "Aa1!aaaa" },
    { source: "Ram", sourceUserId: "200000000000000009", password: undefined },
  ),
  one("displayName", texts(12)),
  one("comment", texts(40)),
  one("email", emails),
  one("mobile", mobiles),
  one("mobileCountryCode", fc.constantFrom("CN", "SG", "SA")),
  passwords.map((password) => ({ password })),
  one("needResetPassword", fc.boolean()),
  one("effectiveStartTime", starts),
  one("effectiveEndTime", ends),
  fc.constantFrom<Values>(
    { twoFactorStatus: "Enable", twoFactorMethods: ["totp"] },
    { twoFactorStatus: "Enable", twoFactorMethods: ["sms"], mobile: "13700000000" },
    { twoFactorStatus: "Enable", twoFactorMethods: ["email"] },
    { twoFactorStatus: "Disable" },
    { twoFactorStatus: "Global" },
    { twoFactorStatus: undefined },
    { twoFactorStatus: undefined, twoFactorMethods: undefined },
  ),
  fc.constantFrom<Values>(
    { languageStatus: "Custom", language: "en" },
    { languageStatus: "Custom", language: "zh-cn" },
    { languageStatus: "Global" },
    { languageStatus: undefined, language: undefined },
    { languageStatus: undefined },
    { language: undefined },
  ),
  one("locked", fc.boolean()),
  one("adopt", fc.boolean()),
];

const modify = (params: Values): ExternalChange => ({ call: ["ModifyUser", params] });

const externalChanges = fc.constantFrom<ExternalChange>(
  modify({ DisplayName: "Hacked" }),
  modify({ Comment: "Hacked" }),
  modify({ Email: "mallory@example.com" }),
  modify({ Mobile: "13300000000" }),
  modify({ MobileCountryCode: "HK" }),
  modify({ Password: "Hacked-1!" }),
  modify({ NeedResetPassword: "true" }),
  modify({ NeedResetPassword: "false" }),
  modify({ EffectiveEndTime: "1950000000" }),
  modify({ TwoFactorStatus: "Disable" }),
  modify({ TwoFactorStatus: "Enable", TwoFactorMethods: '["gmusbkey"]' }),
  modify({ LanguageStatus: "Custom", Language: "zh-cn" }),
  modify({ LanguageStatus: "Global" }),
  { call: ["LockUsers", {}] },
  { call: ["UnlockUsers", {}] },
  { stored: { comment: "", displayName: "" } },
  { stored: { effectiveStartTime: undefined, effectiveEndTime: undefined } },
  { stored: { userState: ["Expired"] } },
  { stored: { userState: ["Frozen", "PasswordExpired"] } },
);

/** What the account gets back when an attribute is taken out of the program. */
const cleared = {
  mobileCountryCode: "CN",
  needResetPassword: false,
  twoFactorStatus: "Global",
  languageStatus: "Global",
  locked: false,
};

function invalidAttributes(declared: Values, isGlobalSms: boolean): string[] {
  const { source, sourceUserId, password, adopt, twoFactorMethods, mobile, email } = declared;
  const { twoFactorStatus = "Global" } = declared;
  const own = twoFactorStatus === "Enable" ? (twoFactorMethods as string[] | undefined)?.[0] : undefined;
  const method = twoFactorStatus === "Global" && isGlobalSms ? "sms" : own;
  const found = {
    password: source === "Local" ? password === undefined && adopt !== true : password !== undefined,
    sourceUserId: (source === "Local") !== (sourceUserId === undefined),
    twoFactorMethods: twoFactorStatus === "Enable" && twoFactorMethods === undefined,
    language: declared.languageStatus === "Custom" && declared.language === undefined,
    mobile: method === "sms" && mobile === undefined,
    email: method === "email" && email === undefined,
  };
  return Object.entries(found).flatMap(([name, isSo]) => (isSo ? [name] : []));
}

function afterUp(before: Values, declared: Values, previous: Values): Values {
  const { password, needResetPassword } = declared;
  const isNewPassword = password !== undefined && password !== previous.password;
  const demands = isNewPassword || previous.needResetPassword !== true;
  return compact({
    ...before,
    ...resetRemoved(declared, previous, cleared),
    ...pick(declared, [...shown, "locked"]),
    effectiveStartTime: seconds(declared.effectiveStartTime ?? before.effectiveStartTime),
    effectiveEndTime: seconds(declared.effectiveEndTime ?? before.effectiveEndTime),
    ...(isNewPassword ? { password: digest(password) } : {}),
    // Once the user has chosen a password of his own, he is not asked for another.
    ...(needResetPassword === true && !demands ? { needResetPassword: before.needResetPassword } : {}),
  });
}

/** Users of a bastion host; where it has a two-factor method of its own, that is a text message. */
export function bastionhostUserModel(method?: "sms"): UserModel {
  const isGlobalSms = method === "sms";
  return {
    type: "BastionhostUser",
    product: "Bastionhost",
    base: {
      instanceId: bastionHost,
      source: "Local",
      userName: "ann",
      password: "Aa1!aaaa",
      ...(isGlobalSms ? { mobile: "13500000000" } : {}),
    },
    nameField: "userName",
    programChange: some(...edits),
    externalChange: externalChanges,
    actions: ["CreateUser", "GetUser", "ModifyUser", "LockUsers", "UnlockUsers"],
    replaceOnChange: ["source", "sourceUserId", "userName"],
    notRemovable: [
      "displayName",
      "comment",
      "email",
      "mobile",
      "password",
      "effectiveStartTime",
      "effectiveEndTime",
    ],
    createOnly: [],
    invalidAttributes: (declared) => invalidAttributes(declared, isGlobalSms),
    view: (stored) => {
      const states = stored.userState as string[];
      return compact({
        ...pick(stored, shown),
        password: stored.passwordDigest,
        locked: states.includes("Frozen"),
        otherStates: states.filter((state) => !["Normal", "Frozen"].includes(state)),
      });
    },
    created: ({ source, sourceUserId, userName }) => ({
      ...compact({ source, sourceUserId, userName, displayName: userName, mobileCountryCode: "CN" }),
      needResetPassword: false,
      twoFactorStatus: "Global",
      languageStatus: "Global",
      locked: false,
    }),
    afterUp,
    users: async (account) => (await account.bastionhostUsers()) as unknown as StoredUser[],
    callOutside: ({ admin }, { userId }, action, params = {}) => {
      const names = action.endsWith("Users") ? { UserIds: JSON.stringify([userId]) } : { UserId: userId };
      return admin.bastionhost(action, { ...names, ...params });
    },
    createOutside: ({ admin }, name) =>
      admin.bastionhost("CreateUser", {
        UserName: name,
        Source: "Local",
        Password: "Theirs-1!",
        DisplayName: "Other",
        ...(isGlobalSms ? { Mobile: "13900000000" } : {}),
      }),
    locked: { locked: true },
  };
}
