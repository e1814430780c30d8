import { readFileSync } from "node:fs";
import path from "node:path";
import type { Stack } from "../support/stack";
import { type Account, openAccount } from "../support/account";
import { succeeded } from "./outcome";
import { plugin } from "./frontend";
import { scenario } from "./scenario";

const readme = readFileSync(path.join(__dirname, "../../README.md"), "utf8");
/** The first program of the README. */
const [, program = ""] = /^```ts\n(import .*?)^```/ms.exec(readme) ?? [];

scenario(
  "the README's own example, on a bastion host that demands a code by sms",
  (step, frontend) => {
    let account: Account;
    let stack: Stack;

    beforeAll(async () => {
      account = await openAccount();
      const snapshot = await account.emulator.control.snapshot();
      const [host] = snapshot.bastionhost.instances;
      host!.twoFactor = { ...host!.twoFactor, enableTwoFactor: true, twoFactorMethods: ["sms"] };
      await account.emulator.control.restore(snapshot);
      stack = await frontend.createStack({ source: program, env: account.env });
    });
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    step("makes its users", async () => {
      succeeded(await stack.up());
      const [alice] = await account.bastionhostUsers();
      expect(alice).toMatchObject({ userName: "alice", source: "Ram" });
    });
  },
  [plugin],
);
