import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createStack, type Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { plugin } from "./frontend";
import { errorsOf, failed, succeeded } from "./outcome";
import { scenario } from "./scenario";
import { without } from "../support/without";

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
    UserName: "bob",
    Source: "Local",
    Password: "Correct-Horse-7",
    Comment: "Contractor",
    Mobile: "13500000000",
    EffectiveEndTime: 1900000000,
    TwoFactorStatus: "Enable",
    TwoFactorMethods: '["totp"]',
  });
  await admin.eiam("CreateUser", {
    Username: "carol",
    DisplayName: "Carol",
    Email: "c@example.com",
    EmailVerified: true,
    PrimaryOrganizationalUnitId: "ou_sales_demo0001",
    Password: "Correct-Horse-8",
    "CustomFields.1.FieldName": "nick_name",
    "CustomFields.1.FieldValue": "Caz",
  });
  await admin.eiam("CreateUser", {
    Username: "erin",
    DisplayName: "Erin",
    PrimaryOrganizationalUnitId: "ou_root_demo0001",
  });
  stack = await createStack({ yaml: "", env: account.env });
}, 60_000);
afterAll(async () => {
  await stack.remove();
  await account.close();
});

const users = [
  {
    kind: "RamUser",
    find: async () => (await account.ramUsers()).find(({ userName }) => userName === "alice")!,
    place: "",
    name: "alice",
    described: { userName: "alice", displayName: "Alice", comments: "on call", email: "a@example.com" },
  },
  {
    kind: "BastionhostUser",
    find: async () => (await account.bastionhostUsers())[0]!,
    place: `${bastionHost}:`,
    name: "bob",
    described: {
      instanceId: bastionHost,
      source: "Local",
      userName: "bob",
      comment: "Contractor",
      mobile: "13500000000",
      effectiveEndTime: 1900000000,
      twoFactorStatus: "Enable",
      twoFactorMethods: ["totp"],
    },
  },
  {
    kind: "EiamUser",
    find: async () => (await account.eiamUsers()).find(({ username }) => username === "carol")!,
    place: `${idaas}:`,
    name: "carol",
    described: {
      instanceId: idaas,
      username: "carol",
      displayName: "Carol",
      email: "c@example.com",
      emailVerified: true,
      primaryOrganizationalUnitId: "ou_sales_demo0001",
      customFields: { nick_name: "Caz" },
    },
  },
  {
    kind: "EiamUser",
    find: async () => (await account.eiamUsers()).find(({ username }) => username === "erin")!,
    place: `${idaas}:`,
    name: "erin",
    // The root unit is the primary one unless the program names another.
    described: { instanceId: idaas, username: "erin", displayName: "Erin" },
  },
] as const;

/** Writes what `pulumi import --file` reads: all users, by their ids or by their names. */
async function importFile(by: "id" | "name"): Promise<string> {
  const resources = users.map(async ({ kind, find, place, name }) => ({
    type: typeOf(kind),
    name,
    id: `${place}${by === "id" ? (await find()).userId : name}`,
  }));
  const file = path.join(stack.dir, "import.json");
  await writeFile(file, JSON.stringify({ resources: await Promise.all(resources) }));
  return file;
}

const forgetAll = () => stack.run(["state", "delete", "--all", "--force", "--yes"]);

const typeOf = (kind: string): string => `alicloud-users:index:${kind}`;

test.each(["id", "name"] as const)(
  "pulumi import by %s prints a program that leaves nothing to change, with no value that is there by itself",
  async (by) => {
    const printed = path.join(stack.dir, "printed.yaml");
    succeeded(await stack.run(["import", "--file", await importFile(by), "--yes", "--out", printed]));
    const { resources } = (await stack.state()).deployment;
    for (const { kind, find, place, name, described } of users) {
      const recorded = resources!.find(({ urn }) => urn.endsWith(`${kind}::${name}`))!;
      expect(recorded).toMatchObject({ id: `${place}${(await find()).userId}` });
      expect(recorded.inputs).toEqual({ ...described, __imported: true });
    }
    await stack.writeProgram(await readFile(printed, "utf8"));
    await account.emulator.control.forgetCalls();
    succeeded(await stack.up(["--expect-no-changes"]));
    expect(await account.writes()).toEqual([]);
    await stack.writeProgram("");
    succeeded(await forgetAll());
  },
);

const ways = "Use <instanceId>:<userId> or";
test.each([
  [
    "of a user that does not exist",
    `${bastionHost}:nobody`,
    `There is no BastionhostUser "${bastionHost}:nobody". ${ways}`,
  ],
  ["of an id of another form", "nobody", `does not name a BastionhostUser. ${ways}`],
])("pulumi import says in one sentence what is wrong, %s", async (_what, text, sentence) => {
  const outcome = await stack.run(["import", typeOf("BastionhostUser"), "it", text, "--yes"]);
  const said = errorsOf(failed(outcome)).filter((error) => !/^preview failed: /.test(error));
  expect(said).toEqual([expect.stringContaining(sentence)]);
});

scenario(
  "a user of whom a program declares a part only",
  (step) => {
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
        UserName: "kate",
        DisplayName: "Kate",
        Email: rest.email,
        MobilePhone: rest.mobilePhone,
        Comments: rest.comments,
      }),
    );

    step("keeps the rest when the program imports it by its name", async () => {
      await stack.writeProgram(program(declared, option));
      succeeded(await stack.up());
      expect(await kate()).toMatchObject({ ...rest, displayName: "Kate L." });
    });

    step("stays while the option import is still there, which is refused", async () => {
      expect(errorsOf(failed(await stack.up()))).toContainEqual(
        expect.stringContaining("Take the option import out of the program"),
      );
      expect(await kate()).toMatchObject(rest);
    });

    step("keeps the rest when the program lets go what it has declared, which is cleared", async () => {
      await stack.writeProgram(program(declared));
      succeeded(await stack.preview(["--expect-no-changes"]));
      await stack.writeProgram(program(["userName: kate"]));
      succeeded(await stack.up());
      expect(await kate()).toMatchObject(rest);
      expect((await kate()).displayName ?? "").toBe("");
      await stack.writeProgram("");
      succeeded(await forgetAll());
    });

    step("keeps what is taken out of the program that pulumi import has printed", async () => {
      succeeded(await stack.run(["import", "alicloud-users:index:RamUser", "kate", "kate", "--yes"]));
      await stack.writeProgram(program(["userName: kate", `comments: ${rest.comments}`]));
      succeeded(await stack.up(["--expect-no-changes"]));
      expect(await kate()).toMatchObject(rest);
      await stack.writeProgram(program(["userName: kate"]));
      succeeded(await stack.up());
      expect(await kate()).toMatchObject(without(rest, "comments"));
      expect((await kate()).comments ?? "").toBe("");
    });
  },
  [plugin],
);
