import type { Values, Wire } from "../../provider/core/wire";
import { bastionhostUser } from "../../provider/resources/bastionhost/bastionhostUser";
import { creation, failures, updates } from "./planned";

const names = { InstanceId: "bastionhost-cn-1", UserId: "7" };
const base = { instanceId: "bastionhost-cn-1", source: "Local", userName: "bob_ops", password: "Ab1!cdefg" };
const live: Wire = {
  ...names,
  UserName: "bob_ops",
  DisplayName: "bob_ops",
  Source: "Local",
  SourceUserId: "",
  Comment: "",
  Email: "",
  Mobile: "",
  MobileCountryCode: "CN",
  NeedResetPassword: false,
  UserState: ["Normal"],
  Language: "",
  TwoFactorStatus: "Global",
  TwoFactorMethods: [],
  LanguageStatus: "Global",
};

/** What is planned where the program and the account agree but for these. */
const changes = (declared: Values, { previous = {}, user = {} }: { previous?: Values; user?: Wire } = {}) =>
  updates(bastionhostUser, {
    user: { ...live, ...user },
    desired: { ...base, ...declared },
    previous: { ...base, ...previous },
  });

const modify = (params: Wire) => [{ action: "ModifyUser", params: { ...names, ...params } }];

describe("a Bastionhost user is planned", () => {
  test("to be created with lists as JSON text and times in seconds", () => {
    const desired = {
      ...base,
      twoFactorStatus: "Enable",
      twoFactorMethods: ["totp"],
      effectiveStartTime: 1_800_000_000,
      needResetPassword: true,
    };
    expect(creation(bastionhostUser, desired, names)).toEqual([
      {
        action: "CreateUser",
        params: {
          InstanceId: "bastionhost-cn-1",
          Source: "Local",
          UserName: "bob_ops",
          Password: "Ab1!cdefg",
          NeedResetPassword: true,
          EffectiveStartTime: 1_800_000_000,
          TwoFactorStatus: "Enable",
          TwoFactorMethods: '["totp"]',
        },
      },
    ]);
  });

  test("to be created from RAM by the id of the RAM user, without a password", () => {
    const desired = { instanceId: "i", source: "Ram", sourceUserId: "200000000000000001", userName: "bob" };
    const params = { InstanceId: "i", Source: "Ram", SourceUserId: "200000000000000001", UserName: "bob" };
    expect(creation(bastionhostUser, desired, names)).toEqual([{ action: "CreateUser", params }]);
  });

  test("to be locked after its creation, since the create call cannot", () => {
    const [, ...later] = creation(bastionhostUser, { ...base, locked: true }, names);
    expect(later).toEqual([
      { action: "LockUsers", params: { InstanceId: "bastionhost-cn-1", UserIds: '["7"]' } },
    ]);
  });

  test("to be left alone after its creation where it is to be unlocked", () => {
    expect(creation(bastionhostUser, { ...base, locked: false }, names)).toHaveLength(1);
  });

  test("to be unlocked with its id as JSON text", () => {
    const unlock = {
      action: "UnlockUsers",
      params: { InstanceId: "bastionhost-cn-1", UserIds: '["7"]' },
    };
    expect(changes({ locked: false }, { user: { UserState: ["Frozen"] } })).toEqual([unlock]);
    expect(changes({}, { previous: { locked: true }, user: { UserState: ["Frozen"] } })).toEqual([unlock]);
  });

  test.each(["Expired", "Inactive", "PasswordExpired", "RemoteDNChanged", "RemoteFrozen", "RemoteDeleted"])(
    "to stay as it is in the state %s, which no call sets",
    (state) => {
      expect(changes({ locked: false }, { user: { UserState: [state] } })).toEqual([]);
    },
  );

  test("to stay as it is where the answer wraps its lists into JSON once more", () => {
    const declared = { twoFactorStatus: "Enable", twoFactorMethods: ["totp"], locked: true };
    const user = {
      TwoFactorStatus: "Enable",
      TwoFactorMethods: ['[\n "totp"\n]'],
      UserState: ['["Frozen"]'],
    };
    expect(changes(declared, { user, previous: declared })).toEqual([]);
  });

  test("to be modified before it is locked", () => {
    expect(changes({ locked: true, comment: "on leave" }).map(({ action }) => action)).toEqual([
      "ModifyUser",
      "LockUsers",
    ]);
  });

  test("to get a new password alone", () => {
    expect(changes({ password: "Ab1!second" })).toEqual(modify({ Password: "Ab1!second" }));
  });

  test("to be told to reset with every new password, though the demand itself has not changed", () => {
    const declared = { password: "Ab1!second", needResetPassword: true };
    expect(changes(declared, { previous: { needResetPassword: true } })).toEqual(
      modify({ Password: "Ab1!second", NeedResetPassword: true }),
    );
  });

  test("to keep the password that it has chosen when it was told to", () => {
    const declared = { needResetPassword: true };
    expect(changes(declared, { previous: declared, user: { NeedResetPassword: false } })).toEqual([]);
  });

  test("to get status and method of two-factor authentication together", () => {
    const declared = { twoFactorStatus: "Enable", twoFactorMethods: ["totp"] };
    const both = modify({ TwoFactorStatus: "Enable", TwoFactorMethods: '["totp"]' });
    const sms = { TwoFactorStatus: "Enable", TwoFactorMethods: ["sms"] };
    expect(changes(declared, { user: sms })).toEqual(both);
    expect(
      changes(declared, { user: { ...sms, TwoFactorStatus: "Disable", TwoFactorMethods: ["totp"] } }),
    ).toEqual(both);
  });

  test("to go back to the instance's two-factor settings when the program drops its own", () => {
    const previous = { twoFactorStatus: "Enable", twoFactorMethods: ["totp"] };
    const user = { TwoFactorStatus: "Enable", TwoFactorMethods: ["totp"] };
    expect(changes({}, { previous, user })).toEqual(modify({ TwoFactorStatus: "Global" }));
  });

  test("to get language and its status together, and back to the instance's", () => {
    const declared = { languageStatus: "Custom", language: "en" };
    const user = { LanguageStatus: "Custom", Language: "zh-cn" };
    expect(changes(declared, { user })).toEqual(modify({ LanguageStatus: "Custom", Language: "en" }));
    expect(changes({}, { previous: declared, user })).toEqual(modify({ LanguageStatus: "Global" }));
  });

  test("to get the mobile number with its declared country", () => {
    const declared = { mobile: "13500000000", mobileCountryCode: "HK" };
    expect(changes(declared, { user: { MobileCountryCode: "HK" } })).toEqual(
      modify({ Mobile: "13500000000", MobileCountryCode: "HK" }),
    );
  });

  test.each([0, null, undefined])("to get a start of validity where the account says %p", (unset) => {
    const user = { EffectiveStartTime: unset };
    expect(changes({ effectiveStartTime: 1_800_000_000 }, { user })).toEqual(
      modify({ EffectiveStartTime: 1_800_000_000 }),
    );
  });
});

describe("a Bastionhost user is refused", () => {
  const ofRam = { instanceId: "i", source: "Ram", userName: "bob" };
  const empty =
    'must not be empty: Bastionhost reads an empty value as "leave it alone" and cannot clear it. ' +
    "Give it a value, or take it out before the first up.";

  test.each<[string, Values, string[]]>([
    [
      "with the page's mistranslation of totp",
      { ...base, twoFactorStatus: "Enable", twoFactorMethods: ["totp OTP"] },
      [
        'twoFactorMethods: "twoFactorMethods.0" must be one of "sms", "email", "dingtalk", "totp", "gmusbkey".',
      ],
    ],
    ...["Ad", "Ldap", "ram", "local"].map((source): [string, Values, string[]] => [
      `with the source spelled ${source}`,
      { ...base, source },
      ['source: "source" must be one of "Local", "Ram", "AD", "LDAP".'],
    ]),
    [
      "with a time in milliseconds",
      { ...base, effectiveEndTime: 1_800_000_000_000 },
      ['effectiveEndTime: "effectiveEndTime" looks like milliseconds; it counts in seconds.'],
    ],
    [
      "with a time in words",
      { ...base, effectiveEndTime: "next year" },
      [
        'effectiveEndTime: "effectiveEndTime" must be a Unix timestamp in seconds, ' +
          'or an ISO 8601 date such as "2027-01-31T00:00:00Z".',
      ],
    ],
    [
      "with a time that is 0 for the API, which reads it as not set",
      { ...base, effectiveStartTime: "1970-01-01" },
      [
        'effectiveStartTime: "effectiveStartTime" must be later than 1970-01-01T00:00:00Z; the API reads 0 seconds as not set.',
      ],
    ],
    ...[-1, 0, "1969-12-31T23:59:59Z", "0001-01-01", "1970-01-01T00:00:00.9Z"].map(
      (effectiveStartTime): [string, Values, string[]] => [
        `with the time ${effectiveStartTime}, which is not after 1970`,
        { ...base, effectiveStartTime },
        [
          'effectiveStartTime: "effectiveStartTime" must be later than 1970-01-01T00:00:00Z; the API reads 0 seconds as not set.',
        ],
      ],
    ),
    [
      "with a time in fractions of a second",
      { ...base, effectiveStartTime: 1_800_000_000.5 },
      [
        'effectiveStartTime: "effectiveStartTime" must be a Unix timestamp in seconds, ' +
          'or an ISO 8601 date such as "2027-01-31T00:00:00Z".',
      ],
    ],
    [
      "with a validity that ends before it starts",
      { ...base, effectiveStartTime: "2028-01-01", effectiveEndTime: "2027-01-01" },
      ['effectiveEndTime: "effectiveEndTime" must be later than effectiveStartTime.'],
    ],
    ...["displayName", "comment", "email", "mobile"].map((name): [string, Values, string[]] => [
      `with an empty ${name}, which Bastionhost would leave alone`,
      { ...base, [name]: "" },
      [`${name}: "${name}" ${empty}`],
    ]),
    [
      "with two-factor authentication enabled and no method",
      { ...base, twoFactorStatus: "Enable" },
      [
        'twoFactorMethods: "twoFactorMethods" is required when twoFactorStatus is "Enable". ' +
          'Name one method, for example ["totp"].',
      ],
    ],
    [
      "with two methods at once",
      { ...base, twoFactorMethods: ["totp", "sms"] },
      ['twoFactorMethods: "twoFactorMethods" must hold exactly one method, for example ["totp"].'],
    ],
    [
      "with the JSON text that the page wants in place of the list",
      { ...base, twoFactorMethods: '["sms"]' },
      ['twoFactorMethods: "twoFactorMethods" must be an array.'],
    ],
    ...[
      ["sms", "mobile"],
      ["dingtalk", "mobile"],
      ["email", "email"],
    ].map(([method, needed]): [string, Values, string[]] => [
      `with the method ${method} and no ${needed}`,
      { ...base, twoFactorStatus: "Enable", twoFactorMethods: [method] },
      [
        `${needed}: "${needed}" is required, because the user's two-factor method is "${method}". ` +
          `Set ${needed}, or choose another method.`,
      ],
    ]),
    [
      "with a language of its own that is not named",
      { ...base, languageStatus: "Custom" },
      ['language: "language" is required when languageStatus is "Custom". Set it to "zh-cn" or "en".'],
    ],
    [
      "as a Local one without a password",
      { ...base, password: undefined },
      [
        'password: "password" is required for a user of source Local. ' +
          "Set it, for example from a secret of the configuration.",
      ],
    ],
    [
      "as one of RAM with a password",
      { ...ofRam, sourceUserId: "1", password: "Ab1!cdefg" },
      [
        'password: "password" has no effect for a user of source Ram, ' +
          "who logs on with the password kept there. Remove it.",
      ],
    ],
    [
      "as one of RAM without its id there",
      ofRam,
      [
        'sourceUserId: "sourceUserId" is required for a user of source Ram. ' +
          "Set it to the id of the RAM user (userId of a RamUser).",
      ],
    ],
    [
      "of source Ram with a two-factor method of its own that does not reach it",
      { ...ofRam, sourceUserId: "1", twoFactorStatus: "Enable", twoFactorMethods: ["email"] },
      [
        'email: "email" is required, because the user\'s two-factor method is "email". ' +
          "Set email, or choose another method.",
      ],
    ],
    [
      "as one of LDAP without its distinguished name",
      { ...ofRam, source: "LDAP" },
      [
        'sourceUserId: "sourceUserId" is required for a user of source LDAP. ' +
          "Set it to the distinguished name of the user.",
      ],
    ],
    [
      "as a Local one with an id elsewhere",
      { ...base, sourceUserId: "1" },
      [
        'sourceUserId: "sourceUserId" is for users of source Ram, AD or LDAP. Remove it, or change the source.',
      ],
    ],
    [
      "with a weak password, which the failure does not repeat",
      { ...base, password: "alllowercase" },
      [
        'password: "password" must hold an upper-case letter, a lower-case letter, a digit and a special character.',
      ],
    ],
    [
      "with an instance id that would not fit into the user's id",
      { ...base, instanceId: "a:b" },
      ['instanceId: "instanceId" must be the id of a bastion host.'],
    ],
  ])("%s", (_what, declared, expected) => {
    expect(failures(bastionhostUser, declared)).toEqual(expected);
  });
});

describe("a Bastionhost user under the instance's two-factor settings", () => {
  const config = (...methods: string[]) => ({
    prefetched: { Config: { EnableTwoFactor: true, TwoFactorMethods: methods } },
  });

  test("is refused where the instance's one method cannot reach it", () => {
    expect(failures(bastionhostUser, base, config("sms"))).toEqual([
      'mobile: "mobile" is required, because the two-factor method of the bastion host, which holds for this user, ' +
        'is "sms". Set mobile, or choose another method.',
    ]);
    expect(failures(bastionhostUser, { ...base, mobile: "13500000000" }, config("sms"))).toEqual([]);
  });

  test("is accepted where the instance leaves it a choice", () => {
    expect(failures(bastionhostUser, base, config("sms", "totp"))).toEqual([]);
  });

  test("is accepted where the instance's authentication is off, or its own is", () => {
    const off = { prefetched: { Config: { EnableTwoFactor: false, TwoFactorMethods: ["sms"] } } };
    expect(failures(bastionhostUser, base, off)).toEqual([]);
    expect(failures(bastionhostUser, { ...base, twoFactorStatus: "Disable" }, config("sms"))).toEqual([]);
  });

  test("is not held to them when it is a user of RAM, who has the MFA of RAM", () => {
    const { password: _password, ...rest } = base;
    const ofRam = { ...rest, source: "Ram", sourceUserId: "200000000000000001" };
    expect(failures(bastionhostUser, ofRam, config("sms"))).toEqual([]);
    expect(bastionhostUser.prefetch?.(ofRam)).toBeUndefined();
    const ofDirectory = { ...ofRam, source: "LDAP", sourceUserId: "uid=bob" };
    expect(failures(bastionhostUser, ofDirectory, config("sms"))).toHaveLength(1);
  });

  test("costs a question to the instance only where the answer can matter", () => {
    const ask = { action: "GetInstanceTwoFactor", params: { InstanceId: "bastionhost-cn-1" } };
    expect(bastionhostUser.prefetch?.(base)).toEqual(ask);
    expect(bastionhostUser.prefetch?.({ ...base, twoFactorStatus: "Global", mobile: "1" })).toEqual(ask);
    expect(bastionhostUser.prefetch?.({ ...base, twoFactorStatus: "Disable" })).toBeUndefined();
    expect(bastionhostUser.prefetch?.({ ...base, mobile: "1", email: "b@example.com" })).toBeUndefined();
  });
});

test.each(["2027-01-31", "2027-01-31T00:00:00Z", "2027-01-31T08:00:00+08:00", 1_801_353_600])(
  "a validity from %p is the same moment",
  (effectiveStartTime) => {
    const declared = { ...base, effectiveStartTime };
    expect(failures(bastionhostUser, declared)).toEqual([]);
    const schema = bastionhostUser.attributes.effectiveStartTime.schema;
    expect(schema.parse(effectiveStartTime)).toBe(1_801_353_600);
  },
);

test.each<[unknown, number]>([
  ["9999-12-31", 253_402_214_400],
  ["9999-12-31T23:59:59Z", 253_402_300_799],
  [253_402_300_799, 253_402_300_799],
  [1, 1],
])("a validity until %p is a legal one", (effectiveEndTime, seconds) => {
  expect(failures(bastionhostUser, { ...base, effectiveEndTime })).toEqual([]);
  expect(bastionhostUser.attributes.effectiveEndTime.schema.parse(effectiveEndTime)).toBe(seconds);
});

test("a Bastionhost user's name of 128 characters is accepted, whatever they take in memory", () => {
  const named = (length: number) => ({ ...base, displayName: "\u{1f600}".repeat(length) });
  expect(failures(bastionhostUser, named(128))).toEqual([]);
  expect(failures(bastionhostUser, named(129))).toEqual([
    'displayName: "displayName" must be at most 128 characters long.',
  ]);
});

test("a Bastionhost user is not held to a two-factor method that no page knows", () => {
  for (const method of ["constructor", "toString", "__proto__", { toString: null }, 7])
    expect(
      failures(bastionhostUser, base, {
        prefetched: { Config: { EnableTwoFactor: true, TwoFactorMethods: [method] } },
      }),
    ).toEqual([]);
});

test("a Bastionhost user is locked at its end where the program says so", () => {
  expect(bastionhostUser.lock?.(names)).toEqual({
    action: "LockUsers",
    params: { InstanceId: "bastionhost-cn-1", UserIds: '["7"]' },
  });
});

test("a rename that replaces nobody frees no value that the API cannot clear; one of a Local user does", () => {
  const { password: _password, ...rest } = base;
  const ofRam = { ...rest, source: "Ram", sourceUserId: "200000000000000001" };
  const previous = { ...ofRam, comment: "here" };
  const renamed = { userName: "bob_new" };
  expect(failures(bastionhostUser, { ...ofRam, ...renamed }, { previous })).toEqual([
    expect.stringContaining("the API cannot clear it"),
  ]);
  const local = { previous: { ...base, comment: "here" } };
  expect(failures(bastionhostUser, { ...base, ...renamed }, local)).toEqual([]);
});
