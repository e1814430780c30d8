import type { Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { plugin } from "./frontend";
import { failed, succeeded, tally } from "./outcome";
import { scenario } from "./scenario";

/** A user in each of two accounts, and what the program looks up in the second one. */
const program = (url: string) => `
  import * as pulumi from "@pulumi/pulumi";
  import { BastionhostUser, getBastionhostUserOutput, getEiamUsers, getRamUser, getRamUsers, Provider, RamUser } from "pulumi-alicloud-users";
  const provider = new Provider("second", {
    accessKey: "testid",
    secretKey: "testsecret",
    endpoints: { ram: "${url}", bastionhost: "${url}", eiam: "${url}" },
    callsPerSecond: { Bastionhost: 20 },
  });
  new RamUser("here", { userName: "here" });
  new RamUser("there", { userName: "there" }, { provider });
  const bob = new BastionhostUser(
    "bob",
    { instanceId: "${bastionHost}", source: "Local", userName: "bob", password: "Correct-Horse-7" },
    { provider },
  );
  export const bobs = getBastionhostUserOutput({ instanceId: "${bastionHost}", userName: bob.userName }, { provider })
    .apply(({ userId, source }) => [userId, source]);
  export const admin = getRamUser({ userName: "admin" }, { provider }).then(({ displayName }) => displayName);
  export const everyone = getRamUsers({}, { provider }).then((users) => users.map(({ userName }) => userName));
  export const mine = getRamUsers({}).then((users) => users.length);
  export const locals = getEiamUsers({ instanceId: "${idaas}", status: "enabled" }, { provider }).then((users) => users.length);
  export const read = RamUser.get("read", "200000000000000001", { provider }).displayName;`;

scenario(
  "a program of two accounts",
  (step, frontend) => {
    let first: Account;
    let second: Account;
    let stack: Stack;

    beforeAll(async () => {
      [first, second] = [await openAccount(), await openAccount()];
      await second.admin.ram("CreateUser", { UserName: "admin", DisplayName: "Admin" });
      stack = await frontend.createStack({ source: program(second.emulator.url), env: first.env });
    });
    afterAll(async () => {
      await stack.remove();
      await first.close();
      await second.close();
    });

    step("makes each user in the account of its provider, and looks others up there", async () => {
      succeeded(await stack.preview());
      succeeded(await stack.up());
      expect((await first.ramUsers()).map(({ userName }) => userName)).toEqual(["here"]);
      expect((await second.ramUsers()).map(({ userName }) => userName).sort()).toEqual(["admin", "there"]);
      const [bob] = await second.bastionhostUsers();
      const { stdout } = succeeded(await stack.run(["stack", "output", "--json"]));
      expect(JSON.parse(stdout)).toMatchObject({
        bobs: [bob!.userId, "Local"],
        admin: "Admin",
        mine: 0,
        locals: 0,
        read: "Admin",
        everyone: ["admin"],
      });
    });

    step("has its keys nowhere in plain in the state", async () => {
      expect(await stack.stateText()).not.toContain("testsecret");
      expect(await stack.stateText()).not.toContain('"testid"');
    });

    step("leaves nothing to do, in either account", async () => {
      // What the look-ups tell is another than before there were users.
      succeeded(await stack.up());
      const { stdout } = succeeded(await stack.preview(["--diff", "--expect-no-changes"]));
      expect(stdout).not.toContain("~ ");
    });

    step("says which setting of a provider is wrong, by its name there", async () => {
      await stack.writeProgram(program(second.emulator.url).replace('secretKey: "testsecret",', ""));
      const { stdout } = failed(await stack.preview());
      expect(stdout).toContain("Half of an access key is set: alicloud-users:accessKey is there");
      expect(tally(failed(await stack.preview()))).not.toContain("to replace");
    });
  },
  [plugin],
);
