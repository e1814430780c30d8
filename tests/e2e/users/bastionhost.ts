import { bastionHost } from "../../support/account";
import { without } from "../../support/without";
import { digest } from "./digest";
import type { SampleUsers } from "./sampleUsers";

const identity = { instanceId: bastionHost, source: "Local" };
const declared = {
  ...identity,
  userName: "bob",
  displayName: "Bob",
  comment: "Contractor",
  email: "bob@example.com",
  mobile: "13500000000",
  mobileCountryCode: "SG",
  password: "Correct-Horse-7",
  needResetPassword: true,
  effectiveStartTime: "2026-01-01",
  effectiveEndTime: "2027-12-31T23:59:59Z",
  twoFactorStatus: "Enable",
  twoFactorMethods: ["totp"],
  languageStatus: "Custom",
  language: "en",
  locked: true,
};
const changed = {
  ...identity,
  userName: "bob",
  displayName: "Bob Sawyer",
  comment: "Employee",
  email: "sawyer@example.com",
  mobile: "13500000001",
  mobileCountryCode: "HK",
  password: "Battery-Staple-8",
  needResetPassword: false,
  effectiveStartTime: 1790000000,
  effectiveEndTime: 1890000000,
  twoFactorStatus: "Disable",
  twoFactorMethods: ["sms"],
  languageStatus: "Global",
  language: "zh-cn",
  locked: false,
};

export const bastionhostUsers: SampleUsers = {
  kind: "BastionhostUser",
  list: (account) => account.bastionhostUsers(),
  nameField: "userName",
  idOf: (userId) => `${bastionHost}:${userId}`,
  first: {
    resource: "bob",
    declared,
    changed,
    created: {
      ...without(declared, "instanceId", "password", "locked"),
      effectiveStartTime: Date.parse("2026-01-01") / 1000,
      effectiveEndTime: Date.parse("2027-12-31T23:59:59Z") / 1000,
      userState: ["Frozen"],
      passwordDigest: digest(declared.password),
    },
    updated: {
      ...without(changed, "instanceId", "password", "locked"),
      userState: ["Normal"],
      passwordDigest: digest(changed.password),
    },
    writes: (userId) => [
      [
        "ModifyUser",
        {
          UserId: userId,
          DisplayName: "Bob Sawyer",
          Comment: "Employee",
          Email: "sawyer@example.com",
          Mobile: "13500000001",
          MobileCountryCode: "HK",
          Password: "***",
          NeedResetPassword: "false",
          EffectiveStartTime: "1790000000",
          EffectiveEndTime: "1890000000",
          TwoFactorStatus: "Disable",
          TwoFactorMethods: '["sms"]',
          LanguageStatus: "Global",
          Language: "zh-cn",
        },
      ],
      ["UnlockUsers", { UserIds: `["${userId}"]` }],
    ],
    async changeOutside({ admin }, userId) {
      await admin.bastionhost("ModifyUser", {
        UserId: userId,
        DisplayName: "Bobby",
        Mobile: "13599999999",
        EffectiveEndTime: 1900000000,
        TwoFactorStatus: "Enable",
        TwoFactorMethods: '["totp"]',
      });
      await admin.bastionhost("LockUsers", { UserIds: JSON.stringify([userId]) });
    },
    drift: [
      'drift: displayName: "Bobby" => "Bob Sawyer"',
      'drift: mobile: "13599999999" => "13500000001"',
      "drift: effectiveEndTime: 1900000000 => 1890000000",
      'drift: twoFactorStatus: "Enable" => "Disable"',
      'drift: twoFactorMethods: ["totp"] => ["sms"]',
      "drift: locked: true => false",
    ],
    restored: { displayName: "Bob Sawyer", twoFactorStatus: "Disable", userState: ["Normal"] },
    reduced: changed,
    left: { displayName: "Bob Sawyer", comment: "Employee" },
    cleared: [],
  },
  second: {
    resource: "bea",
    declared: { ...identity, userName: "bea", displayName: "Bea", password: "Correct-Horse-9" },
    created: { displayName: "Bea", userState: ["Normal"] },
    setOthers: ({ admin }, userId) =>
      admin.bastionhost("ModifyUser", {
        UserId: userId,
        Comment: "theirs",
        Email: "theirs@example.com",
        Mobile: "13511111111",
      }),
    kept: { comment: "theirs", email: "theirs@example.com", mobile: "13511111111" },
    deleteOutside: ({ admin }, userId) => admin.bastionhost("DeleteUser", { UserId: userId }),
  },
};
