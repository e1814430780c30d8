import type { Stack } from "../support/stack";
import { type Account, openAccount } from "../support/account";
import { failed, succeeded, tally } from "./outcome";
import { dynamic, type Frontend } from "./frontend";
import { scenario, type Step } from "./scenario";

const source = `
  import { getRamUsers, RamUser } from "pulumi-alicloud-users";
  new RamUser("alice", { userName: "alice" });
  export const found = getRamUsers({}).then((users) => users.map(({ userName }) => userName).sort());`;

const title = "a process that runs a program again and again, as the Automation API does,";
// The look-ups of the plugin are the plugin's, whose process serves one run.
const look = (step: Step, frontend: Frontend) => {
  let account: Account;
  let stack: Stack;

  beforeAll(async () => {
    account = await openAccount();
    stack = await frontend.createStack({ source, oneProcess: true, env: account.env });
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  const found = async () =>
    (JSON.parse((await stack.run(["stack", "output", "--json"])).stdout) as { found: string[] }).found;

  step("looks up the users that the account has in each run", async () => {
    await account.admin.ram("CreateUser", { UserName: "bob" });
    succeeded(await stack.up());
    expect(await found()).toEqual(["bob"]);
    await account.admin.ram("CreateUser", { UserName: "carol" });
    expect(tally(succeeded(await stack.up()))).toEqual(["2 unchanged"]);
    expect(await found()).toEqual(["alice", "bob", "carol"]);
  });

  step("looks them up with the access key that is configured in each run", async () => {
    await stack.writeProgram(source.replace(/new RamUser.*/, ""));
    const id = "alicloud:accessKey";
    const secret = "alicloud:secretKey";
    succeeded(await stack.run(["config", "set-all", "--secret", `${id}=nobody`, "--secret", `${secret}=x`]));
    expect(failed(await stack.preview()).stdout).toContain("InvalidAccessKeyId");
    succeeded(await stack.run(["config", "rm-all", id, secret]));
    expect(tally(succeeded(await stack.preview()))).toEqual(["- 1 to delete", "1 unchanged"]);
  });
};

scenario(title, look, [dynamic]);
