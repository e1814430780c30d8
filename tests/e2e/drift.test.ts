import type { Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { dynamic } from "./frontend";
import { failed, messages, reportOf, succeeded, tally } from "./outcome";
import { scenario } from "./scenario";

/** Users in nested components, one under another user, some partly left to others, some with values to hide. */
const program = (displayName: string, sister = '{ userName: "sister" }') => `
  import * as pulumi from "@pulumi/pulumi";
  import { BastionhostUser, EiamUser, RamUser } from "pulumi-alicloud-users";

  class Member extends pulumi.ComponentResource {
    constructor(name: string, opts: pulumi.ComponentResourceOptions) {
      super("test:index:Member", name, {}, opts);
      new RamUser("nested", { userName: "nested", displayName: "Nested" }, { parent: this });
      new RamUser("sister", ${sister}, { parent: this });
    }
  }
  class Team extends pulumi.ComponentResource {
    constructor(name: string) {
      super("test:index:Team", name);
      new Member("member", { parent: this });
    }
  }
  new Team("team");

  const alice = new RamUser("alice", { userName: "alice", displayName: "${displayName}", comments: "on call" });
  const host = "${bastionHost}";
  new BastionhostUser(
    "alice-on-bastion",
    { instanceId: host, source: "Ram", sourceUserId: alice.userId, userName: alice.userName, comment: "Admin" },
    { parent: alice },
  );
  new BastionhostUser(
    "bob",
    { instanceId: host, source: "Local", userName: "bob", password: "Correct-Horse-7", displayName: "Bob", comment: "Temp" },
    { ignoreChanges: ["displayName"] },
  );
  const configured = new pulumi.Config().requireSecret("configured");
  new EiamUser(
    "carol",
    {
      instanceId: "${idaas}",
      username: "carol",
      displayName: pulumi.secret("Confidential"),
      description: configured,
      email: "carol@secret.example",
      emailVerified: true,
      customFields: { nick_name: "Caz", age: "30" },
    },
    { ignoreChanges: ["customFields.nick_name"], additionalSecretOutputs: ["email"] },
  );`;

/** An admin changes something of everyone. */
async function changeOutside({ admin, bastionhostUsers, eiamUsers }: Account): Promise<void> {
  const ram = (name: string) => ({ UserName: name, NewUserName: name });
  await admin.ram("UpdateUser", { ...ram("nested"), NewDisplayName: "Changed" });
  await admin.ram("UpdateUser", { ...ram("alice"), NewComments: "changed" });
  for (const { userId: UserId } of await bastionhostUsers())
    await admin.bastionhost("ModifyUser", { UserId, DisplayName: "Changed", Comment: "Changed" });
  for (const { userId: UserId } of await eiamUsers()) {
    const email = { Email: "changed@example.com", EmailVerified: true };
    const field = (number: number, name: string, value: string) => ({
      [`CustomFields.${number}.FieldName`]: name,
      [`CustomFields.${number}.FieldValue`]: value,
      [`CustomFields.${number}.Operation`]: "replace",
    });
    const fields = { ...field(1, "nick_name", "Changed"), ...field(2, "age", "99") };
    await admin.eiam("UpdateUser", { UserId, DisplayName: "Changed", ...email, ...fields });
    await admin.eiam("UpdateUserDescription", { UserId, Description: "Changed" });
  }
}

scenario(
  "drift in a program of many users",
  (step, frontend) => {
    let account: Account;
    let stack: Stack;

    beforeAll(async () => {
      account = await openAccount();
      stack = await frontend.createStack({ source: program("Alice"), env: account.env });
      succeeded(await stack.run(["config", "set", "--secret", "configured", "Classified"]));
    });
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    step("is not seen before there is any, not even where the id of one user goes into another", async () => {
      const preview = succeeded(await stack.preview());
      expect(tally(preview)).toEqual(["+ 9 to create"]);
      expect(preview.stdout).not.toContain("Diagnostics:");
      succeeded(await stack.up());
      const alice = (await account.ramUsers()).find(({ userName }) => userName === "alice");
      expect(await account.bastionhostUsers()).toContainEqual(
        expect.objectContaining({ userName: "alice", source: "Ram", sourceUserId: alice!.userId }),
      );
    });

    step("is told apart from a change of the program, which leaves dependent users alone", async () => {
      await changeOutside(account);
      await stack.writeProgram(program("Alice Liddell"));
      const preview = succeeded(await stack.preview());
      const of = (kind: string, name: string) => messages(preview, kind, name);
      expect(of("RamUser", "alice").sort()).toEqual([
        'change: displayName: "Alice" => "Alice Liddell"',
        'drift: comments: "changed" => "on call"',
      ]);
      expect(of("BastionhostUser", "alice-on-bastion")).toEqual(['drift: comment: "Changed" => "Admin"']);
      expect(of("RamUser", "nested")).toEqual(['drift: displayName: "Changed" => "Nested"']);
      expect(of("BastionhostUser", "bob")).toEqual(['drift: comment: "Changed" => "Temp"']);
      expect(of("EiamUser", "carol")).toEqual([
        "drift: displayName: [secret] => [secret]",
        "drift: description: [secret] => [secret]",
        "drift: email: [secret] => [secret]",
        'drift: customFields.age: "99" => "30"',
      ]);
      expect(tally(preview)).toEqual(["~ 5 to update", "4 unchanged"]);
      for (const secret of ["Confidential", "Classified", "carol@secret.example"])
        expect(preview.stdout + preview.stderr).not.toContain(secret);
    });

    step(
      "belongs in JSON to the user's own URN, in a component and under another user too, and fails a preview that expects no changes",
      async () => {
        const preview = failed(await stack.preview(["--json", "--expect-no-changes"]));
        expect(preview.stderr).toContain("no changes were expected");
        const { diagnostics = [], steps } = reportOf(preview);
        const urnOf = (name: string) => steps.find(({ urn }) => urn.endsWith(`::${name}`))!.urn;
        const urns = new Set(diagnostics.map(({ urn }) => urn));
        const users = ["nested", "alice", "alice-on-bastion", "bob", "carol"];
        expect([...urns].sort()).toEqual(users.map(urnOf).sort());
      },
    );

    step("is put right by up, except where ignoreChanges leaves it to others", async () => {
      await account.emulator.control.forgetCalls();
      succeeded(await stack.up());
      const bastion = await account.bastionhostUsers();
      expect(bastion).toContainEqual(
        expect.objectContaining({ userName: "bob", displayName: "Changed", comment: "Temp" }),
      );
      const customFields = { nick_name: "Changed", age: "30" };
      const carol = { displayName: "Confidential", description: "Classified", customFields };
      expect(await account.eiamUsers()).toEqual([expect.objectContaining(carol)]);
      const updates = (await account.writes()).map(([action]) => action).sort();
      const expected = [
        "ModifyUser",
        "ModifyUser",
        "UpdateUser",
        "UpdateUser",
        "UpdateUser",
        "UpdateUserDescription",
      ];
      expect(updates).toEqual(expected);
      expect(tally(succeeded(await stack.preview(["--expect-no-changes"])))).toEqual(["9 unchanged"]);
    });

    step("is no cause to call the API where the program begins to declare what the account has", async () => {
      const hers = { UserName: "sister", NewUserName: "sister" };
      await account.admin.ram("UpdateUser", { ...hers, NewComments: "hers" });
      await stack.writeProgram(program("Alice Liddell", '{ userName: "sister", comments: "hers" }'));
      const preview = succeeded(await stack.preview());
      expect(messages(preview, "RamUser", "sister")).toEqual([
        "change: comments: declared from now on; the account has this value already",
      ]);
      expect(tally(preview)).toEqual(["~ 1 to update", "8 unchanged"]);
      await account.emulator.control.forgetCalls();
      succeeded(await stack.up());
      expect(await account.writes()).toEqual([]);
      expect(tally(succeeded(await stack.preview(["--expect-no-changes"])))).toEqual(["9 unchanged"]);
    });

    step("is not left behind when the program declares that value no longer", async () => {
      await stack.writeProgram(program("Alice Liddell"));
      succeeded(await stack.up());
      const sister = (await account.ramUsers()).find(({ userName }) => userName === "sister");
      expect(sister).not.toMatchObject({ comments: "hers" });
      expect(tally(succeeded(await stack.preview(["--expect-no-changes"])))).toEqual(["9 unchanged"]);
    });
  },
  [dynamic],
);
