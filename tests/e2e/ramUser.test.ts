import type { RamUser } from "../../emulator";
import type { Stack } from "../../scripts/stack";
import type { Account } from "./account";
import { openAccount } from "./account";
import { failed, messages, reportOf, succeeded, tally } from "./outcome";
import { programOf } from "./program";
import { story } from "./story";

const declared = {
  userName: "alice",
  displayName: "Alice",
  mobilePhone: "86-18600000000",
  email: "alice@example.com",
  comments: "on call",
};
const changed = {
  userName: "alice.l",
  displayName: "Alice Liddell",
  mobilePhone: "86-18600000001",
  email: "al@example.com",
  comments: "on leave",
};
const names = { userName: changed.userName, displayName: changed.displayName };

story("a RAM user in a stack", (step, face) => {
  let account: Account;
  let stack: Stack;
  let userId: string;
  const declare = (...[args, opts]: [object, object?]) =>
    stack.writeProgram(programOf(["RamUser", "alice", { ...args }, { ...opts }]));
  const live = async () => (await account.ramUsers())[0];

  beforeAll(async () => {
    account = await openAccount();
    const source = programOf(["RamUser", "alice", declared]);
    stack = await face.createStack({ source, env: account.env });
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  step("is created as declared, known by its UserId", async () => {
    expect(tally(succeeded(await stack.up()))).toEqual(["+ 2 created"]);
    expect(await account.ramUsers()).toEqual([expect.objectContaining(declared)]);
    userId = (await live())!.userId;
    const { deployment } = await stack.state();
    expect(deployment.resources!.map(({ id }) => id)).toContain(userId);
  });

  step("is not written again by an up that changes nothing", async () => {
    await account.emulator.control.forgetCalls();
    expect(tally(succeeded(await stack.up()))).toEqual(["2 unchanged"]);
    expect(await account.writes()).toEqual([]);
  });

  step(
    "is renamed in place together with every other attribute, after a preview that names each",
    async () => {
      await declare(changed);
      expect(messages(succeeded(await stack.preview()), "RamUser", "alice")).toEqual([
        'change: userName: "alice" => "alice.l"',
        'change: displayName: "Alice" => "Alice Liddell"',
        'change: mobilePhone: "86-18600000000" => "86-18600000001"',
        'change: email: "alice@example.com" => "al@example.com"',
        'change: comments: "on call" => "on leave"',
      ]);
      expect(tally(succeeded(await stack.up()))).toEqual(["~ 1 updated", "1 unchanged"]);
      expect(await account.writes()).toEqual([
        [
          "UpdateUser",
          {
            UserName: "alice",
            NewUserName: "alice.l",
            NewDisplayName: "Alice Liddell",
            NewMobilePhone: "86-18600000001",
            NewEmail: "al@example.com",
            NewComments: "on leave",
          },
        ],
      ]);
      expect(await account.ramUsers()).toEqual([expect.objectContaining({ userId, ...changed })]);
    },
  );

  const drift = [
    'drift: userName: "eve" => "alice.l"',
    'drift: displayName: "Eve" => "Alice Liddell"',
    'drift: comments: (none) => "on leave"',
  ];

  step("shows in a plain preview what was changed outside, a rename too, on its own row", async () => {
    const names = { UserName: "alice.l", NewUserName: "eve", NewDisplayName: "Eve", NewComments: "" };
    await account.admin.ram("UpdateUser", names);
    const preview = succeeded(await stack.preview());
    expect(messages(preview, "RamUser", "alice")).toEqual(drift);
    expect(tally(preview)).toEqual(["~ 1 to update", "1 unchanged"]);
  });

  step("gives its URN to drift in JSON, and fails a preview that expects no changes", async () => {
    const preview = failed(await stack.preview(["--json", "--expect-no-changes"]));
    expect(preview.stderr).toContain("no changes were expected");
    const { diagnostics, steps } = reportOf(preview);
    const { urn } = steps.find(({ op }) => op === "update")!;
    expect(urn).toMatch(/RamUser::alice$/);
    const message = (line: string) => ({ urn, severity: "warning", message: `warning: ${line}\n` });
    expect(diagnostics).toEqual(drift.map(message));
  });

  step("shows the engine's own property diff with --refresh, there and back", async () => {
    const { stdout } = succeeded(await stack.preview(["--refresh", "--diff"]));
    const [refreshed, planned] = stdout.split("(same)") as [string, string];
    expect(refreshed).toMatch(/~ userName *: "alice.l" => "eve"/);
    expect(planned).toMatch(/~ userName *: "eve" => "alice.l"/);
    expect(planned).toMatch(/\+ comments *: "on leave"/);
  });

  step("is put right by up after a refresh has taken the change into the state", async () => {
    await account.emulator.control.forgetCalls();
    expect(tally(succeeded(await stack.refresh()))).toEqual(["~ 1 updated", "1 unchanged"]);
    expect(await account.writes()).toEqual([]);
    expect(messages(succeeded(await stack.up()), "RamUser", "alice")).toEqual(drift);
    expect(await account.ramUsers()).toEqual([expect.objectContaining({ userId, ...changed })]);
    succeeded(await stack.preview(["--expect-no-changes"]));
  });

  step("loses in the account what the program lets go", async () => {
    await declare(names);
    succeeded(await stack.up());
    expect(await live()).toMatchObject({ userId, ...names, comments: "" });
    expect([undefined, ""]).toContain((await live())!.email);
    expect([undefined, ""]).toContain((await live())!.mobilePhone);
  });

  step("keeps what others set on it and the program does not declare", async () => {
    const others = { NewComments: "theirs", NewEmail: "theirs@example.com" };
    await account.admin.ram("UpdateUser", { UserName: "alice.l", NewUserName: "alice.l", ...others });
    succeeded(await stack.preview(["--expect-no-changes"]));
    await declare({ ...names, displayName: "Alice P." });
    succeeded(await stack.up());
    const kept = { comments: "theirs", email: "theirs@example.com" };
    expect(await live()).toMatchObject({ userId, displayName: "Alice P.", ...kept });
  });

  step("is gone once it was deleted outside, even if another one bears its name", async () => {
    await account.admin.ram("DeleteUser", { UserName: "alice.l" });
    await account.admin.ram("CreateUser", { UserName: "alice.l", DisplayName: "Stranger" });
    const preview = succeeded(await stack.preview());
    const gone = new RegExp(`^drift: gone: .*\\b${userId}\\b.*; it will be recreated$`);
    expect(messages(preview, "RamUser", "alice")).toEqual([expect.stringMatching(gone)]);
    expect(tally(preview)).toEqual([face.refreshes ? "+ 1 to create" : "+-1 to replace", "1 unchanged"]);
  });

  step("does not take over a stranger of its name unless adopt says so", async () => {
    const stranger = (await live())!.userId;
    const { stdout } = failed(await stack.up());
    expect(stdout).toContain(`already has a user named "alice.l" (id ${stranger})`);
    expect(stdout).toContain("set adopt: true to take the user over");
    expect(await live()).toMatchObject({ displayName: "Stranger" });
    await declare({ ...names, adopt: true });
    succeeded(await stack.up());
    expect(await account.ramUsers()).toEqual([expect.objectContaining({ userId: stranger, ...names })]);
  });

  step("stays when it leaves the program with onDelete retain, and can be adopted again", async () => {
    await declare({ ...names, adopt: true, onDelete: "retain" });
    succeeded(await stack.up());
    succeeded(await stack.destroy());
    expect(await account.ramUsers()).toEqual([expect.objectContaining(names)]);
    const [{ userId }] = (await account.ramUsers()) as [RamUser];
    await declare({ ...names, adopt: true, displayName: "Alice again" });
    succeeded(await stack.up());
    const again = expect.objectContaining({ userId, displayName: "Alice again" });
    expect(await account.ramUsers()).toEqual([again]);
  });

  step("is gone from the account after a destroy", async () => {
    succeeded(await stack.destroy());
    expect(await account.ramUsers()).toEqual([]);
    expect((await stack.state()).deployment.resources ?? []).toEqual([]);
  });
});
