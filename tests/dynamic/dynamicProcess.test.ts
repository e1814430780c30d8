import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Account, openAccount } from "../support/account";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { repository } from "../../scripts/toolchain/place";
import { packHidden, unpackHidden } from "../../provider/core/state";
import { type DynamicProcess, startDynamicProcess } from "../support/dynamicProcess";
import { dynamicInputs, ram } from "../support/dynamicInputs";
import { type Properties, refusalOf } from "../support/providerProcess";
import { sampleUsers } from "../support/sampleUsers";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

let account: Account;
let provider: DynamicProcess;
/** The process of a later run, which may delete what the other one has made. */
let later: DynamicProcess;

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
  [provider, later] = await Promise.all([startDynamicProcess(account.env), startDynamicProcess(account.env)]);
});
afterAll(async () => {
  await Promise.all([provider.stop(), later.stop()]);
  await account.close();
});
afterEach(async () => {
  await account.empty();
  expect(provider.console() + later.console()).toBe("");
});

/** Checks and creates, as the first up does. */
async function made(news: Properties) {
  const { inputs, failures } = await provider.check({}, news);
  expect(failures).toEqual([]);
  return { inputs, ...(await provider.create(inputs)) };
}

/** Checks, and tells the lines of the diff. */
async function linesOf(id: string, olds: Properties, news: Properties) {
  const { inputs } = await provider.check(olds, news);
  provider.log();
  const diff = await provider.diff(id, olds, inputs);
  return { ...diff, inputs, lines: provider.log().map(({ message }) => message) };
}

const cases = sampleUsers.map(({ kind, one, other, users, changeOutside, deleteOutside, ...rest }) => ({
  kind,
  ...rest,
  one: dynamicInputs(kind, one),
  other: dynamicInputs(kind, other),
  live: async () => (await users(account))[0],
  changeOutside: (id: string) => changeOutside(account, id),
  deleteOutside: (id: string) => deleteOutside(account, id, "ann.b"),
}));

describe.each(cases)(
  "the dynamic provider of a $kind",
  ({ one, other, idForm, unique, live, changeOutside, deleteOutside }) => {
    it("creates, compares, reads, updates and deletes a user", async () => {
      const { id, inputs, outputs } = await made(one);
      expect(id).toMatch(idForm);
      expect(inputs).toEqual(one);
      expect(outputs).toMatchObject(one);
      expect(await live()).toMatchObject({ displayName: "Ann" });
      expect(await linesOf(id, outputs, one)).toMatchObject({ changes: false, replaces: [], lines: [] });

      await changeOutside(id);
      expect(await provider.diff(id, outputs, inputs)).toMatchObject({ changes: true, replaces: [] });
      const message = 'drift: displayName: "Hacked" => "Ann"';
      expect(provider.log()).toEqual([{ severity: "warning", urn: unpackHidden(one).urn, message }]);

      const read = await provider.read(id, outputs);
      expect(read).toMatchObject({ id, outputs: { ...one, displayName: "Hacked" } });
      expect(read.inputs).toEqual({ ...one, displayName: "Hacked" });

      const planned = await linesOf(id, outputs, other);
      expect(planned).toMatchObject({ changes: true, replaces: [] });
      expect(planned.lines).toContain('change: displayName: "Hacked" => "Ann B."');
      const updated = await provider.update(id, outputs, planned.inputs);
      expect(updated.outputs).toMatchObject(other);
      expect(await live()).toMatchObject({ displayName: "Ann B." });
      expect(await linesOf(id, updated.outputs, other)).toMatchObject({ changes: false, lines: [] });

      await deleteOutside(id);
      const gone = await linesOf(id, updated.outputs, other);
      expect(gone).toMatchObject({ changes: true, replaces: [unique], deleteBeforeReplace: true });
      expect(gone.lines).toEqual([expect.stringMatching(/^drift: gone: .*; it will be recreated$/)]);
      expect(await provider.read(id, updated.outputs)).toMatchObject({ id: "" });
      await later.remove(id, updated.outputs);
      expect(await live()).toBeUndefined();
    });

    it("deletes a user, also one that does not exist any more", async () => {
      const { id, outputs } = await made(one);
      await later.remove(id, outputs);
      await later.remove(id, outputs);
      expect(await live()).toBeUndefined();
    });

    it("accepts unknown values, and counts them as a change", async () => {
      const { id, outputs } = await made(one);
      const { inputs, ...news } = await linesOf(id, outputs, { ...one, displayName: unknown });
      expect(inputs.displayName).toBe(unknown);
      expect(news).toMatchObject({
        changes: true,
        lines: ['change: displayName: "Ann" => (known after up)'],
      });
    });

    it("ignores what the engine names in ignoreChanges, and nothing else", async () => {
      const news = { ...one, ...packHidden({ ignored: ["comments"] }) };
      const { id, inputs, outputs } = await made(news);
      await changeOutside(id);
      expect(await provider.diff(id, outputs, inputs, ["displayName"])).toMatchObject({ changes: false });
      expect(provider.log()).toEqual([]);
      await provider.update(id, outputs, { ...inputs, ...other }, ["displayName"]);
      expect(await live()).toMatchObject({ displayName: "Hacked" });
      await provider.update(id, outputs, { ...inputs, ...packHidden({ ignored: ["displayName"] }) });
      expect(await live()).toMatchObject({ displayName: "Ann" });
    });

    it("replaces on the changes that replaceOnChanges names", async () => {
      const { id, outputs } = await made(one);
      for (const named of [["displayName"], ["*"]]) {
        const news = { ...one, displayName: "Another", ...packHidden({ replaced: named }) };
        const replaced = { changes: true, replaces: ["displayName"], deleteBeforeReplace: true };
        expect(await linesOf(id, outputs, news)).toMatchObject(replaced);
      }
    });

    it("refuses to create a user whose name is taken, and takes that user over with adopt", async () => {
      const { id, inputs } = await made(one);
      const { message, halfDone } = await refusalOf(provider.create(inputs));
      expect(message).toContain(`already has a user named "ann" (id ${id})`);
      expect(message).toContain(
        "This resource has that user: to replace it, give it the option deleteBeforeReplace: true.",
      );
      expect(halfDone).toBeUndefined();
      const adopted = await made({ ...one, displayName: "Adopted", adopt: true });
      expect(adopted.id).toBe(id);
      expect(await live()).toMatchObject({ displayName: "Adopted" });
    });

    it("leaves the user in the account when onDelete is retain", async () => {
      const { id, outputs } = await made({ ...one, onDelete: "retain" });
      await later.remove(id, outputs);
      expect(await live()).toMatchObject({ displayName: "Ann" });
      await later.remove(id, { ...outputs, onDelete: "delete" });
      expect(await live()).toBeUndefined();
    });

    it("says why a call failed in one sentence of its own, without a stack", async () => {
      const { id, inputs, outputs } = await made(one);
      const refusals = [
        () => provider.diff(id, outputs, inputs),
        () => provider.read(id, outputs),
        () => provider.update(id, outputs, inputs),
        () => later.remove(id, outputs),
        () => provider.create(inputs),
      ];
      for (const ask of refusals) {
        await account.emulator.control.fault({ kind: "error", status: 403, code: "NoPermission" });
        const { message, halfDone } = await refusalOf(ask());
        expect(message).toMatch(
          /^\S+ refused \w+ \(NoPermission: .*\)\. Grant the caller's RAM policy this action\.$/,
        );
        expect(halfDone).toBeUndefined();
      }
    });
  },
);

describe("a process on another copy of Pulumi's SDK", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "pulumi-alicloud-users-"));
    await cp(path.join(repository, "node_modules/@pulumi/pulumi"), folder, { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("ignores what the program's own class passes on of ignoreChanges", async () => {
    const env = { ...account.env, NODE_PATH: path.join(repository, "node_modules") };
    const other = await startDynamicProcess(
      env,
      {},
      { script: path.join(folder, "cmd/dynamic-provider/index.js") },
    );
    const { id, outputs } = await made(ram({ userName: "ann", displayName: "Ann" }));
    const news = ram({ userName: "ann", displayName: "Ann B." });
    expect(await other.diff(id, outputs, news, ["displayName"])).toMatchObject({ changes: true });
    const told = { ...news, ...packHidden({ ignored: ["displayName"] }) };
    expect(await other.diff(id, outputs, told, ["displayName"])).toMatchObject({ changes: false });
    await other.stop();
  });
});

describe("wrong settings", () => {
  const settings = [
    {
      what: "half of an access key",
      env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "testid" },
      config: {},
      said: /Half of an access key is set.*ALIBABA_CLOUD_ACCESS_KEY_SECRET/,
    },
    {
      what: "endpoints that are none",
      env: {},
      config: { "alicloud:endpoints": '{"ram":"no address"}' },
      said: /^The setting alicloud:endpoints cannot be read/,
    },
  ];

  it.each(settings)("are named for every user, without any other line, for $what", async (given) => {
    const misled = await startDynamicProcess(given.env, given.config);
    const news = ram({ userName: "ann" });
    for (const request of [misled.check({}, news), misled.read("1", news), misled.remove("1", news)])
      expect((await refusalOf(request)).message).toMatch(given.said);
    expect(misled.console()).toBe("");
    await misled.stop();
  });
});
