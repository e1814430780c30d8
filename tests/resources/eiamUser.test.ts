import { decodeAll } from "../../provider/core/decode";
import type { Resource } from "../../provider/core/resource";
import type { Values, Wire } from "../../provider/core/wire";
import { eiamUser } from "../../provider/resources/eiam/eiamUser";
import { instanceIds, units, useAccount } from "../api/account";
import { creation, failures, updates } from "./planned";
import { programFor } from "./program";

const names = { InstanceId: "idaas_1", UserId: "user_1" };
const base = { instanceId: "idaas_1", username: "carol" };
const unit = (id: string) => ({ OrganizationalUnitId: id, Primary: id === "ou_a" });
const live: Wire = {
  ...names,
  Username: "carol",
  Status: "enabled",
  PrimaryOrganizationalUnitId: "ou_a",
  OrganizationalUnits: [unit("ou_a")],
  PhoneNumberVerified: false,
  EmailVerified: false,
  CustomFields: [],
};
const phone = { phoneRegion: "86", phoneNumber: "15600000000", phoneNumberVerified: true };
const phoneOnWire = { PhoneRegion: "86", PhoneNumber: "15600000000", PhoneNumberVerified: true };

/** What is planned where the program and the account agree but for these. */
const changes = (declared: Values, { previous = {}, user = {} }: { previous?: Values; user?: Wire } = {}) =>
  updates(eiamUser, {
    user: { ...live, ...user },
    desired: { ...base, ...declared },
    previous: { ...base, ...previous },
  });

const call = (action: string, params: Wire = {}) => ({ action, params: { ...names, ...params } });

describe("an EIAM user is planned", () => {
  test("to be created in the root unit, with a token that makes the call repeatable", () => {
    expect(creation(eiamUser, base, names, { PrimaryOrganizationalUnitId: "ou_root" })).toEqual([
      {
        action: "CreateUser",
        params: {
          InstanceId: "idaas_1",
          Username: "carol",
          ClientToken: "token",
          PrimaryOrganizationalUnitId: "ou_root",
        },
      },
    ]);
  });

  test("to be created in its own unit, for which the instance is not asked", () => {
    const { defaults } = eiamUser.create;
    expect(defaults?.call(base)).toEqual({
      action: "GetRootOrganizationalUnit",
      params: { InstanceId: "idaas_1" },
    });
    expect(defaults?.call({ ...base, primaryOrganizationalUnitId: "ou_b" })).toBeUndefined();
    expect(defaults?.from({ OrganizationalUnit: { OrganizationalUnitId: "ou_root" } })).toEqual({
      PrimaryOrganizationalUnitId: "ou_root",
    });
  });

  test("to be created with everything that the create call takes, in the page's spelling", () => {
    const desired = {
      ...base,
      ...phone,
      displayName: "Carol",
      description: "hello",
      password: "Abcdef1234",
      email: "carol@example.com",
      emailVerified: false,
      userExternalId: "hr-1",
      primaryOrganizationalUnitId: "ou_a",
      organizationalUnitIds: ["ou_b"],
      customFields: { age: "10" },
      passwordInitializationConfig: {
        passwordInitializationPolicyPriority: "custom",
        passwordInitializationType: "random",
        passwordForcedUpdateStatus: "enabled",
        userNotificationChannels: ["email", "sms"],
      },
    };
    expect(creation(eiamUser, desired, names)).toEqual([
      {
        action: "CreateUser",
        params: {
          InstanceId: "idaas_1",
          Username: "carol",
          ClientToken: "token",
          DisplayName: "Carol",
          Description: "hello",
          Password: "Abcdef1234",
          ...phoneOnWire,
          Email: "carol@example.com",
          EmailVerified: false,
          UserExternalId: "hr-1",
          PrimaryOrganizationalUnitId: "ou_a",
          OrganizationalUnitIds: ["ou_b"],
          CustomFields: [{ FieldName: "age", FieldValue: "10" }],
          PasswordInitializationConfig: {
            PasswordInitializationPolicyPriority: "custom",
            PasswordInitializationType: "random",
            PasswordForcedUpdateStatus: "enabled",
            UserNotificationChannels: ["email", "sms"],
          },
        },
      },
    ]);
  });

  test("to be disabled after its creation, and left alone where it is to be enabled", () => {
    expect(creation(eiamUser, { ...base, status: "disabled" }, names).slice(1)).toEqual([
      call("DisableUser"),
    ]);
    expect(creation(eiamUser, { ...base, status: "enabled", locked: false }, names).slice(1)).toEqual([]);
  });

  test("to be renamed in place", () => {
    expect(changes({ username: "carol2" })).toEqual([call("UpdateUser", { Username: "carol2" })]);
  });

  test.each([
    ["phoneNumber", { phoneNumber: "15700000000" }, { PhoneNumber: "15700000000" }],
    ["phoneRegion", { phoneRegion: "852" }, { PhoneRegion: "852" }],
    ["phoneNumberVerified", { phoneNumberVerified: false }, { PhoneNumberVerified: false }],
  ])("to get the whole phone when only %s changes", (_name, declared, params) => {
    expect(changes({ ...phone, ...declared }, { previous: phone, user: phoneOnWire })).toEqual([
      call("UpdateUser", { ...phoneOnWire, ...params }),
    ]);
  });

  test("to get the email with its flag when only the flag changes, and the phone is left out", () => {
    const declared = { ...phone, email: "carol@example.com", emailVerified: true };
    const user = { ...phoneOnWire, Email: "carol@example.com", EmailVerified: false };
    expect(changes(declared, { user })).toEqual([
      call("UpdateUser", { Email: "carol@example.com", EmailVerified: true }),
    ]);
  });

  test("to get, change and lose custom fields by operation, while those of others stay", () => {
    const user = {
      CustomFields: [
        { FieldName: "changed", FieldValue: "old" },
        { FieldName: "dropped", FieldValue: "x" },
        { FieldName: "kept", FieldValue: "same" },
        { FieldName: "of_others", FieldValue: "y" },
      ],
    };
    const previous = { customFields: { changed: "old", dropped: "x", kept: "same" } };
    expect(
      changes({ customFields: { changed: "new", kept: "same", added: "1" } }, { previous, user }),
    ).toEqual([
      call("UpdateUser", {
        CustomFields: [
          { FieldName: "added", FieldValue: "1", Operation: "replace" },
          { FieldName: "changed", FieldValue: "new", Operation: "replace" },
          { FieldName: "dropped", Operation: "remove" },
        ],
      }),
    ]);
  });

  test("to lose every declared custom field, and no other, when the program drops them all", () => {
    const user = {
      CustomFields: [
        { FieldName: "age", FieldValue: "10" },
        { FieldName: "of_others", FieldValue: "y" },
      ],
    };
    expect(changes({}, { previous: { customFields: { age: "10" } }, user })).toEqual([
      call("UpdateUser", { CustomFields: [{ FieldName: "age", Operation: "remove" }] }),
    ]);
  });

  test("with custom fields in one order, whatever order the engine hands them over in", () => {
    const fields = (customFields: Values) => creation(eiamUser, { ...base, customFields }, names);
    expect(fields({ b: "2", a: "1" })).toEqual(fields({ a: "1", b: "2" }));
  });

  test.each(["constructor", "toString", "valueOf", "hasOwnProperty"])(
    "to get and lose a custom field named %s as any other",
    (name) => {
      const declared = { [name]: "1" };
      const live = { CustomFields: [{ FieldName: name, FieldValue: "1" }] };
      const update = (field: Wire) => [call("UpdateUser", { CustomFields: [{ FieldName: name, ...field }] })];
      expect(changes({ customFields: declared })).toEqual(update({ FieldValue: "1", Operation: "replace" }));
      expect(
        changes({ customFields: declared }, { previous: { customFields: declared }, user: live }),
      ).toEqual([]);
      expect(changes({ customFields: {} }, { previous: { customFields: declared }, user: live })).toEqual(
        update({ Operation: "remove" }),
      );
      expect(changes({ customFields: {} }, { previous: { customFields: declared } })).toEqual([]);
      expect(decodeAll(eiamUser as unknown as Resource, live).customFields).toEqual(declared);
    },
  );

  test("to stay as it is when the program drops a custom field that is gone already", () => {
    expect(changes({ customFields: {} }, { previous: { customFields: { age: "10" } } })).toEqual([]);
  });

  test("to get its description by the operation that is made for it, and to lose it there", () => {
    expect(changes({ description: "hello" })).toEqual([
      call("UpdateUserDescription", { Description: "hello" }),
    ]);
    const told = { previous: { description: "hello" }, user: { Description: "hello" } };
    expect(changes({}, told)).toEqual([call("UpdateUserDescription", { Description: "" })]);
    expect(changes({ description: "" }, told)).toEqual([call("UpdateUserDescription", { Description: "" })]);
  });

  test("to be enabled again when the program drops its status", () => {
    expect(changes({}, { previous: { status: "disabled" }, user: { Status: "disabled" } })).toEqual([
      call("EnableUser"),
    ]);
  });

  test("to be unlocked while the lock lasts, and not after", () => {
    expect(changes({ locked: false }, { user: { LockExpireTime: Date.now() + 60_000 } })).toEqual([
      call("UnlockUser"),
    ]);
    expect(changes({ locked: false }, { user: { LockExpireTime: Date.now() - 60_000 } })).toEqual([]);
  });

  test("to be changed in an order that each step allows: profile, password, units, status", () => {
    const declared = {
      displayName: "Carol",
      description: "hello",
      password: "Abcdef1234",
      status: "disabled",
      organizationalUnitIds: ["ou_c"],
      primaryOrganizationalUnitId: "ou_b",
      locked: false,
    };
    const user = { LockExpireTime: Date.now() + 60_000 };
    expect(changes(declared, { user }).map(({ action }) => action)).toEqual([
      "UpdateUser",
      "UpdateUserDescription",
      "UpdateUserPassword",
      "SetUserPrimaryOrganizationalUnit",
      "AddUserToOrganizationalUnits",
      "DisableUser",
      "UnlockUser",
    ]);
  });
});

describe("an EIAM user's password is planned", () => {
  test("to be written with how it is to be handed over", () => {
    const declared = {
      password: "Abcdef5678",
      passwordForcedUpdateStatus: "enabled",
      userNotificationChannels: ["email", "sms"],
    };
    const previous = { ...declared, password: "Abcdef1234" };
    expect(changes(declared, { previous })).toEqual([
      call("UpdateUserPassword", {
        Password: "Abcdef5678",
        PasswordForcedUpdateStatus: "enabled",
        UserNotificationChannels: ["email", "sms"],
      }),
    ]);
  });

  test("not to be written again for a change of how the next one is to be handed over", () => {
    const previous = { password: "Abcdef1234", passwordForcedUpdateStatus: "disabled" };
    expect(changes({ ...previous, passwordForcedUpdateStatus: "enabled" }, { previous })).toEqual([]);
    expect(changes({ password: "Abcdef1234" }, { previous })).toEqual([]);
  });
});

describe("an EIAM user's units are planned", () => {
  const inUnits = (...ids: string[]) => ({ OrganizationalUnits: ids.map(unit) });
  const add = (...ids: string[]) => call("AddUserToOrganizationalUnits", { OrganizationalUnitIds: ids });
  const leave = (...ids: string[]) =>
    call("RemoveUserFromOrganizationalUnits", { OrganizationalUnitIds: ids });
  const primary = (id: string) => call("SetUserPrimaryOrganizationalUnit", { OrganizationalUnitId: id });

  test("to be joined before others are left, and the primary one is never among them", () => {
    expect(changes({ organizationalUnitIds: ["ou_c"] }, { user: inUnits("ou_a", "ou_b") })).toEqual([
      add("ou_c"),
      leave("ou_b"),
    ]);
  });

  test("to stay as they are in whatever order the account lists them", () => {
    const { inputs } = {
      inputs: eiamUser.attributes.organizationalUnitIds.schema.parse(["ou_c", "ou_b", "ou_c"]),
    };
    expect(changes({ organizationalUnitIds: inputs }, { user: inUnits("ou_c", "ou_a", "ou_b") })).toEqual([]);
  });

  test("to change the primary one first", () => {
    const declared = { primaryOrganizationalUnitId: "ou_b", organizationalUnitIds: ["ou_c"] };
    expect(changes(declared, { user: inUnits("ou_a") })).toEqual([primary("ou_b"), add("ou_c")]);
  });

  test("to take the user back into the old primary unit where the program wants it there", () => {
    const declared = { primaryOrganizationalUnitId: "ou_b", organizationalUnitIds: ["ou_a"] };
    expect(changes(declared, { user: inUnits("ou_a", "ou_b") })).toEqual([primary("ou_b"), add("ou_a")]);
  });

  test("to leave all others when the program drops them, and none that was primary until now", () => {
    const previous = { primaryOrganizationalUnitId: "ou_a", organizationalUnitIds: ["ou_b", "ou_c"] };
    const user = inUnits("ou_a", "ou_b", "ou_c");
    expect(changes({ primaryOrganizationalUnitId: "ou_b" }, { previous, user })).toEqual([
      primary("ou_b"),
      leave("ou_c"),
    ]);
  });

  test("to be joined a hundred at a time", () => {
    const many = Array.from({ length: 201 }, (_, index) => `ou_${1000 + index}`);
    const calls = changes({ organizationalUnitIds: many });
    expect(calls.map(({ params }) => (params.OrganizationalUnitIds as string[]).length)).toEqual([
      100, 100, 1,
    ]);
    expect(calls.flatMap(({ params }) => params.OrganizationalUnitIds)).toEqual(many);
  });
});

describe("an EIAM user is refused", () => {
  const phoneTogether = "EIAM takes phoneNumber, phoneRegion, phoneNumberVerified together.";

  test.each<[string, Values, string]>([
    [
      "with a phone without its region",
      { phoneNumber: "15600000000", phoneNumberVerified: true },
      `phoneRegion: "phoneRegion" is required, because "phoneNumber" is set. ${phoneTogether}`,
    ],
    [
      "with a phone without its flag",
      { phoneNumber: "15600000000", phoneRegion: "86" },
      `phoneNumberVerified: "phoneNumberVerified" is required, because "phoneNumber" is set. ${phoneTogether}`,
    ],
    [
      "with a region without its phone",
      { phoneRegion: "86" },
      `phoneNumber: "phoneNumber" is required, because "phoneRegion" is set. ${phoneTogether}`,
    ],
    [
      "with an email without its flag",
      { email: "carol@example.com" },
      'emailVerified: "emailVerified" is required, because "email" is set. EIAM takes email, emailVerified together.',
    ],
    [
      "with a plus sign before the region",
      { ...phone, phoneRegion: "+86" },
      'phoneRegion: "phoneRegion" must be 1 to 6 digits without "+" or "00", for example "86".',
    ],
    [
      "with two zeros before the region",
      { ...phone, phoneRegion: "0086" },
      'phoneRegion: "phoneRegion" must be 1 to 6 digits without "+" or "00", for example "86".',
    ],
    [
      "with spaces in the phone",
      { ...phone, phoneNumber: "156 0000 0000" },
      'phoneNumber: "phoneNumber" must be 6 to 15 digits.',
    ],
    [
      "with a space in its name",
      { username: "carol jones" },
      'username: "username" may hold letters, digits, _ . @ and - only.',
    ],
    [
      "with an empty display name, whose effect no page tells",
      { displayName: "" },
      'displayName: "displayName" must not be empty.',
    ],
    [
      "with an empty custom field",
      { customFields: { age: "" } },
      'customFields: "customFields.age" must not be empty.',
    ],
    [
      "with a truth value for a custom field, whose values are all texts",
      { customFields: { age: true } },
      'customFields: "customFields.age" must be a string.',
    ],
    [
      "with its primary unit among the others",
      { primaryOrganizationalUnitId: "ou_a", organizationalUnitIds: ["ou_b", "ou_a"] },
      'organizationalUnitIds: "organizationalUnitIds" names the primary unit too. ' +
        "Leave it out there; the user belongs to it already.",
    ],
    [
      "with a lock, which only EIAM sets",
      { locked: true },
      'locked: "locked" can only be false: EIAM locks users by itself. To lock one out, set status: "disabled".',
    ],
    [
      "with a password initialization that does not say whose settings count",
      { passwordInitializationConfig: { passwordInitializationType: "random" } },
      "passwordInitializationConfig: " +
        '"passwordInitializationConfig.passwordInitializationPolicyPriority" is required, and the program does not set it.',
    ],
    [
      "with a misspelt setting of its password initialization",
      { passwordInitializationConfig: { passwordInitializationPolicyPriority: "custom", type: "random" } },
      'passwordInitializationConfig: "passwordInitializationConfig" has no "type".',
    ],
  ])("%s", (_what, declared, failure) => {
    expect(failures(eiamUser, { ...base, ...declared })).toEqual([failure]);
  });

  const config = { passwordInitializationPolicyPriority: "global" };
  test.each<[string, Values, Values]>([
    ["changed", { passwordInitializationConfig: { passwordInitializationPolicyPriority: "custom" } }, config],
    ["added", {}, config],
  ])(
    "with a password initialization that is %s when the user exists, and has no effect",
    (_what, first, next) => {
      const failure =
        'passwordInitializationConfig: "passwordInitializationConfig" can be set only when the user is created; ' +
        "the API cannot change it later. Keep the old value, replace the user on this change with the resource option " +
        'replaceOnChanges: ["passwordInitializationConfig"], or ignore the change with ' +
        'ignoreChanges: ["passwordInitializationConfig"].';
      const declared = { ...base, passwordInitializationConfig: next };
      expect(failures(eiamUser, declared, { previous: { ...base, ...first } })).toEqual([failure]);
    },
  );
});

describe("an EIAM user that names no primary unit", () => {
  const declared = { ...base, organizationalUnitIds: ["ou_b", "ou_root"] };
  const prefetched = { OrganizationalUnit: { OrganizationalUnitId: "ou_root" } };

  test("is refused where it names the root among the others, which would be drift for ever", () => {
    expect(failures(eiamUser, declared, { prefetched })).toEqual([
      'organizationalUnitIds: "organizationalUnitIds" names the root unit, which is the primary one. ' +
        "Leave it out, or set primaryOrganizationalUnitId to another unit.",
    ]);
    expect(failures(eiamUser, { ...declared, primaryOrganizationalUnitId: "ou_a" }, { prefetched })).toEqual(
      [],
    );
  });

  test("costs a question to the instance only where the answer can matter", () => {
    const ask = { action: "GetRootOrganizationalUnit", params: { InstanceId: "idaas_1" } };
    expect(eiamUser.prefetch?.(declared)).toEqual(ask);
    expect(eiamUser.prefetch?.(base)).toBeUndefined();
    expect(eiamUser.prefetch?.({ ...declared, primaryOrganizationalUnitId: "ou_a" })).toBeUndefined();
  });
});

test("an EIAM user is disabled at its end where the program says onDelete: lock", async () => {
  expect(eiamUser.lock?.(names)).toEqual(call("DisableUser"));
});

describe("an EIAM user in the account", () => {
  const account = useAccount();
  const carol = { instanceId: instanceIds.Eiam, username: "carol" };
  const users = () => programFor(eiamUser as unknown as Resource, () => account.connection());

  test("moves between units and back, each time by one up", async () => {
    const program = users();
    const { root, sales, support } = units;
    const steps: Values[] = [
      { primaryOrganizationalUnitId: sales, organizationalUnitIds: [support] },
      { primaryOrganizationalUnitId: support, organizationalUnitIds: [sales] },
      { primaryOrganizationalUnitId: root, organizationalUnitIds: [support, sales] },
      { primaryOrganizationalUnitId: sales, organizationalUnitIds: [] },
      { primaryOrganizationalUnitId: sales },
    ];
    for (const step of steps) {
      await program.up({ ...carol, ...step });
      expect(await program.preview({ ...carol, ...step })).toEqual([]);
    }
    expect(await account.users("Eiam")).toMatchObject([
      { primaryOrganizationalUnitId: sales, organizationalUnitIds: [sales] },
    ]);
  });
});

test("an EIAM user's display name may have 256 characters, and no more", () => {
  const named = (length: number) => failures(eiamUser, { ...base, displayName: "a".repeat(length) });
  expect(named(256)).toEqual([]);
  expect(named(257)).toEqual(['displayName: "displayName" must be at most 256 characters long.']);
});
