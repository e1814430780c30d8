import type { BastionhostUser, EiamUser, RamUser } from "../../emulator";
import { executable } from "../support/pluginProcess";
import { createStack, type Outcome, type Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { errorsOf, failed, succeeded } from "./outcome";

jest.setTimeout(120_000);

let account: Account;
let stack: Stack;

const count = 1000;

beforeAll(async () => {
  account = await openAccount();
  await fill();
  stack = await createStack({ yaml: "", env: account.env });
}, 60_000);
afterAll(async () => {
  await stack.remove();
  await account.close();
});

/** Gives each directory as many users as the account of these tests has. */
async function fill(): Promise<void> {
  const { admin, emulator } = account;
  await admin.ram("CreateUser", { UserName: "user0" });
  await admin.bastionhost("CreateUser", { UserName: "user0", Source: "Ram", SourceUserId: "1" });
  await admin.eiam("CreateUser", { Username: "user0", PrimaryOrganizationalUnitId: "ou_root_demo0001" });
  const snapshot = await emulator.control.snapshot();
  const places = [snapshot.ram, snapshot.bastionhost.instances[0]!, snapshot.eiam.instances[0]!];
  for (const { users } of places as unknown as { users: (RamUser & BastionhostUser & EiamUser)[] }[]) {
    const [first] = users;
    for (let number = 1; number < count; number++) {
      const tail = `9${String(number).padStart(4, "0")}`;
      const userId = first!.userId.slice(0, -tail.length) + tail;
      const renamed = { userName: `user${number}` };
      if ("username" in first!)
        users.push({ ...first, userId, userExternalId: userId, username: renamed.userName });
      else
        users.push({
          ...first!,
          userId,
          ...("sourceUserId" in first! && { sourceUserId: userId }),
          ...renamed,
        });
    }
  }
  await emulator.control.restore(snapshot);
}

const kinds = [
  { kind: "RamUser", place: [], pages: 1, page: 1000 },
  { kind: "BastionhostUser", place: ["--instance-id", bastionHost], pages: 10, page: 100 },
  { kind: "EiamUser", place: ["--instance-id", idaas], pages: 10, page: 100 },
] as const;

/** Lists through the plugin of the checkout; from the registry the CLI gets it by its name. */
const doList = (kind: string, ...args: string[]): Promise<Outcome> =>
  stack.run(["do", "--package", executable, `alicloud-users:index:${kind}`, "list", ...args]);

describe.each(kinds)("pulumi do ... list of $kind", ({ kind, place, pages, page }) => {
  const list = (...args: string[]): Promise<Outcome> => doList(kind, ...place, ...args);
  const usersIn = (outcome: Outcome) =>
    JSON.parse(succeeded(outcome).stdout) as { id: string; name: string }[];

  it("lists every user with --all, page by page, with an id that import takes", async () => {
    await account.emulator.control.forgetCalls();
    const users = usersIn(await list("--all"));
    expect(new Set(users.map(({ id }) => id)).size).toBe(count);
    expect(users.map(({ name }) => name)).toEqual(Array.from({ length: count }, (_, at) => `user${at}`));
    const { calls } = await account.emulator.control.calls();
    expect(calls.map(({ action }) => action)).toEqual(Array.from({ length: pages }, () => "ListUsers"));
    const last = users.at(-1)!;
    const imported = ["import", `alicloud-users:index:${kind}`, "it", last.id, "--yes", "--protect=false"];
    succeeded(await stack.run(imported));
    const { resources = [] } = (await stack.state()).deployment;
    expect(resources.find(({ type }) => type.endsWith(`:${kind}`))?.id).toBe(last.id);
  });

  it("lists as many as --count says, and a page of the API's without", async () => {
    expect(usersIn(await list("--count", "101"))).toHaveLength(101);
    expect(usersIn(await list())).toHaveLength(page);
  });
});

it("names the instance that is missing, and the account's refusal", async () => {
  const said = errorsOf(failed(await doList("EiamUser")));
  expect(said.join()).toMatch(/instanceId|instance-id/);
  await account.emulator.control.fault({ kind: "denied", product: "Ram" });
  const refused = failed(await doList("RamUser"));
  expect(refused.stderr).toContain("Grant the caller");
});
