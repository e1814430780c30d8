import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { type EitherProcess, processes } from "../support/eitherProcess";

let account: Account;
let provider: EitherProcess;

beforeAll(async () => void (account = await openAccount()));
afterEach(async () => {
  await provider.stop();
  await account.empty();
});
afterAll(() => account.close());

const bob = { instanceId: bastionHost, source: "Local", userName: "bob", password: "Correct-Horse-7" };
const carol = { instanceId: idaas, username: "carol", organizationalUnitIds: ["ou_sales_demo0001"] };

describe.each(processes)("%s, for a caller that may not read", (_name, start) => {
  beforeEach(async () => void (provider = await start(account.env)));

  test.each([
    ["the two-factor settings of a bastion host", "GetInstanceTwoFactor", "BastionhostUser", bob],
    ["the root unit of an EIAM instance", "GetRootOrganizationalUnit", "EiamUser", carol],
  ])("%s, finds nothing wrong with a user", async (_what, action, kind, user) => {
    await account.emulator.control.fault({ kind: "denied", action });
    expect(await provider.check(kind, user)).toEqual([]);
    expect(await account.emulator.control.faults()).toEqual([]);
  });

  test("anything, since its key is wrong, says so", async () => {
    const fault = { kind: "denied", status: 404, code: "InvalidAccessKeyId.NotFound" } as const;
    await account.emulator.control.fault({ ...fault, action: "GetInstanceTwoFactor" });
    await expect(provider.check("BastionhostUser", bob)).rejects.toThrow("Check the access key id");
  });
});
