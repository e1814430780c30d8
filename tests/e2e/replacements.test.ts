import type { Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { plugin } from "./frontend";
import { errorsOf, failed, succeeded, tally } from "./outcome";
import { type Declaration, programOf } from "./program";
import { scenario } from "./scenario";

const bastion = { instanceId: bastionHost, source: "Local", userName: "bob", password: "Correct-Horse-7" };
const team = (options: Record<string, unknown> = {}): Declaration[] => [
  ["RamUser", "alice", { userName: "alice", displayName: "Alice", adopt: true }, options],
  ["BastionhostUser", "bob", { ...bastion, adopt: true }, options],
  ["EiamUser", "carol", { instanceId: idaas, username: "carol", displayName: "Carol" }, options],
];

scenario(
  "a user that the engine is told to replace",
  (step, frontend) => {
    let account: Account;
    let stack: Stack;
    const ids = async () => [
      ...(await account.ramUsers()).map(({ userId }) => userId),
      ...(await account.bastionhostUsers()).map(({ userId }) => userId),
      ...(await account.eiamUsers()).map(({ userId }) => userId),
    ];
    const users = async () =>
      (await stack.state()).deployment.resources!.filter(({ type }) => type.endsWith("User"));

    /** Every user is another one now, and the state has each once. */
    async function areReplaced(before: string[]): Promise<void> {
      const after = await ids();
      expect(after).toHaveLength(3);
      expect(after.filter((id) => before.includes(id))).toEqual([]);
      expect((await users()).map(({ id }) => id!.split(":").at(-1)).sort()).toEqual([...after].sort());
    }

    beforeAll(async () => {
      account = await openAccount();
      stack = await frontend.createStack({ source: programOf(...team()), env: account.env });
      succeeded(await stack.up());
    }, 180_000);
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    step("is replaced by --target-replace, adopted or not", async () => {
      const before = await ids();
      const targets = (await users()).flatMap(({ urn }) => ["--target-replace", urn]);
      const outcome = succeeded(await stack.up(targets));
      expect(tally(outcome)).toContain("+-3 replaced");
      await areReplaced(before);
    });

    step(
      "is replaced after pulumi state taint, though another user of the run fails, and the next run keeps it",
      async () => {
        const before = await ids();
        for (const { urn } of await users()) succeeded(await stack.run(["state", "taint", urn, "--yes"]));
        await account.admin.ram("CreateUser", { UserName: "zoe" });
        await stack.writeProgram(
          programOf(...team(), ["RamUser", "zoe", { userName: "zoe", comments: "another" }]),
        );
        expect(errorsOf(failed(await stack.up(["--continue-on-error"])))).toContainEqual(
          expect.stringContaining('already has a user named "zoe"'),
        );
        await account.admin.ram("DeleteUser", { UserName: "zoe" });
        await stack.writeProgram(programOf(...team()));
        succeeded(await stack.up());
        await areReplaced(before);
      },
    );

    step("is replaced by another replacementTrigger", async () => {
      await stack.writeProgram(programOf(...team({ replacementTrigger: "one" })));
      succeeded(await stack.up());
      const before = await ids();
      await stack.writeProgram(programOf(...team({ replacementTrigger: "two" })));
      succeeded(await stack.up());
      await areReplaced(before);
      succeeded(await stack.preview(["--expect-no-changes"]));
    });

    step(
      "stays where the program retains it from this run on, which its state does not say yet",
      async () => {
        const before = await ids();
        const [alice] = before;
        await stack.writeProgram(
          programOf(["RamUser", "alice", { userName: "alice", onDelete: "retain" }], ...team().slice(1)),
        );
        const { urn } = (await users()).find(({ urn: each }) => each.endsWith("::alice"))!;
        expect(errorsOf(failed(await stack.up(["--target-replace", urn])))).toContainEqual(
          expect.stringContaining('already has a user named "alice"'),
        );
        expect(await ids()).toContain(alice);
      },
    );
  },
  [plugin],
);
