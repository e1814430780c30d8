import { readFileSync } from "node:fs";
import { resources } from "../../provider/resources";
import { exampleFile } from "../../scripts/schema/examples";
import { createStack, type Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { succeeded, tally } from "../e2e/outcome";

jest.setTimeout(120_000);

const secrets = { bobPassword: "Correct-Horse-7", carolPassword: "Correct-Horse-7" };

let account: Account;
let stack: Stack;

beforeAll(async () => void (account = await openAccount()));
afterAll(() => account.close());

test("a text of the configuration that is all digits reaches a user in YAML as it is", async () => {
  const carol = { instanceId: idaas, username: "carol", customFields: { nick_name: "${badge}" } };
  const bob = { instanceId: bastionHost, source: "Ram", sourceUserId: "${id}", userName: "bob" };
  const declared = {
    carol: { type: "alicloud-users:EiamUser", properties: carol },
    bob: { type: "alicloud-users:BastionhostUser", properties: bob },
  };
  // The quotes inside are part of the configured value, and keep the digits that a number would lose.
  const config = { badge: "4711", id: '"200000000000000001"' };
  stack = await createStack({ yaml: `resources: ${JSON.stringify(declared)}`, config, env: account.env });
  succeeded(await stack.up());
  expect((await account.eiamUsers())[0]).toMatchObject({ customFields: { nick_name: "4711" } });
  expect((await account.bastionhostUsers())[0]).toMatchObject({ sourceUserId: "200000000000000001" });
  await account.empty();
  await stack.remove();
});

describe.each(["yaml", "typescript"] as const)("the examples of the schema in %s", (language) => {
  beforeAll(async () => {
    const program = language === "yaml" ? { yaml: "" } : { source: "", oneProcess: true };
    stack = await createStack({ ...program, secrets, env: account.env });
  });

  afterAll(() => stack.remove());

  test.each(resources.map(({ type }) => type))("declare a user: %s", async (type) => {
    await stack.writeProgram(readFileSync(exampleFile(type, language), "utf8"));
    const planned = succeeded(await stack.preview());
    expect(planned.stdout).not.toContain("Diagnostics:");
    expect(planned.stdout).toContain(`alicloud-users:index:${type}`);
    expect(tally(planned)).toEqual(["+ 2 to create"]);
  });
});
