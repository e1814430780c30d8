import { createStack, type Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { errorsOf, failed } from "./outcome";
import { frontends } from "./frontend";
import { type Declaration, programOf } from "./program";

const local = { instanceId: bastionHost, source: "Local", userName: "bob", password: "Correct-Horse-7" };

describe("a preview of wrong input", () => {
  let account: Account;
  let stack: Stack;

  beforeAll(async () => {
    account = await openAccount();
    stack = await createStack({ oneProcess: true, env: account.env });
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  async function reasonsFor(declaration: Declaration): Promise<string[]> {
    await stack.writeProgram(programOf(declaration));
    const preview = failed(await stack.preview());
    expect(await account.writes()).toEqual([]);
    return errorsOf(preview).map((error) => error.replace(/^.*? has a problem: /, ""));
  }

  it("names each attribute that cannot be so, with a way out, all of a user at once", async () => {
    const wrong = {
      displayName: "x".repeat(129),
      comment: "",
      effectiveEndTime: 1893456000000,
      twoFactorStatus: "Enabled",
      languagestatus: "Global",
      nickName: "Bobby",
    };
    const reasons = await reasonsFor(["BastionhostUser", "bob", { ...local, ...wrong }]);
    expect(reasons.sort()).toEqual([
      expect.stringMatching(/^"comment" must not be empty: Bastionhost .* cannot clear it\. Give it a value/),
      '"displayName" must be at most 128 characters long.',
      expect.stringMatching(/^"effectiveEndTime" looks like milliseconds/),
      '"languagestatus" is not an attribute of BastionhostUser. Did you mean "languageStatus"?',
      expect.stringMatching(
        /^"nickName" is not an attribute of BastionhostUser\. It has: instanceId, .*, regionId\.$/,
      ),
      '"twoFactorStatus" must be one of "Global", "Disable", "Enable"; it is "Enabled".',
    ]);
  }, 60_000);

  it("names the two-factor method that Enable demands", async () => {
    const [reason, ...others] = await reasonsFor([
      "BastionhostUser",
      "bob",
      { ...local, twoFactorStatus: "Enable" },
    ]);
    expect(reason).toMatch(
      /^"twoFactorMethods" is required when twoFactorStatus is "Enable"\. Name one method/,
    );
    expect(others).toEqual([]);
  }, 60_000);

  it("names what an EIAM phone number needs beside it", async () => {
    const [reason, ...others] = await reasonsFor([
      "EiamUser",
      "carol",
      { instanceId: idaas, username: "carol", phoneNumber: "13500000000" },
    ]);
    expect(reason).toMatch(/^"phoneRegion" is required, because "phoneNumber" is set\./);
    expect(others).toEqual([]);
  }, 60_000);
});

describe.each(frontends)("a preview of wrong input in several users, through $name,", (frontend) => {
  let account: Account;
  let stack: Stack;

  beforeAll(async () => {
    account = await openAccount();
    stack = await frontend.createStack({ source: "", env: account.env });
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  it("names what is wrong with each of them, though the engine ends at the first", async () => {
    const fine: Declaration = ["RamUser", "fine", { userName: "fine" }];
    const wrong: Declaration[] = [
      ["RamUser", "long", { userName: "long", displayName: "x".repeat(129) }],
      ["EiamUser", "carol", { instanceId: idaas, username: "carol", phoneNumber: "13500000000" }],
      ["RamUser", "typo", { userName: "typo", displayname: "Typo" }],
      ["RamUser", "phone", { userName: "phone", mobilePhone: "138 0013" }],
    ];
    await stack.writeProgram(programOf(fine, ...wrong));
    const errors = errorsOf(failed(await stack.preview()));
    for (const [type, name] of wrong) {
      const told = errors.filter((error) =>
        [`resource '${name}' has a problem: "`, `${type} "${name}": "`].some((mark) => error.includes(mark)),
      );
      expect({ name, told }).toEqual({
        name,
        told: [expect.stringMatching(/must be|is required|Did you mean/)],
      });
    }
    expect(errors).toHaveLength(wrong.length);
    expect(errors.join("\n")).toContain(
      '"mobilePhone" must be "<country code>-<number>", for example "86-18600000000"; it is "138 0013".',
    );
  }, 60_000);
});
