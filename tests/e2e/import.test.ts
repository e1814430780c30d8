import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Stack } from "../support/stack";
import { createStack } from "../support/stack";
import type { Account } from "../support/account";
import { bastionHost, idaas, openAccount } from "../support/account";
import { errorsOf, failed, succeeded } from "./outcome";
import { without } from "../support/without";

jest.setTimeout(120_000);

let account: Account;
let stack: Stack;

beforeAll(async () => {
  account = await openAccount();
  const { admin } = account;
  await admin.ram("CreateUser", {
    UserName: "alice",
    DisplayName: "Alice",
    Comments: "on call",
    Email: "a@example.com",
  });
  await admin.bastionhost("CreateUser", {
    ...{ UserName: "bob", Source: "Local", Password: "Correct-Horse-7", Comment: "Contractor" },
    ...{
      Mobile: "13500000000",
      EffectiveEndTime: 1900000000,
      TwoFactorStatus: "Enable",
      TwoFactorMethods: '["totp"]',
    },
  });
  await admin.eiam("CreateUser", {
    ...{ Username: "carol", DisplayName: "Carol", Email: "c@example.com", EmailVerified: true },
    ...{ PrimaryOrganizationalUnitId: "ou_sales_demo0001", Password: "Correct-Horse-8" },
    ...{ "CustomFields.1.FieldName": "nick_name", "CustomFields.1.FieldValue": "Caz" },
  });
  stack = await createStack({ yaml: "", env: account.env });
}, 60_000);
afterAll(async () => {
  await stack.remove();
  await account.close();
});

const kinds = [
  {
    kind: "RamUser",
    users: () => account.ramUsers(),
    place: "",
    name: "alice",
    described: { userName: "alice", displayName: "Alice", comments: "on call", email: "a@example.com" },
  },
  {
    kind: "BastionhostUser",
    users: () => account.bastionhostUsers(),
    place: `${bastionHost}:`,
    name: "bob",
    described: {
      ...{ instanceId: bastionHost, source: "Local", userName: "bob", comment: "Contractor" },
      ...{ mobile: "13500000000", effectiveEndTime: 1900000000 },
      ...{ twoFactorStatus: "Enable", twoFactorMethods: ["totp"] },
    },
  },
  {
    kind: "EiamUser",
    users: () => account.eiamUsers(),
    place: `${idaas}:`,
    name: "carol",
    described: {
      ...{ instanceId: idaas, username: "carol", displayName: "Carol" },
      ...{ email: "c@example.com", emailVerified: true },
      ...{ primaryOrganizationalUnitId: "ou_sales_demo0001", customFields: { nick_name: "Caz" } },
    },
  },
] as const;

describe.each(kinds)("pulumi import of a $kind", ({ kind, users, place, name, described }) => {
  it.each(["id", "name"])(
    "by its %s prints a program that leaves nothing to change, with no value that is there by itself",
    async (by) => {
      const { userId } = (await users())[0]!;
      const printed = path.join(stack.dir, "printed.yaml");
      const text = `${place}${by === "id" ? userId : name}`;
      const type = `alicloud-users:index:${kind}`;
      succeeded(await stack.run(["import", type, "it", text, "--yes", "--out", printed]));
      const recorded = (await stack.state()).deployment.resources!.find(
        (resource) => resource.type === type,
      )!;
      expect(recorded).toMatchObject({ id: `${place}${userId}` });
      expect(recorded.inputs).toEqual({ ...described, __imported: true });
      await stack.writeProgram(await readFile(printed, "utf8"));
      await account.emulator.control.forgetCalls();
      succeeded(await stack.preview(["--expect-no-changes"]));
      succeeded(await stack.up());
      expect(await account.writes()).toEqual([]);
      await stack.writeProgram("");
      succeeded(await stack.run(["state", "delete", recorded.urn, "--force", "--yes"]));
    },
  );

  const ways = `Use ${kind === "RamUser" ? "" : "<instanceId>:"}<userId> or`;
  it.each([
    ["of a user that does not exist", `${place}nobody`, `There is no ${kind} "${place}nobody". ${ways}`],
    [
      "of an id of another form",
      kind === "RamUser" ? "no one" : "nobody",
      `does not name a ${kind}. ${ways}`,
    ],
  ])("says in one sentence what is wrong, %s", async (_what, text, sentence) => {
    const outcome = await stack.run(["import", `alicloud-users:index:${kind}`, "it", text, "--yes"]);
    const said = errorsOf(failed(outcome)).filter((error) => !/^preview failed: /.test(error));
    expect(said).toEqual([expect.stringContaining(sentence)]);
  });
});

test("pulumi import of an EiamUser leaves out the root unit, which is the primary one unless the program names another", async () => {
  const params = { Username: "erin", DisplayName: "Erin", PrimaryOrganizationalUnitId: "ou_root_demo0001" };
  await account.admin.eiam("CreateUser", params);
  const printed = path.join(stack.dir, "printed.yaml");
  const type = "alicloud-users:index:EiamUser";
  succeeded(await stack.run(["import", type, "erin", `${idaas}:erin`, "--yes", "--out", printed]));
  const recorded = (await stack.state()).deployment.resources!.find((resource) => resource.type === type)!;
  expect(recorded.inputs).toMatchObject({ instanceId: idaas, username: "erin", displayName: "Erin" });
  expect(recorded.inputs).not.toHaveProperty("primaryOrganizationalUnitId");
  await stack.writeProgram(await readFile(printed, "utf8"));
  succeeded(await stack.preview(["--expect-no-changes"]));
  await stack.writeProgram("");
  succeeded(await stack.run(["state", "delete", recorded.urn, "--force", "--yes"]));
});

describe("a user of whom a program declares a part only", () => {
  const kate = async () => (await account.ramUsers()).find(({ userName }) => userName === "kate")!;
  const rest = { email: "k@example.com", mobilePhone: "86-18600000000", comments: "on call" };
  const program = (properties: string[], options = ""): string =>
    ["resources:", "  kate:", "    type: alicloud-users:RamUser", "    properties:"]
      .concat(
        properties.map((each) => `      ${each}`),
        options,
      )
      .join("\n");
  const declared = ["userName: kate", "displayName: Kate L."];
  const option = "    options: { import: kate }";

  beforeAll(() =>
    account.admin.ram("CreateUser", {
      ...{ UserName: "kate", DisplayName: "Kate", Email: rest.email },
      ...{ MobilePhone: rest.mobilePhone, Comments: rest.comments },
    }),
  );

  test("keeps the rest when the program imports it by its name", async () => {
    await stack.writeProgram(program(declared, option));
    succeeded(await stack.up());
    expect(await kate()).toMatchObject({ ...rest, displayName: "Kate L." });
  });

  test("stays while the option import is still there, which is refused", async () => {
    expect(errorsOf(failed(await stack.up()))).toContainEqual(
      expect.stringContaining("Take the option import out of the program"),
    );
    expect(await kate()).toMatchObject(rest);
  });

  test("keeps the rest when the program lets go what it has declared, which is cleared", async () => {
    await stack.writeProgram(program(declared));
    succeeded(await stack.preview(["--expect-no-changes"]));
    await stack.writeProgram(program(["userName: kate"]));
    succeeded(await stack.up());
    expect(await kate()).toMatchObject(rest);
    expect((await kate()).displayName ?? "").toBe("");
    await stack.writeProgram("");
    const recorded = (await stack.state()).deployment.resources!;
    const { urn } = recorded.find(({ type }) => type.endsWith(":RamUser"))!;
    succeeded(await stack.run(["state", "delete", urn, "--force", "--yes"]));
  });

  test("keeps what is taken out of the program that pulumi import has printed", async () => {
    succeeded(await stack.run(["import", "alicloud-users:index:RamUser", "kate", "kate", "--yes"]));
    await stack.writeProgram(program(["userName: kate", `comments: ${rest.comments}`]));
    succeeded(await stack.up(["--expect-no-changes"]));
    expect(await kate()).toMatchObject(rest);
    await stack.writeProgram(program(["userName: kate"]));
    succeeded(await stack.up());
    expect(await kate()).toMatchObject(without(rest, "comments"));
    expect((await kate()).comments ?? "").toBe("");
  });
});
