import type { Stack } from "../support/stack";
import { type Account, bastionHost, openAccount } from "../support/account";
import { messages, succeeded, tally } from "./outcome";
import { programOf } from "./program";
import { plugin } from "./frontend";
import { scenario } from "./scenario";

const user = { instanceId: bastionHost, source: "AD", sourceUserId: "CN=Bob,DC=example,DC=com" };
const program = (userName: string) => programOf(["BastionhostUser", "bob", { ...user, userName }]);

scenario(
  "a Bastionhost user of AD who is renamed there",
  (step, frontend) => {
    let account: Account;
    let stack: Stack;
    let userId: string;

    beforeAll(async () => {
      account = await openAccount();
      stack = await frontend.createStack({ source: program("bob"), env: account.env });
      succeeded(await stack.up());
      userId = (await account.bastionhostUsers())[0]!.userId;
      const snapshot = await account.emulator.control.snapshot();
      Object.assign(snapshot.bastionhost.instances[0]!.users[0]!, {
        userName: "bob.sawyer",
        sourceUserId: "CN=Bob Sawyer,DC=example,DC=com",
      });
      await account.emulator.control.restore(snapshot);
    });
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    step("is shown with the names that differ, and not replaced", async () => {
      const preview = succeeded(await stack.preview());
      expect(tally(preview).join()).not.toContain("replace");
      const wayOut = "; up leaves it: declare the current value, or change it where the user comes from";
      expect(messages(preview, "BastionhostUser", "bob")).toEqual(
        expect.arrayContaining([`drift: userName: "bob.sawyer" => "bob"${wayOut}`]),
      );
    });

    step("stays the same user through an up", async () => {
      await account.emulator.control.forgetCalls();
      succeeded(await stack.up());
      expect(await account.writes()).toEqual([]);
      expect(await account.bastionhostUsers()).toMatchObject([{ userId, userName: "bob.sawyer" }]);
    });

    step("is in sync again once the program has the new names", async () => {
      const renamed = { ...user, sourceUserId: "CN=Bob Sawyer,DC=example,DC=com", userName: "bob.sawyer" };
      await stack.writeProgram(programOf(["BastionhostUser", "bob", renamed]));
      expect(tally(succeeded(await stack.preview())).join()).not.toContain("replace");
      succeeded(await stack.up());
      expect(tally(succeeded(await stack.preview(["--expect-no-changes"])))).toEqual(["2 unchanged"]);
      expect((await account.bastionhostUsers())[0]!.userId).toBe(userId);
    });

    step("is replaced when the program names somebody else", async () => {
      const other = { ...user, sourceUserId: "CN=Bob Weller,DC=example,DC=com", userName: "bob.weller" };
      await stack.writeProgram(programOf(["BastionhostUser", "bob", other]));
      expect(tally(succeeded(await stack.preview())).join()).toContain("replace");
    });
  },
  [plugin],
);
