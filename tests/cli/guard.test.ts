import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Stack } from "../support/stack";
import { type Account, bastionHost, openAccount } from "../support/account";
import { succeeded } from "../e2e/outcome";
import { plugin } from "../e2e/frontend";
import { scenario } from "../e2e/scenario";
import { commandLine } from "./commandLine";

const host = `instanceId: "${bastionHost}", source: "Ram"`;
const before = `import { BastionhostUser, RamUser } from "pulumi-alicloud-users";
for (const name of ["a", "b", "c", "d"]) new RamUser(name, { userName: name });
new RamUser("kept", { userName: "kept", onDelete: "retain" });
new BastionhostUser("locked", { ${host}, sourceUserId: "1", userName: "locked", onDelete: "lock" });
new BastionhostUser("replaced", { ${host}, sourceUserId: "2", userName: "replaced" });
`;
/** b, c and d leave; kept stays in the account; locked is locked out; replaced is replaced; a is renamed. */
const after = `import { BastionhostUser, RamUser } from "pulumi-alicloud-users";
new RamUser("a", { userName: "renamed" });
new BastionhostUser("replaced", { ${host}, sourceUserId: "3", userName: "replaced" });
`;

scenario(
  "guard over previews of the real CLI",
  (step, frontend) => {
    let account: Account;
    let stack: Stack;
    let number = 0;

    beforeAll(async () => {
      account = await openAccount();
      stack = await frontend.createStack({ source: before, env: account.env });
      succeeded(await stack.up());
    });
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    /** Previews a program and gives what guard says of it. */
    const previewed = async (source: string, options = ["--show-sames"]) => {
      await stack.writeProgram(source);
      const { stdout } = await stack.preview(["--json", ...options]);
      const file = path.join(stack.dir, `preview-${number++}.json`);
      writeFileSync(file, stdout);
      writeFileSync(path.join(stack.dir, "state.json"), JSON.stringify(await stack.state()));
      return (...args: string[]) => commandLine(stack, "guard", file, "--state", "state.json", ...args);
    };

    step("lets a preview through that removes nobody, and asks the stack itself for its state", async () => {
      await previewed(before);
      const limits = ["--max-removals", "0", "--no-replace", "--protect", "a"];
      expect(await commandLine(stack, "guard", "preview-0.json", ...limits)).toEqual({
        exitCode: 0,
        stdout: "0 users would go: within the limits.\n",
        stderr: "",
      });
    });

    step("refuses more removals than it was told, with the list, and not one fewer", async () => {
      const guard = await previewed(after);
      const { exitCode, stdout } = await guard("--max-removals", "4");
      expect(exitCode).toBe(3);
      expect(stdout).toMatch(
        /^Refused\. 5 of 7 users would go; at most 4 may\. Where this is right, .* --approved 5\.\n/,
      );
      expect(
        stdout
          .trim()
          .split("\n")
          .slice(1)
          .map((line) => line.trim().split(/\s+/))
          .sort(),
      ).toEqual([
        ["delete", "RamUser", "b"],
        ["delete", "RamUser", "c"],
        ["delete", "RamUser", "d"],
        ["lock", "BastionhostUser", "locked"],
        ["replace", "BastionhostUser", "replaced"],
      ]);
      const codes = ["5", "71%", "72%", "100%"].map(
        async (most) => (await guard("--max-removals", most)).exitCode,
      );
      expect(await Promise.all(codes)).toEqual([0, 3, 0, 0]);
      expect(await guard("--no-replace")).toMatchObject({
        exitCode: 3,
        stdout: expect.stringContaining("1 would be replaced"),
      });
      writeFileSync(path.join(stack.dir, "protected"), "# the on-call account\nd # ask first\nkept\n");
      expect(await guard("--protect-file", "protected")).toMatchObject({
        exitCode: 3,
        stdout: expect.stringContaining("Protected users would go: d.\n"),
      });
    });

    step(
      "does not guess a share of users that the preview leaves out, and knows it by the state",
      async () => {
        const guard = await previewed(before, []);
        const last = `preview-${number - 1}.json`;
        expect(
          await commandLine(stack, "guard", last, "--preview-only", "--max-removals", "10%"),
        ).toMatchObject({
          exitCode: 1,
          stderr: expect.stringContaining("--show-sames"),
        });
        expect((await guard("--max-removals", "10%")).exitCode).toBe(0);
      },
    );

    step("counts no user as lost whom somebody has deleted in the account", async () => {
      await account.emulator.control.act({ product: "Ram", action: "DeleteUser", params: { UserName: "b" } });
      const guard = await previewed(before);
      expect(await guard("--max-removals", "0", "--no-replace", "--protect", "b")).toMatchObject({
        exitCode: 0,
        stdout: "0 users would go: within the limits.\n",
      });
    });

    step("does not let a preview through that failed, or that is none", async () => {
      const guard = await previewed(
        `import { RamUser } from "pulumi-alicloud-users"; new RamUser("a", { userName: "?" });`,
      );
      expect(await guard("--max-removals", "100%")).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining("The preview failed"),
      });
      writeFileSync(path.join(stack.dir, "none"), "");
      const none = await commandLine(stack, "guard", "none", "--max-removals", "1");
      expect(none).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("It is not JSON") });
      expect((await commandLine(stack, "guard", "none")).stderr).toContain("nothing to guard");
      expect((await commandLine(stack, "guard", "none", "--max-removals", "110%")).exitCode).toBe(1);
    });
  },
  [plugin],
);
