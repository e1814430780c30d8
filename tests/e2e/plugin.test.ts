import type { Outcome, Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { failed, succeeded, tally } from "./outcome";
import { dynamic, plugin } from "./frontend";
import { programOf } from "./program";
import { scenario } from "./scenario";

const alice = { userName: "alice", displayName: "Alice", comments: "on call" };
const bob = { instanceId: bastionHost, source: "Local", userName: "bob", password: "Correct-Horse-7" };
const carol = {
  instanceId: idaas,
  username: "carol",
  displayName: "Carol",
  customFields: { nick_name: "Caz" },
};

/** Each row of a preview with what it shows to be different, without those that are only read. */
function differing({ stdout }: Outcome): string[] {
  const row = /^ .. *alicloud-users:index:(\w+ \S+) (?:update|create|replace)\b(.*)$/gm;
  return [...stdout.matchAll(row)].map(([, user, rest]) =>
    [user, ...(/\[diff: [^\]]*\]/.exec(rest!) ?? [])].join(" "),
  );
}

/** An admin changes something of everyone. */
async function changeOutside({ admin, bastionhostUsers, eiamUsers }: Account): Promise<void> {
  await admin.ram("UpdateUser", { UserName: "alice", NewUserName: "alice", NewDisplayName: "Hacked" });
  for (const { userId: UserId } of await bastionhostUsers())
    await admin.bastionhost("ModifyUser", { UserId, Comment: "Hacked" });
  for (const { userId: UserId } of await eiamUsers())
    await admin.eiam("UpdateUser", {
      UserId,
      DisplayName: "Hacked",
      "CustomFields.1.FieldName": "nick_name",
      "CustomFields.1.FieldValue": "Evie",
      "CustomFields.1.Operation": "replace",
    });
}

scenario(
  "a plain preview",
  (step, frontend) => {
    let account: Account;
    let stack: Stack;

    beforeAll(async () => {
      account = await openAccount();
      const source = programOf(
        ["RamUser", "alice", alice],
        ["RamUser", "dave", { userName: "dave" }],
        ["BastionhostUser", "bob", { ...bob, comment: "Contractor" }],
        ["EiamUser", "carol", carol],
      );
      stack = await frontend.createStack({ source, env: account.env });
      succeeded(await stack.up());
    });
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    step("says that nothing changed while nothing did, and reads each user once", async () => {
      await account.emulator.control.forgetCalls();
      expect(tally(succeeded(await stack.preview(["--expect-no-changes"])))).toEqual(["5 unchanged"]);
      const { byAction } = await account.emulator.control.calls();
      expect(byAction).toEqual({
        "Ram.GetUser": 2,
        "Bastionhost.GetUser": 1,
        "Bastionhost.GetInstanceTwoFactor": 1,
        "Eiam.GetUser": 1,
      });
    });

    step("shows on exactly the changed rows which properties differ, and names them", async () => {
      await changeOutside(account);
      const preview = succeeded(await stack.preview());
      expect(differing(preview).sort()).toEqual([
        "BastionhostUser bob [diff: ~comment]",
        "EiamUser carol [diff: ~customFields,displayName]",
        "RamUser alice [diff: ~displayName]",
      ]);
      expect(tally(preview)).toEqual(["~ 3 to update", "2 unchanged"]);
    });

    step("shows old and new values with --diff", async () => {
      const { stdout } = succeeded(await stack.preview(["--diff"]));
      expect(stdout).toMatch(/~ displayName *: "Hacked" => "Alice"/);
      expect(stdout).toMatch(/~ comment *: "Hacked" => "Contractor"/);
      expect(stdout).toMatch(/~ displayName *: "Hacked" => "Carol"/);
      expect(stdout).toMatch(/~ nick_name *: "Evie" => "Caz"/);
    });

    step("shows an attribute that the program adds, and one that it lets go", async () => {
      succeeded(await stack.up());
      const { comments: _comments, ...rest } = alice;
      await stack.writeProgram(
        programOf(
          ["RamUser", "alice", { ...rest, email: "alice@example.com" }],
          ["RamUser", "dave", { userName: "dave" }],
          ["BastionhostUser", "bob", { ...bob, comment: "Contractor" }],
          ["EiamUser", "carol", carol],
        ),
      );
      expect(differing(succeeded(await stack.preview()))).toEqual(["RamUser alice [diff: +email-comments]"]);
    });

    step("refuses what the API cannot clear, unless the change makes another user", async () => {
      const program = (opts: object) => programOf(["BastionhostUser", "bob", bob, { ...opts }]);
      await stack.writeProgram(program({}));
      expect(failed(await stack.preview()).stdout).toContain(
        '"comment" was removed, but the API cannot clear it.',
      );
      await stack.writeProgram(program({ replaceOnChanges: ["comment"] }));
      const rows = new Set(differing(succeeded(await stack.preview())));
      expect(rows).toEqual(new Set(["BastionhostUser bob [diff: -comment]"]));
    });
  },
  [plugin],
);

scenario(
  "a stack of users",
  (step) => {
    let account: Account;
    let stack: Stack;
    const program = (from: { module: string }, aliased?: { type(kind: string): string }) => {
      const opts = (kind: string) => (aliased ? { aliases: [{ type: aliased.type(kind) }] } : {});
      return programOf(
        ["RamUser", "alice", alice, opts("RamUser")],
        ["BastionhostUser", "bob", { ...bob, locked: true }, opts("BastionhostUser")],
        ["EiamUser", "carol", carol, opts("EiamUser")],
      ).replace(`"${dynamic.module}"`, `"${from.module}"`);
    };
    const idsOf = async () => (await stack.state()).deployment.resources!.map(({ id }) => id).sort();
    const typesOf = async () =>
      (await stack.state()).deployment
        .resources!.map(({ type }) => type)
        .filter((type) => /User$/.test(type));

    beforeAll(async () => {
      account = await openAccount();
      stack = await dynamic.createStack({ source: program(dynamic), env: account.env });
      succeeded(await stack.up());
      await account.emulator.control.forgetCalls();
    });
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    for (const [from, to] of [
      [dynamic, plugin],
      [plugin, dynamic],
    ] as const)
      step(`moves from ${from.name} to ${to.name} by aliases, without touching a user`, async () => {
        const users = (await idsOf()).filter((id) => /^\d+$|:/.test(id ?? ""));
        await stack.writeProgram(program(to, from));
        expect(tally(succeeded(await stack.preview()))).toEqual(["~ 3 to update", "1 unchanged"]);
        succeeded(await stack.up());
        expect(await account.writes()).toEqual([]);
        expect(await idsOf()).toEqual(expect.arrayContaining(users));
        expect((await typesOf()).sort()).toEqual(
          ["BastionhostUser", "EiamUser", "RamUser"].map((kind) => to.type(kind)),
        );
        await stack.writeProgram(program(to));
        succeeded(await stack.preview(["--expect-no-changes"]));
        await changeOutside(account);
        expect(tally(succeeded(await stack.preview()))).toContain("~ 2 to update");
        succeeded(await stack.up());
        await account.emulator.control.forgetCalls();
      });
  },
  [plugin],
);
