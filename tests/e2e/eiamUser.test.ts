import { createHash } from "node:crypto";
import type { EiamUser } from "../../emulator";
import type { Stack } from "../../scripts/stack";
import type { Account } from "./account";
import { idaas, openAccount } from "./account";
import { failed, messages, reportOf, succeeded, tally } from "./outcome";
import { programOf } from "./program";
import { story } from "./story";
import { without } from "./without";

const [root, sales, support] = ["ou_root_demo0001", "ou_sales_demo0001", "ou_support_demo0001"];
const carol = {
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
const dan = { instanceId: idaas, username: "dan", displayName: "Dan", customFields: { nick_name: "D" } };
const daniel = { ...dan, displayName: "Dan D." };
const digest = (text: string) => createHash("sha256").update(text).digest("hex");

story("an EIAM user in a stack", (step, face) => {
  let account: Account;
  let stack: Stack;
  let userId: string;
  const declare = (first: object, second: object) =>
    stack.writeProgram(programOf(["EiamUser", "carol", { ...first }], ["EiamUser", "dan", { ...second }]));
  const live = async (name: string) =>
    (await account.eiamUsers()).find(({ username }) => username === name) as EiamUser;

  beforeAll(async () => {
    account = await openAccount();
    stack = await face.createStack({ env: account.env });
    await declare(carol, dan);
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  step("is created as declared, in the root unit where no other is declared", async () => {
    expect(tally(succeeded(await stack.up()))).toEqual(["+ 3 created"]);
    const plain = without(carol, "instanceId", "password", "organizationalUnitIds");
    expect(await live("carol")).toMatchObject({ ...plain, passwordDigest: digest(carol.password) });
    expect((await live("carol")).organizationalUnitIds.sort()).toEqual([root, sales]);
    expect(await live("dan")).toMatchObject({ primaryOrganizationalUnitId: root, status: "enabled" });
    ({ userId } = await live("carol"));
    const { deployment } = await stack.state();
    expect(deployment.resources!.map(({ id }) => id)).toContain(`${idaas}:${userId}`);
  });

  step("is not written again by an up that changes nothing", async () => {
    await account.emulator.control.forgetCalls();
    expect(tally(succeeded(await stack.up()))).toEqual(["3 unchanged"]);
    expect(await account.writes()).toEqual([]);
  });

  step("changes every attribute in place, each by the operation that EIAM has for it", async () => {
    await declare(changed, dan);
    expect(tally(succeeded(await stack.up()))).toEqual(["~ 1 updated", "2 unchanged"]);
    const user = { UserId: userId };
    expect(await account.writes()).toEqual([
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
    ]);
    expect(await live("carol.d")).toMatchObject({
      userId,
      displayName: "Carol Danvers",
      description: "Flight",
      passwordDigest: digest(changed.password),
      phoneRegion: "1",
      phoneNumberVerified: false,
      email: "danvers@example.com",
      emailVerified: false,
      primaryOrganizationalUnitId: support,
      customFields: { nick_name: "Cap" },
      status: "enabled",
    });
    expect((await live("carol.d")).organizationalUnitIds.sort()).toEqual([sales, support]);
  });

  const drift = [
    'drift: username: "eve" => "carol.d"',
    'drift: description: "Spy" => "Flight"',
    "drift: emailVerified: true => false",
    `drift: organizationalUnitIds: ["${root}","${sales}"] => ["${sales}"]`,
    'drift: customFields.nick_name: "Evie" => "Cap"',
    'drift: status: "disabled" => "enabled"',
  ];

  step("shows in a plain preview what was changed outside, a custom field by its name", async () => {
    const user = { UserId: userId };
    await account.admin.eiam("UpdateUser", {
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
    await account.admin.eiam("UpdateUserDescription", { ...user, Description: "Spy" });
    await account.admin.eiam("AddUserToOrganizationalUnits", { ...user, "OrganizationalUnitIds.1": root });
    await account.admin.eiam("DisableUser", user);
    const preview = succeeded(await stack.preview());
    expect(messages(preview, "EiamUser", "carol")).toEqual(drift);
    expect(tally(preview)).toEqual(["~ 1 to update", "2 unchanged"]);
  });

  step("gives its URN to drift in JSON, and fails a preview that expects no changes", async () => {
    const preview = failed(await stack.preview(["--json", "--expect-no-changes"]));
    expect(preview.stderr).toContain("no changes were expected");
    const { diagnostics } = reportOf(preview);
    const urn = expect.stringMatching(/EiamUser::carol$/);
    expect(diagnostics).toMatchObject(drift.map((line) => ({ urn, message: `warning: ${line}\n` })));
  });

  step("is put right by up after a refresh, and keeps the custom field that others set", async () => {
    succeeded(await stack.refresh());
    expect(messages(succeeded(await stack.up()), "EiamUser", "carol")).toEqual(drift);
    const restored = { userId, username: "carol.d", description: "Flight", status: "enabled" };
    const customFields = { nick_name: "Cap", age: "31" };
    expect(await live("carol.d")).toMatchObject({ ...restored, emailVerified: false, customFields });
    expect((await live("carol.d")).organizationalUnitIds.sort()).toEqual([sales, support]);
    succeeded(await stack.preview(["--expect-no-changes"]));
  });

  step("keeps an email in the program that EIAM could not clear in the account", async () => {
    await account.emulator.control.forgetCalls();
    await declare(without(changed, "email", "emailVerified"), dan);
    const { stdout } = failed(await stack.up());
    expect(stdout).toMatch(/"email" was removed, but the API cannot clear it\./i);
    expect(stdout).toContain('ignoreChanges: ["email"]');
    expect(await account.writes()).toEqual([]);
  });

  step("loses description, units and custom fields that the program lets go, and no others", async () => {
    await declare(without(changed, "description", "organizationalUnitIds", "customFields"), dan);
    succeeded(await stack.up());
    const { description, organizationalUnitIds, customFields } = await live("carol.d");
    expect([undefined, ""]).toContain(description);
    expect(organizationalUnitIds).toEqual([support]);
    expect(customFields).toEqual({ age: "31" });
    await declare(changed, dan);
    succeeded(await stack.up());
    expect(await live("carol.d")).toMatchObject({ userId, description: "Flight" });
  });

  step("keeps what others set on it and the program does not declare", async () => {
    const { userId } = await live("dan");
    const theirs = { Email: "theirs@example.com", EmailVerified: true };
    await account.admin.eiam("UpdateUser", { UserId: userId, ...theirs });
    await account.admin.eiam("DisableUser", { UserId: userId });
    succeeded(await stack.preview(["--expect-no-changes"]));
    await declare(changed, daniel);
    succeeded(await stack.up());
    const kept = { email: "theirs@example.com", emailVerified: true, status: "disabled" };
    expect(await live("dan")).toMatchObject({ userId, displayName: "Dan D.", ...kept });
  });

  step("is replaced under another external id, the old user deleted first", async () => {
    await account.emulator.control.forgetCalls();
    await declare({ ...changed, userExternalId: "hr-4711" }, daniel);
    const preview = succeeded(await stack.preview());
    const line = `change: userExternalId: "${userId}" => "hr-4711"`;
    expect(messages(preview, "EiamUser", "carol")).toEqual([line]);
    expect(tally(preview)).toEqual(["+-1 to replace", "2 unchanged"]);
    succeeded(await stack.up());
    const writes = await account.writes();
    expect(writes.map(([action]) => action)).toEqual(["DeleteUser", "CreateUser"]);
    expect(writes[0]![1]).toEqual({ UserId: userId });
    expect(await live("carol.d")).toMatchObject({ userExternalId: "hr-4711", displayName: "Carol Danvers" });
  });

  step("is gone once it was deleted outside, and made anew by up", async () => {
    const { userId } = await live("dan");
    await account.admin.eiam("DeleteUser", { UserId: userId });
    const preview = succeeded(await stack.preview());
    const gone = new RegExp(`^drift: gone: .*${idaas}:${userId}\\b.*; it will be recreated$`);
    expect(messages(preview, "EiamUser", "dan")).toEqual([expect.stringMatching(gone)]);
    succeeded(await stack.up());
    expect(await live("dan")).toMatchObject({ displayName: "Dan D." });
    expect((await live("dan")).userId).not.toBe(userId);
  });

  step(
    "is disabled or left alone by a destroy where onDelete says so, and can be adopted again",
    async () => {
      const first = { ...changed, userExternalId: "hr-4711" };
      const before = (await account.eiamUsers()).map(({ userId, status }) => ({ userId, status }));
      await declare({ ...first, onDelete: "lock" }, { ...daniel, onDelete: "retain" });
      succeeded(await stack.up());
      succeeded(await stack.destroy());
      expect(await live("carol.d")).toMatchObject({ status: "disabled" });
      expect(await live("dan")).toMatchObject({ status: "enabled" });
      await declare({ ...first, adopt: true }, { ...daniel, adopt: true });
      succeeded(await stack.up());
      expect(await account.eiamUsers()).toMatchObject(before);
    },
  );

  step("is gone from the account after a destroy", async () => {
    succeeded(await stack.destroy());
    expect(await account.eiamUsers()).toEqual([]);
    expect((await stack.state()).deployment.resources ?? []).toEqual([]);
  });
});
