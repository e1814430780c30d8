import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Account, bastionHost, openAccount } from "../support/account";
import { commandLine } from "./commandLine";

/** What a user may choose for a name to mislead those who read it. */
const hostile = "王\u202eforged\u200b\u2028\u009b31m\u001b[2J\n::error::x ##[error]y";
const unfit = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]|##\w*\[|^\s*::/m;

let account: Account;
let folder: string;

beforeAll(async () => {
  account = await openAccount();
  folder = await mkdtemp(path.join(tmpdir(), "drift-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await account.close();
});
afterEach(() => account.empty());

const secretOf = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});

/** Compares a user that the account has and that a state declares with these values. */
async function driftOf(userName: string, declared: Record<string, unknown>, ...args: string[]) {
  const params = { Source: "Local", Password: "Correct-Horse-7", UserName: userName, DisplayName: userName };
  const { UserId } = await account.admin.bastionhost("CreateUser", params);
  const values = { instanceId: bastionHost, source: "Local", ...declared };
  const type = "alicloud-users:index:BastionhostUser";
  const user = {
    urn: `urn:pulumi:dev::test::${type}::bob`,
    type,
    id: `${bastionHost}:${String(UserId)}`,
    custom: true,
  };
  const resources = [{ ...user, inputs: values, outputs: values }];
  await writeFile(path.join(folder, "state.json"), JSON.stringify({ version: 3, deployment: { resources } }));
  const env = { ...process.env, ...account.env };
  return commandLine({ dir: folder, env }, "drift", "--state", "state.json", ...args);
}

/** The next read is refused with these words. */
const refuse = (message: string) =>
  account.emulator.control.fault({
    action: "GetUser",
    kind: "error",
    status: 400,
    code: "Bad",
    message,
    times: 9,
  });

describe("what the command drift prints", () => {
  it("is fit for a terminal and a pipeline, whatever users and the API call themselves", async () => {
    const drifted = await driftOf(hostile, { userName: hostile, displayName: "Ann" }, "--unmanaged");
    expect(drifted.stdout).toContain("forged");
    expect(drifted.stdout + drifted.stderr).not.toMatch(unfit);
    await account.empty();
    await refuse(`${hostile} is bad`);
    const refused = await driftOf("bob", { userName: "bob" });
    expect(refused.stdout).toContain("forged");
    expect(refused.stdout + refused.stderr).not.toMatch(unfit);
  });

  it("holds no name that the program keeps secret, in the table, the report and a refusal of the API", async () => {
    const name = "Classified-Name-1";
    const declared = { userName: secretOf(name), displayName: secretOf("Classified-Display-2") };
    const table = await driftOf(name, declared);
    expect(table.stdout).toContain("[secret]");
    await account.empty();
    const json = await driftOf(name, declared, "-o", "json");
    await account.empty();
    await refuse(`${encodeURIComponent(name)} and Classified-Display-2 are bad`);
    const refused = await driftOf(name, declared);
    expect(refused.stdout).toContain("[secret] and [secret] are bad");
    for (const { stdout, stderr } of [table, json, refused])
      expect(stdout + stderr).not.toContain("Classified");
  });
});
