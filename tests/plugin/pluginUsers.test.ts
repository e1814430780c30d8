import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, bastionHost, openAccount } from "../support/account";
import { without } from "../support/without";
import { driftedKey } from "../../provider/core/state";
import {
  type PluginProcess,
  type Recorded,
  secret,
  startPlugin,
  unknown,
  urnOf,
} from "../support/pluginProcess";
import { type Properties, refusalOf } from "../support/providerProcess";
import { bareId, sampleUsers } from "../support/sampleUsers";

let account: Account;
let plugin: PluginProcess;

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
  const { ram, bastionhost, eiam } = await account.emulator.control.snapshot();
  eiam.instances[0]!.customFields.push({ fieldName: "employee-no" });
  await account.emulator.control.restore({ ram, bastionhost, eiam });
});
afterAll(() => account.close());
// What was read in one run is not known in the next.
beforeEach(async () => {
  plugin = await startPlugin(account.env);
});
afterEach(async () => {
  expect(plugin.console()).toBe("");
  await plugin.stop();
  await account.empty();
});

/** Checks and creates, as the first up does. */
async function made(kind: string, news: Properties, name?: string): Promise<Recorded> {
  const urn = urnOf(kind, name);
  const { inputs, failures } = await plugin.check(urn, news);
  expect(failures).toEqual([]);
  const created = await plugin.create(urn, inputs);
  await account.emulator.control.forgetCalls();
  return created;
}

const calls = async () => (await account.emulator.control.calls()).byAction;
const lines = () => plugin.log().map(({ message }) => message);

/** The values as the engine keeps them. */
const marked = (values: Properties): Properties =>
  "password" in values ? { ...values, password: secret(values.password) } : values;

describe.each(sampleUsers)("a $kind of the plugin", (sample) => {
  const { kind, one, text, idForm, users, changeOutside, deleteOutside } = sample;
  const urn = urnOf(kind);

  it("is created, compared, updated and deleted", async () => {
    const user = await made(kind, one);
    expect(user.id).toMatch(idForm);
    expect(user.inputs).toEqual(marked(one));
    expect(user.outputs).toEqual({ ...marked(one), userId: bareId(user.id) });
    expect(await plugin.diff(user, user.inputs)).toMatchObject({
      changes: false,
      replaces: [],
      detailed: {},
    });

    const news = { ...user.inputs, displayName: "Ann B." };
    const detailed = { displayName: "UPDATE" };
    expect(await plugin.diff(user, news)).toMatchObject({ changes: true, replaces: [], detailed });
    const updated = await plugin.update(user, news);
    expect(updated.outputs).toEqual({ ...user.outputs, displayName: "Ann B." });
    expect(await users(account)).toEqual([expect.objectContaining({ displayName: "Ann B." })]);

    const later = await startPlugin(account.env);
    await later.remove(updated);
    await later.remove(updated);
    expect(await users(account)).toEqual([]);
    await later.stop();
  });

  it("asks the engine to read it before every comparison", async () => {
    const created = await plugin.create(urn, one);
    const answers = [
      created,
      await plugin.create(urn, one, { preview: true }),
      await plugin.read(created),
      await plugin.update(created, { ...one, displayName: "Ann B." }),
      await plugin.update(created, { ...one, displayName: "Ann B." }, { preview: true }),
    ];
    expect(answers.map(({ refreshes }) => refreshes)).toEqual([true, true, true, true, true]);
  });

  it("is created by the type in its URN when the engine sends no type", async () => {
    const child = `urn:pulumi:test::test::my:index:Component$alicloud-users:index:${kind}::sample`;
    expect(await plugin.check(child, one)).toMatchObject({ inputs: marked(one), failures: [] });
  });

  describe("when it is read", () => {
    it("has the account's values, and is compared without another call", async () => {
      const user = await made(kind, one);
      await changeOutside(account, user.id);
      await account.emulator.control.forgetCalls();
      const read = await plugin.read(user);
      expect(read).toMatchObject({ id: user.id, inputs: { displayName: "Hacked" } });
      expect(read.inputs).toEqual({ ...user.inputs, displayName: "Hacked" });
      expect(Object.values(await calls())).toEqual([1]);
      await plugin.check(urn, one);
      const cost = await calls();
      expect(await plugin.diff(read, user.inputs)).toMatchObject({ detailed: { displayName: "UPDATE" } });
      expect(await calls()).toEqual(cost);
      expect(plugin.log()).toEqual([
        { severity: "warning", urn, message: 'drift: displayName: "Hacked" => "Ann"' },
      ]);
    });

    it("is imported by its id or its name, with everything that a program has to declare", async () => {
      const user = await made(kind, one);
      const place = user.id.slice(0, -bareId(user.id).length);
      const another = await startPlugin(account.env);
      for (const id of [user.id, `${place}ann`]) {
        const read = await another.read({ urn, id });
        expect(read.id).toBe(user.id);
        expect(read.inputs).toEqual({ ...without(one, "password"), __imported: true });
        expect(read.outputs).toMatchObject({ ...without(one, "password"), userId: bareId(user.id) });
      }
      await another.stop();
    });

    it("is not imported once more, since the engine would then delete it", async () => {
      const user = await made(kind, one);
      const another = await startPlugin(account.env);
      await another.read(user);
      const { message } = await refusalOf(another.read({ urn, id: user.id }));
      expect(message).toMatch(/is in the state already\. Take the option import out of the program/);
      await another.stop();
    });

    it("stands in the way of its replacement where the engine does not delete it first, and the way out is named", async () => {
      const user = await made(kind, one);
      const another = await startPlugin(account.env);
      await another.read(user);
      const { message } = await refusalOf(another.create(urn, user.inputs));
      expect(message).toContain("to replace it, give it the option deleteBeforeReplace: true.");
      await another.stop();
    });

    it("keeps in the account what no program has declared since its import", async () => {
      const { id } = await made(kind, one);
      const another = await startPlugin(account.env);
      const imported = await another.read({ urn, id });
      const declared = without(imported.inputs, "displayName", "__imported");
      expect(await another.diff({ ...imported, urn, id }, declared)).toMatchObject({ changes: false });
      // The engine records the program's inputs, and reads the user before it compares again.
      const recorded = { ...imported, urn, id, inputs: declared };
      const since = await another.read(recorded);
      expect(since.outputs).not.toHaveProperty("displayName");
      expect(since.outputs).not.toHaveProperty("__imported");
      await another.stop();
    });

    it("is refused in a sentence when an import names no user, or has another form", async () => {
      const { id } = await made(kind, one);
      const text = `${id.slice(0, -bareId(id).length)}nobody`;
      const { message } = await refusalOf(plugin.read({ urn, id: text }));
      expect(message).toMatch(new RegExp(`^There is no ${kind} "${text}"\\. Use \\S+ or \\S+\\.$`));
      const other = kind === "RamUser" ? "no one" : "nobody";
      expect((await refusalOf(plugin.read({ urn, id: other }))).message).toMatch(
        new RegExp(`"${other}" does not name a ${kind}\\. Use \\S+ or \\S+\\.$`),
      );
    });

    it("leaves the state when it was deleted outside, which its row says once", async () => {
      const user = await made(kind, one);
      await deleteOutside(account, user.id);
      const nobody = { id: "", inputs: {}, outputs: {} };
      expect(await plugin.read(user)).toMatchObject(nobody);
      expect(lines()).toEqual([]);
      const message = `drift: gone: the account has no user "ann" (${user.id}) any more; it will be recreated`;
      for (const expected of [[{ severity: "warning", urn, message }], []]) {
        await plugin.create(urn, one, { preview: true });
        expect(plugin.log()).toEqual(expected);
      }
    });
  });

  it("shows a change when a dynamic resource wrote the state; an update without a call converts it", async () => {
    const user = await made(kind, one);
    const moved = { ...user, outputs: without(user.outputs, "userId") };
    expect(await plugin.diff(moved, user.inputs)).toMatchObject({
      changes: true,
      replaces: [],
      detailed: {},
    });
    expect((await plugin.update(moved, user.inputs)).outputs).toEqual(user.outputs);
    expect(await account.writes()).toEqual([]);
  });

  describe("with a secret", () => {
    const declared = { ...one, displayName: secret("Wonderland"), [text]: "one" };

    it("marks it wherever the engine receives it", async () => {
      const { inputs } = await plugin.check(urn, declared);
      expect(inputs.displayName).toEqual(secret("Wonderland"));
      const answers = [await plugin.create(urn, inputs, { preview: true }), await plugin.create(urn, inputs)];
      const user = answers[1]!;
      answers.push(
        await plugin.read(user),
        await plugin.update(user, { ...inputs, [text]: "two" }),
        await plugin.update(user, { ...inputs, [text]: "two" }, { preview: true }),
      );
      for (const { outputs } of answers) expect(outputs.displayName).toEqual(secret("Wonderland"));
      expect(answers[2]!.inputs.displayName).toEqual(secret("Wonderland"));
    });

    it("shows its drift without the value, and keeps the declared value in the state, marked", async () => {
      const user = await made(kind, declared);
      await changeOutside(account, user.id);
      const read = await plugin.read(user);
      expect(read.inputs.displayName).toEqual(secret("Wonderland"));
      expect(read.outputs.displayName).toEqual(secret("Wonderland"));
      expect(read.outputs).not.toHaveProperty(driftedKey);
      await plugin.check(urn, user.inputs);
      await plugin.diff(read, user.inputs);
      expect(lines()).toEqual(["drift: displayName: [secret] => [secret]"]);
    });
  });
});

// Nothing of it depends on the kind.
describe.each([sampleUsers[2]!])("a user of the plugin, here a $kind,", (sample) => {
  const { kind, one, named, text, unique, users, changeOutside, deleteOutside } = sample;
  const urn = urnOf(kind);

  describe("in a preview", () => {
    it("is created with no more than a look for its name; its id is unknown", async () => {
      const { inputs } = await plugin.check(urn, one);
      await account.emulator.control.forgetCalls();
      const { id, outputs } = await plugin.create(urn, inputs, { preview: true });
      expect({ id, outputs }).toEqual({ id: "", outputs: { ...marked(one), userId: unknown } });
      expect(Object.values(await calls())).toEqual([1]);
      expect(await account.writes()).toEqual([]);
    });

    it("is updated without a call, and keeps its id", async () => {
      const user = await made(kind, one);
      const { outputs } = await plugin.update(
        user,
        { ...user.inputs, displayName: unknown },
        { preview: true },
      );
      expect(outputs).toEqual({ ...user.outputs, displayName: unknown });
      expect(await calls()).toEqual({});
    });
  });

  describe("with an engine that does not read before it compares", () => {
    it("is read once for the comparison, which shows drift", async () => {
      const user = await made(kind, one);
      await changeOutside(account, user.id);
      await account.emulator.control.forgetCalls();
      const diff = await plugin.diff(user, user.inputs);
      expect(diff).toMatchObject({ changes: true, replaces: [], detailed: { displayName: "UPDATE" } });
      expect(Object.values(await calls())).toEqual([1]);
      expect(lines()).toEqual(['drift: displayName: "Hacked" => "Ann"']);
    });

    it("is recreated when it was deleted outside", async () => {
      const user = await made(kind, one);
      await deleteOutside(account, user.id);
      const recreated = { changes: true, replaces: [unique], deleteBeforeReplace: true };
      expect(await plugin.diff(user, user.inputs)).toMatchObject(recreated);
      expect(lines()).toEqual([expect.stringMatching(/^drift: gone: .*; it will be recreated$/)]);
    });
  });

  describe("a comparison", () => {
    it("shows what is added, changed and removed in the inputs", async () => {
      const user = await made(kind, { ...named, [text]: "one" });
      const news = { ...named, displayName: "Ann" };
      expect(await plugin.diff(user, { ...news, [text]: "two" })).toMatchObject({
        detailed: { displayName: "ADD", [text]: "UPDATE" },
        areInputs: true,
      });
      expect(await plugin.diff(user, news)).toMatchObject({
        detailed: { displayName: "ADD", [text]: "DELETE" },
      });
    });

    it("counts an unknown value as a change", async () => {
      const user = await made(kind, one);
      const news = { ...user.inputs, displayName: unknown };
      expect(await plugin.diff(user, news)).toMatchObject({ detailed: { displayName: "UPDATE" } });
      expect(lines()).toEqual(['change: displayName: "Ann" => (known after up)']);
    });

    it("logs a line once in a run", async () => {
      const user = await made(kind, one);
      const news = { ...user.inputs, displayName: "Ann B." };
      await plugin.diff(user, news);
      expect(lines()).toEqual(['change: displayName: "Ann" => "Ann B."']);
      await plugin.diff(user, news);
      expect(lines()).toEqual([]);
    });

    it.each([["displayName"], ['["displayName"]'], ["*"]])(
      "ignores what ignoreChanges names as %s, and so does an update",
      async (ignored) => {
        const user = await made(kind, one);
        await changeOutside(account, user.id);
        await account.emulator.control.forgetCalls();
        const ignoreChanges = [ignored];
        expect(await plugin.diff(user, user.inputs, { ignoreChanges })).toMatchObject({ changes: false });
        expect(lines()).toEqual([]);
        await plugin.update(user, user.inputs, { ignoreChanges });
        expect(await account.writes()).toEqual([]);
        expect(await users(account)).toEqual([expect.objectContaining({ displayName: "Hacked" })]);
      },
    );
  });
});

describe("a secret of the plugin's users", () => {
  it.each(sampleUsers.filter(({ one }) => "password" in one || one.username !== undefined))(
    "is the password of a $kind that a program declares in plain text",
    async ({ kind, one }) => {
      const user = await made(kind, { ...one, password: "Correct-Horse-7" });
      const password = secret("Correct-Horse-7");
      expect([user.inputs.password, user.outputs.password]).toEqual([password, password]);
      const news = { ...user.inputs, password: "Correct-Horse-8" };
      await plugin.diff(user, news);
      expect(lines()).toEqual(["change: password: [secret] => [secret]"]);
      expect((await plugin.update(user, news)).outputs.password).toEqual(secret("Correct-Horse-8"));
    },
  );

  it("is a whole map with one secret field in it; drift of a field is shown without its value", async () => {
    const { named, kind } = sampleUsers[2]!;
    const customFields = { nick_name: secret("Caz"), "employee-no": "7" };
    const user = await made(kind, { ...named, customFields });
    const whole = secret({ nick_name: "Caz", "employee-no": "7" });
    expect([user.inputs.customFields, user.outputs.customFields]).toEqual([whole, whole]);
    await plugin.diff(user, { ...named, customFields: { "employee-no": "8", nick_name: "Cazzie" } });
    expect(lines().sort()).toEqual([
      "change: customFields.employee-no: [secret] => [secret]",
      "change: customFields.nick_name: [secret] => [secret]",
    ]);
  });

  it("stays secret among the old values that a half-done update keeps", async () => {
    const { named, kind } = sampleUsers[2]!;
    const user = await made(kind, { ...named, description: secret("Wonderland") });
    await deny("Eiam", "UpdateUserDescription");
    const news = { ...named, displayName: "Ann", description: "Looking-glass" };
    const { halfDone } = await refusalOf(plugin.update(user, news));
    expect(halfDone!.properties).toMatchObject({ description: secret("Wonderland") });
  });
});

const deny = (product: "Bastionhost" | "Eiam", action: string) =>
  account.emulator.control.fault({ product, action, kind: "error", status: 403, code: "NoPermission" });

describe("a comparison of the plugin", () => {
  const { kind, one, named } = sampleUsers[1]!;
  const eiam = sampleUsers[2]!;

  it("shows which changes replace the user, which is deleted first", async () => {
    const ofRam = { instanceId: bastionHost, source: "Ram", sourceUserId: "1", userName: "ann" };
    const user = await made(kind, { ...one, source: "Local" });
    expect(await plugin.diff(user, { ...ofRam, displayName: "Ann", comment: "one" })).toMatchObject({
      replaces: ["source", "sourceUserId"],
      deleteBeforeReplace: true,
      detailed: { source: "UPDATE_REPLACE", sourceUserId: "ADD_REPLACE", password: "DELETE" },
    });
  });

  it("names custom fields as the engine does", async () => {
    const customFields = { nick_name: "Caz", "employee-no": "7" };
    const user = await made(eiam.kind, { ...eiam.named, customFields });
    const news = { ...eiam.named, customFields: { nick_name: "Cazzie" } };
    expect(await plugin.diff(user, news)).toMatchObject({
      detailed: { "customFields.nick_name": "UPDATE", 'customFields["employee-no"]': "DELETE" },
      areInputs: true,
    });
    const all = { ...named, customFields: { ...customFields, age: "10" } };
    expect((await plugin.diff(user, { ...eiam.named, customFields: all.customFields })).detailed).toEqual({
      "customFields.age": "ADD",
    });
  });

  it("ignores one custom field that ignoreChanges names in either spelling", async () => {
    const customFields = { nick_name: "Caz", "employee-no": "7" };
    const user = await made(eiam.kind, { ...eiam.named, customFields });
    const news = { ...eiam.named, customFields: { nick_name: "Cazzie", "employee-no": "8" } };
    const detailOf = async (path: string) =>
      Object.keys((await plugin.diff(user, news, { ignoreChanges: [path] })).detailed);
    expect(await detailOf("customFields.nick_name")).toEqual(['customFields["employee-no"]']);
    expect(await detailOf('customFields["nick_name"]')).toEqual(['customFields["employee-no"]']);
    expect(await detailOf('customFields["employee-no"]')).toEqual(["customFields.nick_name"]);
  });
});

describe("a preview of the plugin refuses what up could not do", () => {
  const { kind, one, named } = sampleUsers[1]!;

  it("to create a Local user of Bastionhost without a password", async () => {
    const { inputs, failures } = await plugin.check(urnOf(kind), without(one, "password"));
    expect(failures).toEqual([]);
    const { message } = await refusalOf(plugin.create(urnOf(kind), inputs, { preview: true }));
    expect(message).toContain('"password"');
  });

  it("to clear a value that the API cannot clear", async () => {
    const user = await made(kind, one);
    for (const preview of [true, false]) {
      const { message } = await refusalOf(plugin.update(user, named, { preview }));
      expect(message).toMatch(
        /^"displayName" was removed, but the API cannot clear it\..* "comment" was removed/,
      );
    }
    expect(await calls()).toEqual({});
  });
});

describe.each([
  { kind: "BastionhostUser", product: "Bastionhost", refused: "LockUsers", last: { locked: true } },
  { kind: "EiamUser", product: "Eiam", refused: "DisableUser", last: { status: "disabled" } },
] as const)("a $kind of the plugin that came half way", ({ kind, product, refused, last }) => {
  const { named, text, users } = sampleUsers.find((sample) => sample.kind === kind)!;
  const declared = { ...named, displayName: secret("Wonderland"), [text]: "one" };

  it("in its create is recorded with what it has; the next update sends the rest", async () => {
    const { inputs } = await plugin.check(urnOf(kind), { ...declared, ...last });
    await deny(product, refused);
    const { message, halfDone } = await refusalOf(plugin.create(urnOf(kind), inputs));
    expect(message).toContain(`refused ${refused} (NoPermission`);
    const [{ userId }] = (await users(account)) as [{ userId: string }];
    expect(halfDone).toEqual({
      id: expect.stringMatching(new RegExp(`:${userId}$`)),
      properties: { ...marked(declared), userId },
      inputs,
      reasons: [message],
      refreshBeforeUpdate: true,
    });
    const user = { urn: urnOf(kind), id: halfDone!.id, inputs, outputs: halfDone!.properties };
    expect((await plugin.diff(user, inputs)).changes).toBe(true);
    expect((await plugin.update(user, inputs)).outputs).toEqual({ ...inputs, userId });
  });

  it("in an update is recorded as far as it got; old and new secrets stay marked", async () => {
    const user = await made(kind, { ...declared, ...(kind === "EiamUser" ? {} : { locked: false }) });
    const news = { ...marked(named), displayName: "Ann B.", [text]: secret("Looking-glass"), ...last };
    await deny(product, refused);
    const { message, halfDone } = await refusalOf(plugin.update(user, news));
    expect(halfDone).toMatchObject({
      id: user.id,
      properties: { displayName: secret("Ann B."), [text]: secret("Looking-glass") },
      inputs: { ...without(news, "displayName") },
      reasons: [message],
      refreshBeforeUpdate: true,
    });
  });
});
