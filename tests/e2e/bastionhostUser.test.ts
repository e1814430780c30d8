import { createHash } from "node:crypto";
import type { BastionhostUser } from "../../emulator";
import type { Stack } from "../../scripts/stack";
import type { Account } from "./account";
import { bastionHost, openAccount } from "./account";
import { failed, messages, reportOf, succeeded, tally } from "./outcome";
import { programOf } from "./program";
import { story } from "./story";
import { without } from "./without";

const identity = { instanceId: bastionHost, source: "Local" };
const bob = {
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
const bea = { ...identity, userName: "bea", displayName: "Bea", password: "Correct-Horse-9" };
const digest = (text: string) => createHash("sha256").update(text).digest("hex");

story("a Bastionhost user in a stack", (step, face) => {
  let account: Account;
  let stack: Stack;
  let userId: string;
  const declare = (first: object, second: object) =>
    stack.writeProgram(
      programOf(["BastionhostUser", "bob", { ...first }], ["BastionhostUser", "bea", { ...second }]),
    );
  const live = async (name: string) =>
    (await account.bastionhostUsers()).find(({ userName }) => userName === name) as BastionhostUser;

  beforeAll(async () => {
    account = await openAccount();
    stack = await face.createStack({ env: account.env });
    await declare(bob, bea);
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  step("is created as declared, and locked where that is declared", async () => {
    expect(tally(succeeded(await stack.up()))).toEqual(["+ 3 created"]);
    expect(await live("bob")).toMatchObject({
      ...without(bob, "instanceId", "password", "locked"),
      effectiveStartTime: Date.parse("2026-01-01") / 1000,
      effectiveEndTime: Date.parse("2027-12-31T23:59:59Z") / 1000,
      userState: ["Frozen"],
      passwordDigest: digest(bob.password),
    });
    expect(await live("bea")).toMatchObject({ displayName: "Bea", userState: ["Normal"] });
    ({ userId } = await live("bob"));
    const { deployment } = await stack.state();
    expect(deployment.resources!.map(({ id }) => id)).toContain(`${bastionHost}:${userId}`);
  });

  step("is not written again by an up that changes nothing", async () => {
    await account.emulator.control.forgetCalls();
    expect(tally(succeeded(await stack.up()))).toEqual(["3 unchanged"]);
    expect(await account.writes()).toEqual([]);
  });

  step("changes every attribute in place, the password too, in two calls", async () => {
    await declare(changed, bea);
    expect(tally(succeeded(await stack.up()))).toEqual(["~ 1 updated", "2 unchanged"]);
    expect(await account.writes()).toEqual([
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
    ]);
    expect(await live("bob")).toMatchObject({
      ...without(changed, "instanceId", "password", "locked"),
      userId,
      userState: ["Normal"],
      passwordDigest: digest(changed.password),
    });
  });

  const drift = [
    'drift: displayName: "Bobby" => "Bob Sawyer"',
    'drift: mobile: "13599999999" => "13500000001"',
    "drift: effectiveEndTime: 1900000000 => 1890000000",
    'drift: twoFactorStatus: "Enable" => "Disable"',
    'drift: twoFactorMethods: ["totp"] => ["sms"]',
    "drift: locked: true => false",
  ];

  step("shows in a plain preview what was changed outside, a lock too, on its own row", async () => {
    await account.admin.bastionhost("ModifyUser", {
      UserId: userId,
      DisplayName: "Bobby",
      Mobile: "13599999999",
      EffectiveEndTime: 1900000000,
      TwoFactorStatus: "Enable",
      TwoFactorMethods: '["totp"]',
    });
    await account.admin.bastionhost("LockUsers", { UserIds: JSON.stringify([userId]) });
    const preview = succeeded(await stack.preview());
    expect(messages(preview, "BastionhostUser", "bob")).toEqual(drift);
    expect(tally(preview)).toEqual(["~ 1 to update", "2 unchanged"]);
  });

  step("gives its URN to drift in JSON, and fails a preview that expects no changes", async () => {
    const preview = failed(await stack.preview(["--json", "--expect-no-changes"]));
    expect(preview.stderr).toContain("no changes were expected");
    const { diagnostics } = reportOf(preview);
    const urn = expect.stringMatching(/BastionhostUser::bob$/);
    expect(diagnostics).toMatchObject(drift.map((line) => ({ urn, message: `warning: ${line}\n` })));
  });

  step("is put right by up after a refresh has taken the change into the state", async () => {
    succeeded(await stack.refresh());
    const refreshed = succeeded(await stack.up());
    expect(messages(refreshed, "BastionhostUser", "bob")).toEqual(drift);
    const restored = { userId, displayName: "Bob Sawyer", twoFactorStatus: "Disable", userState: ["Normal"] };
    expect(await live("bob")).toMatchObject(restored);
    succeeded(await stack.preview(["--expect-no-changes"]));
  });

  step("keeps a comment in the program that Bastionhost could not clear in the account", async () => {
    await account.emulator.control.forgetCalls();
    await declare(without(changed, "comment"), bea);
    const { stdout } = failed(await stack.up());
    expect(stdout).toContain('"comment" was removed, but the API cannot clear it.');
    expect(stdout).toContain('ignoreChanges: ["comment"]');
    expect(await account.writes()).toEqual([]);
  });

  step("keeps what others set on it and the program does not declare", async () => {
    const { userId } = await live("bea");
    const others = { Comment: "theirs", Email: "theirs@example.com", Mobile: "13511111111" };
    await account.admin.bastionhost("ModifyUser", { UserId: userId, ...others });
    const kept = { comment: "theirs", email: "theirs@example.com", mobile: "13511111111" };
    await declare(changed, bea);
    succeeded(await stack.preview(["--expect-no-changes"]));
    await declare(changed, { ...bea, displayName: "Bea P." });
    succeeded(await stack.up());
    expect(await live("bea")).toMatchObject({ userId, displayName: "Bea P.", ...kept });
  });

  step("is set back to the settings of the host where the program lets go of its own", async () => {
    const own = { twoFactorStatus: "Enable", twoFactorMethods: ["totp"], locked: true };
    await declare(changed, { ...bea, ...own, languageStatus: "Custom", language: "en" });
    succeeded(await stack.up());
    expect(await live("bea")).toMatchObject({ twoFactorStatus: "Enable", userState: ["Frozen"] });
    await declare(changed, bea);
    succeeded(await stack.up());
    const back = { twoFactorStatus: "Global", languageStatus: "Global", userState: ["Normal"] };
    expect(await live("bea")).toMatchObject(back);
  });

  step("is replaced under another userName, the old user deleted first", async () => {
    await account.emulator.control.forgetCalls();
    await declare({ ...changed, userName: "robert" }, bea);
    const preview = succeeded(await stack.preview());
    expect(messages(preview, "BastionhostUser", "bob")).toEqual(['change: userName: "bob" => "robert"']);
    expect(tally(preview)).toEqual(["+-1 to replace", "2 unchanged"]);
    succeeded(await stack.up());
    const writes = await account.writes();
    expect(writes.map(([action]) => action)).toEqual(["DeleteUser", "CreateUser"]);
    expect(writes[0]![1]).toEqual({ UserId: userId });
    expect(await live("robert")).toMatchObject({ displayName: "Bob Sawyer" });
  });

  step("is gone once it was deleted outside, and made anew by up", async () => {
    const { userId } = await live("bea");
    await account.admin.bastionhost("DeleteUser", { UserId: userId });
    const preview = succeeded(await stack.preview());
    const gone = new RegExp(`^drift: gone: .*${bastionHost}:${userId}\\b.*; it will be recreated$`);
    expect(messages(preview, "BastionhostUser", "bea")).toEqual([expect.stringMatching(gone)]);
    succeeded(await stack.up());
    expect(await live("bea")).toMatchObject({ displayName: "Bea" });
    expect((await live("bea")).userId).not.toBe(userId);
  });

  step("is locked or left alone by a destroy where onDelete says so, and can be adopted again", async () => {
    const before = await account.bastionhostUsers();
    const robert = { ...changed, userName: "robert" };
    await declare({ ...robert, onDelete: "lock" }, { ...bea, onDelete: "retain" });
    succeeded(await stack.up());
    succeeded(await stack.destroy());
    expect(await live("robert")).toMatchObject({ userState: ["Frozen"] });
    expect(await live("bea")).toMatchObject({ userState: ["Normal"] });
    await declare({ ...robert, adopt: true }, { ...bea, adopt: true });
    succeeded(await stack.up());
    expect(await account.bastionhostUsers()).toEqual(before);
  });

  step("is gone from the account after a destroy", async () => {
    succeeded(await stack.destroy());
    expect(await account.bastionhostUsers()).toEqual([]);
    expect((await stack.state()).deployment.resources ?? []).toEqual([]);
  });
});
