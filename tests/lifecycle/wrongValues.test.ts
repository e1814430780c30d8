import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, bastionHost, openAccount } from "../support/account";
import { type EitherProcess, processes } from "../support/eitherProcess";

let account: Account;
beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
});
afterAll(() => account.close());

describe.each(processes)("%s, asked to check a wrong value,", (_name, start) => {
  let provider: EitherProcess;
  beforeAll(async () => void (provider = await start(account.env)));
  afterAll(() => provider.stop());

  const user = { userName: "ann", mobilePhone: "138 0013" };
  const reason = '"mobilePhone" must be "<country code>-<number>", for example "86-18600000000"';

  test("shows it", async () => {
    expect(await provider.check("RamUser", user)).toEqual([`${reason}; it is "138 0013".`]);
  });

  test("does not show it where the program keeps it secret", async () => {
    expect(await provider.check("RamUser", user, ["mobilePhone"])).toEqual([`${reason}.`]);
  });

  test("does not show a password, nor where it stands in another attribute", async () => {
    const bob = { instanceId: bastionHost, source: "Local", userName: "bob", password: "s3cret-word" };
    const failures = await provider.check("BastionhostUser", { ...bob, twoFactorStatus: "s3cret-word" });
    expect(failures.map((each) => each.split(" ")[0]).sort()).toEqual(['"password"', '"twoFactorStatus"']);
    expect(failures.join()).not.toContain("s3cret");
  });
});
