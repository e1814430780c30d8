import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect } from "../../provider/api/connect";
import { readSettings } from "../../provider/api/settings";
import type { Resource } from "../../provider/core/resource";
import { findUser, findUsers } from "../../provider/lifecycle/dataSources";
import { resources } from "../../provider/resources";
import { services } from "../../provider/resources/services";
import { repository } from "../../scripts/toolchain/place";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { startDynamicProcess } from "../support/dynamicProcess";
import { ram } from "../support/dynamicInputs";
import { startPlugin, urnOf } from "../support/pluginProcess";
import type { LogLine, Properties } from "../support/providerProcess";
import { type Account, openAccount } from "../support/account";

/**
 * Which configuration the engine hands to a provider, as a run of the CLI 3.250 shows with each of these commands: a dynamic
 * provider gets the stack's own where the program declares a dynamic resource, and else what the state recorded. The
 * plugin's process has the stack's own in its environment, always.
 */
const commands = [
  { command: "preview", does: "compare", handed: "current" },
  { command: "up", does: "update", handed: "current" },
  { command: "up of an emptied program", does: "remove", handed: "recorded" },
  { command: "refresh", does: "read", handed: "recorded" },
  { command: "destroy", does: "remove", handed: "recorded" },
  { command: "destroy without a program", does: "remove", handed: "recorded" },
] as const;

type Work = (typeof commands)[number]["does"];

/** When the setting was made. Only one that was there at the last up is in the state. */
const times = ["before the last up", "after the last up", "in the environment"] as const;

const settings = [
  {
    name: "maxDeletes",
    value: "0",
    variable: "ALICLOUD_USERS_MAX_DELETES",
    said: /^RamUser "ann" \(\d+\) was not removed/,
    stops: (does: Work) => does === "remove",
  },
  {
    name: "accountId",
    value: "9".repeat(16),
    variable: "ALICLOUD_USERS_ACCOUNT_ID",
    said: /^The credentials of ALIBABA_CLOUD_ACCESS_KEY_ID are for the account 1000000000000001, and .+ names 9{16}\./,
    stops: () => true,
  },
];

/** What a provider process is asked about one user. */
type Asked = Record<Work, () => Promise<unknown>> & { log(): LogLine[]; stop(): Promise<void> };

/** The settings of the stack as they are now, and as the engine hands them over. */
interface Circumstances {
  folder: string;
  current: Record<string, string>;
  handed: Record<string, string>;
  env: Record<string, string>;
}

const own = (settings: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`alicloud-users:${name}`, value]));

const frontends = {
  async "dynamic resources"({ folder, current, handed, env }: Circumstances): Promise<Asked> {
    writeFileSync(path.join(folder, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
    writeFileSync(path.join(folder, "Pulumi.test.yaml"), JSON.stringify({ config: own(current) }));
    const started = await startDynamicProcess({ ...env, PULUMI_CONFIG: "{}" }, own(handed), { cwd: folder });
    const held = ram({ userName: "ann" });
    return {
      compare: () => started.diff(id, held, held),
      update: () => started.update(id, held, ram({ userName: "ann", comments: "new" })),
      read: () => started.read(id, held),
      remove: () => started.remove(id, held),
      log: started.log,
      stop: started.stop,
    };
  },
  async "the plugin"({ current, handed, env }: Circumstances): Promise<Asked> {
    const started = await startPlugin({ ...env, PULUMI_CONFIG: JSON.stringify(current) }, {});
    await started.configure(handed, "urn:pulumi:test::test::pulumi:providers:alicloud-users::default_0_1_0");
    const values = { userName: "ann" };
    const user = { urn: urnOf("RamUser"), id, inputs: values, outputs: { ...values, userId: id } };
    return {
      compare: () => started.diff(user, values),
      update: () => started.update(user, { ...values, comments: "new" } as Properties),
      read: () => started.read(user),
      remove: () => started.remove(user),
      log: started.log,
      stop: started.stop,
    };
  },
};

let account: Account;
let id: string;
let folder: string;
const running: Asked[] = [];
beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
  const { User } = await account.admin.ram("CreateUser", { UserName: "ann" });
  id = (User as { UserId: string }).UserId;
});
afterAll(() => account.close());
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "brakes-"));
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"), "junction");
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
  rmSync(folder, { recursive: true });
});

async function begun(starting: Promise<Asked>): Promise<Asked> {
  const asked = await starting;
  running.push(asked);
  return asked;
}

describe.each(Object.entries(frontends))("through %s", (_name, start) => {
  describe.each(times)("when it was set %s", (time) => {
    const isVariable = time === "in the environment";

    test.each(settings)("$name counts in every command", async ({ name, value, variable, said, stops }) => {
      const set = { [name]: value };
      const current: Record<string, string> = isVariable ? {} : set;
      const recorded: Record<string, string> = time === "before the last up" ? set : {};
      const env = { ...account.env, ...(isVariable ? { [variable]: value } : {}) };
      // Where both are the same, one process stands for both.
      for (const handed of time === "after the last up" ? (["current", "recorded"] as const) : [undefined]) {
        const config = handed === "current" ? current : recorded;
        const asked = await begun(start({ folder, current, handed: config, env }));
        for (const { command, does } of commands.filter((each) => (handed ?? each.handed) === each.handed)) {
          const answer = await asked[does]().then(
            () => "done",
            ({ details }: { details: string }) => details,
          );
          expect([command, answer]).toEqual([command, stops(does) ? expect.stringMatching(said) : "done"]);
        }
      }
      expect(await account.ramUsers()).toHaveLength(1);
    });
  });
});

test("a look-up of a program asks no other account than the one that is named, and STS once", async () => {
  const environment = { ...account.env, ALICLOUD_USERS_ACCOUNT_ID: "9".repeat(16) };
  const opened = connect(readSettings({ config: () => undefined, environment }, services));
  await account.emulator.control.forgetCalls();
  const resource = resources[0] as Resource;
  for (const look of [findUser(resource, { userName: "ann" }, opened), findUsers(resource, {}, opened)])
    await expect(look).rejects.toThrow("are for the account 1000000000000001, and alicloud:accountId");
  const { calls } = await account.emulator.control.calls();
  expect(calls.map(({ action }) => action)).toEqual(["GetCallerIdentity"]);
});

test("a dynamic provider says which other settings it takes from the last update, and how to renew them", async () => {
  const region = "cn-hangzhou";
  const current = { region: "cn-beijing", maxDeletes: "1" };
  const asked = await begun(
    frontends["dynamic resources"]({ folder, current, handed: { region }, env: account.env }),
  );
  await asked.read();
  await asked.read();
  expect(asked.log()).toEqual([
    {
      severity: "warning",
      urn: "",
      message:
        "Pulumi has handed over another configuration than Pulumi.test.yaml has now (alicloud-users:region), and that one is " +
        "used: in destroy, in refresh, and where the program declares no dynamic user any more, it is that of the last update. " +
        "Add --run-program to destroy and refresh; for up, keep a dynamic user in the program.",
    },
  ]);
});

test("a dynamic provider refuses a setting that does not exist, with the one that was meant", async () => {
  const handed = { maxDelete: "2" };
  const asked = await begun(
    frontends["dynamic resources"]({ folder, current: {}, handed, env: account.env }),
  );
  await expect(asked.compare()).rejects.toThrow(
    "There is no setting alicloud-users:maxDelete. Did you mean alicloud-users:maxDeletes?",
  );
});

test("a brake that a dynamic provider cannot read in the file stops every request", async () => {
  const asked = await begun(
    frontends["dynamic resources"]({ folder, current: {}, handed: {}, env: account.env }),
  );
  const secure = { "alicloud-users:maxDeletes": { secure: "v1:abc" } };
  writeFileSync(path.join(folder, "Pulumi.test.yaml"), JSON.stringify({ config: secure }));
  for (const { does } of commands)
    await expect(asked[does]()).rejects.toThrow("is kept encrypted in Pulumi.test.yaml");
});
