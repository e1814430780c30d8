import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Stack } from "../support/stack";
import { type Account, openAccount } from "../support/account";
import { story } from "../support/story";
import { dynamic } from "./frontend";
import { reportOf, succeeded } from "./outcome";

const employed = `timeZone: Asia/Shanghai
directories:
  bastion: { bastionhost: bastionhost-cn-demo0001 }
  staff: { eiam: idaas_demo0001 }
people:
  dora:
    from: 2026-02-01
    ram: { userName: dora, displayName: Dora Marquez }
    bastion: {}
    staff: { username: dora, displayName: Dora Marquez, primaryOrganizationalUnitId: ou_sales_demo0001 }
  erin:
    ram: { userName: erin }
`;

describe("a year of one person in a file, of which each preview shows the operations of its stage alone,", () => {
  let account: Account;
  let stack: Stack;
  let ids: Record<string, string>;
  const file = () => path.join(stack.dir, "users.yaml");

  jest.setTimeout(180_000);
  beforeAll(async () => {
    account = await openAccount();
    const source = `import { usersFromFile } from "pulumi-alicloud-users";\nusersFromFile("users.yaml");`;
    stack = await dynamic.createStack({
      source,
      env: { ...account.env, ALICLOUD_USERS_AS_OF: "2026-01-31" },
    });
    await writeFile(file(), employed);
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  /** What a preview of this day is going to do to which user, and after its `up` the writes of the account. */
  async function changesOn(day: string, edit = (text: string): string => text) {
    await writeFile(file(), edit(await readFile(file(), "utf8")));
    stack.env.ALICLOUD_USERS_AS_OF = day;
    const { steps } = reportOf(succeeded(await stack.preview(["--json"])));
    const planned = steps
      .map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`)
      .filter((step) => !/^same |default|test-test$/.test(step));
    await account.emulator.control.forgetCalls();
    succeeded(await stack.up());
    const written = (await account.writes()).map(([action]) => action);
    return { planned: planned.sort(), written: written.sort() };
  }

  /** The ids of Dora's users in the state. */
  async function recorded(): Promise<Record<string, string>> {
    const { resources = [] } = (await stack.state()).deployment;
    const hers = resources.filter(({ urn }) => /::dora(@\w+)?$/.test(urn));
    return Object.fromEntries(hers.map(({ urn, id }) => [urn.split("::").at(-1)!, id!]));
  }

  story((step) => {
    step("planned: nothing of hers", async () => {
      expect(await changesOn("2026-01-31")).toEqual({ planned: ["create erin"], written: ["CreateUser"] });
      expect(await recorded()).toEqual({});
    });

    step("active: three creates", async () => {
      expect(await changesOn("2026-02-01")).toEqual({
        planned: ["create dora", "create dora@bastion", "create dora@staff"],
        written: ["CreateUser", "CreateUser", "CreateUser"],
      });
      ids = await recorded();
      expect(Object.keys(ids).sort()).toEqual(["dora", "dora@bastion", "dora@staff"]);
    });

    step("moved to another unit: an update of her EIAM user", async () => {
      const move = (text: string) => text.replace("ou_sales_demo0001", "ou_support_demo0001");
      expect(await changesOn("2026-04-01", move)).toEqual({
        planned: ["update dora@staff"],
        written: ["SetUserPrimaryOrganizationalUnit"],
      });
      expect(await recorded()).toEqual(ids);
    });

    step(
      "renamed: an update of each user, of which the bastion host takes the new name from RAM",
      async () => {
        const rename = (text: string) => text.replaceAll(/([Nn]ame): dora/g, "$1: dora.m");
        expect(await changesOn("2026-06-01", rename)).toEqual({
          planned: ["update dora", "update dora@bastion", "update dora@staff"],
          written: ["UpdateUser", "UpdateUser"],
        });
        expect(await recorded()).toEqual(ids);
      },
    );

    step("leaving: the end of her access alone", async () => {
      const leave = (text: string) => text.replace("2026-02-01\n", "2026-02-01\n    until: 2026-12-31\n");
      expect(await changesOn("2026-12-01", leave)).toEqual({
        planned: ["update dora@bastion"],
        written: ["ModifyUser"],
      });
      expect(await recorded()).toEqual(ids);
    });

    step("locked: an update of the two that have a lock", async () => {
      expect(await changesOn("2027-01-01")).toEqual({
        planned: ["update dora@bastion", "update dora@staff"],
        written: ["DisableUser", "LockUsers"],
      });
      expect(await recorded()).toEqual(ids);
    });

    step("deleted: three deletes, and nobody else", async () => {
      expect(await changesOn("2027-01-31")).toEqual({
        planned: ["delete dora", "delete dora@bastion", "delete dora@staff"],
        written: ["DeleteUser", "DeleteUser", "DeleteUser"],
      });
      expect(await recorded()).toEqual({});
      expect((await account.ramUsers()).map(({ userName }) => userName)).toEqual(["erin"]);
    });
  });
});
