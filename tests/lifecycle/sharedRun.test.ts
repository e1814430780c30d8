import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, openAccount } from "../support/account";
import { startDynamicProcess } from "../support/dynamicProcess";
import { dynamicInputs } from "../support/dynamicInputs";
import { without } from "../support/without";
import { startPlugin, urnOf } from "../support/pluginProcess";
import { type MadeUpEngine, type Properties, refusalOf, startEngine } from "../support/providerProcess";
import { bareId, sampleUsers } from "../support/sampleUsers";

/** A provider's process that creates and removes, whichever frontend it is. */
interface Provider {
  create(name: string, kind: string, declared: Properties): Promise<{ id: string; outputs: Properties }>;
  remove(name: string, kind: string, id: string, outputs: Properties): Promise<unknown>;
  /** Compares a user that the program declares as the state has it. */
  keep(name: string, kind: string, id: string, outputs: Properties): Promise<unknown>;
  stop(): Promise<void>;
}

let account: Account;
let engine: MadeUpEngine;
/** The engines of other runs. */
let elsewhere: MadeUpEngine[];
/** Where the processes keep their temporary files. */
let folder: string;
/** Where they keep their journal. */
let journal: string;
let started: Provider[];

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
});
afterAll(() => account.close());
beforeEach(async () => {
  [engine, folder] = [await startEngine(), await mkdtemp(path.join(tmpdir(), "shared-run-"))];
  journal = path.join(folder, "journal");
  [started, elsewhere] = [[], []];
});
afterEach(async () => {
  await Promise.all(started.map(({ stop }) => stop()));
  for (const each of [engine, ...elsewhere]) each.stop();
  await rm(folder, { recursive: true });
  await account.empty();
});

const frontends = {
  async dynamic(beside = engine, TMPDIR = folder): Promise<Provider> {
    const { check, diff, create, remove, stop } = await startDynamicProcess(
      { ...account.env, ALICLOUD_USERS_JOURNAL: journal, TMPDIR },
      {},
      { engine: beside },
    );
    const handed = (name: string, kind: string, values: Properties) => dynamicInputs(kind, values, name);
    return kept({
      create: (name, kind, declared) => create(handed(name, kind, declared)),
      remove: (name, kind, id, outputs) => remove(id, handed(name, kind, outputs)),
      async keep(name, kind, id, outputs) {
        const values = handed(name, kind, outputs);
        await check(values, values);
        await diff(id, values, values);
      },
      stop,
    });
  },
  async plugin(beside = engine, TMPDIR = folder): Promise<Provider> {
    const variables = { ...account.env, ALICLOUD_USERS_JOURNAL: journal, TMPDIR };
    const { check, diff, create, remove, stop } = await startPlugin(variables, {}, beside);
    return kept({
      create: (name, kind, declared) => create(urnOf(kind, name), declared),
      remove: (name, kind, id, outputs) => remove({ urn: urnOf(kind, name), id, inputs: outputs, outputs }),
      async keep(name, kind, id, outputs) {
        const { inputs } = await check(urnOf(kind, name), without(outputs, "userId", "__claim"));
        await diff({ urn: urnOf(kind, name), id, inputs, outputs }, inputs);
      },
      stop,
    });
  },
};

function kept(provider: Provider): Provider {
  started.push(provider);
  return provider;
}

async function anotherEngine(): Promise<MadeUpEngine> {
  const another = await startEngine();
  elsewhere.push(another);
  return another;
}

const warnings = () => engine.lines.splice(0).filter(({ severity }) => severity === "warning");

/** The one file of records, as its folder holds it. */
async function records() {
  const own = (await readdir(folder)).find((name) => name !== path.basename(journal));
  const place = path.join(folder, own!);
  const names = await readdir(place);
  return {
    place,
    names,
    texts: await Promise.all(names.map((name) => readFile(path.join(place, name), "utf8"))),
  };
}

describe.each([
  { first: "dynamic", second: "plugin", sample: sampleUsers[0]! },
  { first: "plugin", second: "dynamic", sample: sampleUsers[1]! },
  { first: "plugin", second: "plugin", sample: sampleUsers[2]! },
] as const)(
  "a user that one process of a run adopted ($first) and another should delete ($second)",
  (order) => {
    it.each([order.sample])("stays: $kind", async ({ kind, one, users }) => {
      const [before, first, second] = await Promise.all([
        frontends[order.first](await anotherEngine()),
        frontends[order.first](),
        frontends[order.second](),
      ]);
      const { id, outputs } = await before.create("old", kind, one);
      expect((await first.create("new", kind, { ...one, adopt: true })).id).toBe(id);
      await account.emulator.control.forgetCalls();
      warnings();
      for (const onDelete of ["delete", "lock"])
        await second.remove("old", kind, id, { ...outputs, onDelete });
      const [told] = warnings();
      expect(told!.urn).toMatch(/::old$/);
      expect(told!.message).toBe(
        `${id} was left in the account: this run has created or adopted it. ` +
          'A resource that is renamed or moved needs the option aliases: [{ name: "old" }].',
      );
      expect(await account.writes()).toEqual([]);
      expect(await users(account)).toMatchObject([{ userId: bareId(id) }]);
    });
  },
);

/** Two processes of runs that know of each other by what is shared alone. */
const orders = [
  { first: "dynamic", second: "plugin" },
  { first: "plugin", second: "dynamic" },
] as const;

describe.each(orders)("a user that the state holds twice, as $first and as $second", ({ first, second }) => {
  const adopted = async (sample: (typeof sampleUsers)[number]) => {
    const before = await frontends[second](await anotherEngine());
    const old = await before.create("old", sample.kind, sample.one);
    const failed = await frontends[first](await anotherEngine());
    const own = await failed.create("own", sample.kind, { ...sample.one, adopt: true });
    expect(own.id).toBe(old.id);
    await Promise.all([before.stop(), failed.stop()]);
    await account.emulator.control.forgetCalls();
    warnings();
    return { old, own };
  };

  it.each([sampleUsers[0]!])("stays while the program declares one of the two: $kind", async (sample) => {
    const { old, own } = await adopted(sample);
    await rm(journal, { recursive: true });
    const keeper = await frontends[first]();
    const remover = await frontends[second]();
    await keeper.keep("own", sample.kind, own.id, own.outputs);
    await remover.remove("old", sample.kind, old.id, old.outputs);
    expect(warnings().map(({ message }) => message)).toEqual([
      `${old.id} was left in the account: another resource of the program declares it as well.`,
    ]);
    expect(await account.writes()).toEqual([]);
  });

  it.each([sampleUsers[1]!])("stays when a run removes the older one alone: $kind", async (sample) => {
    const { old, own } = await adopted(sample);
    const remover = await frontends[second]();
    await remover.remove("old", sample.kind, old.id, old.outputs);
    expect(warnings()[0]!.message).toMatch(
      /was left in the account: the resource "own" of the stack "test" \(project test\) has taken it over on \d{4}-\d\d-\d\d\./,
    );
    expect(await account.writes()).toEqual([]);
    await (await frontends[first]()).remove("own", sample.kind, own.id, own.outputs);
    expect(await sample.users(account)).toEqual([]);
  });
});

describe.each(["dynamic", "plugin"] as const)(
  "a user that one resource holds twice, as a failed replacement left it: %s",
  (frontend) => {
    it.each([sampleUsers[2]!])(
      "stays when the copy that is pending delete goes: $kind",
      async ({ kind, one, users }) => {
        const before = await frontends[frontend](await anotherEngine());
        const old = await before.create("own", kind, one);
        const replaced = await frontends[frontend](await anotherEngine());
        const own = await replaced.create("own", kind, { ...one, adopt: true });
        await rm(journal, { recursive: true });
        await account.emulator.control.forgetCalls();
        warnings();
        const next = await frontends[frontend]();
        await next.keep("own", kind, own.id, own.outputs);
        await next.remove("own", kind, old.id, old.outputs);
        expect(warnings().map(({ message }) => message)).toEqual([
          `${old.id} was left in the account: this resource itself declares it as well.`,
        ]);
        expect(await account.writes()).toEqual([]);
        await next.remove("own", kind, own.id, own.outputs);
        expect(await users(account)).toEqual([]);
      },
    );
  },
);

describe("a user that another process created", () => {
  const [{ kind, one, users }] = sampleUsers as [(typeof sampleUsers)[number]];

  it("is deleted by another run, and by the next run on the same port once that process has ended", async () => {
    const first = await frontends.plugin();
    const other = await frontends.plugin(await anotherEngine());
    const { id, outputs } = await first.create("a", kind, one);
    await other.remove("a", kind, id, outputs);
    expect(await users(account)).toEqual([]);

    const again = await first.create("a", kind, one);
    await first.stop();
    const next = await frontends.dynamic();
    await next.remove("a", kind, again.id, again.outputs);
    expect(await users(account)).toEqual([]);
  });

  it("is recorded as a digest, in a private folder", async () => {
    const { id } = await (await frontends.plugin()).create("a", kind, one);
    const { place, names, texts } = await records();
    expect((await stat(place)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(place, names[0]!))).mode & 0o777).toBe(0o600);
    expect(texts.join("")).toMatch(/^([0-9a-f]{64}\n)+$/);
    expect(texts.join("")).not.toContain(id);
  });

  it("leaves no record forever: the next process that writes one removes those of ended processes", async () => {
    const ended = spawn(process.execPath, ["--version"], { stdio: "ignore" });
    await once(ended, "exit");
    const first = await frontends.plugin();
    await first.create("a", kind, one);
    const { place, names } = await records();
    await writeFile(path.join(place, `127-0-0-1-1.${ended.pid}`), "");
    await (await frontends.dynamic()).create("b", kind, { ...one, userName: "bea" });
    expect((await records()).names).toEqual(expect.arrayContaining(names));
    expect((await records()).names).toHaveLength(2);
  });

  it.each([
    ["no file can be written", async () => path.join(folder, "absent")],
    [
      "the folder is open to others",
      async () => {
        const open = path.join(folder, `pulumi-alicloud-users-${process.getuid!()}`);
        await mkdir(open);
        await chmod(open, 0o777);
        return folder;
      },
    ],
  ])("is known to that process only, when %s", async (_where, prepare) => {
    const place = await prepare();
    if (place !== folder) await writeFile(place, "a file, not a folder");
    const first = await frontends.plugin(engine, place);
    const other = await frontends.dynamic(engine, place);
    const { id, outputs } = await first.create("a", kind, one);
    await first.remove("b", kind, id, outputs);
    expect(await users(account)).toHaveLength(1);
    await other.remove("b", kind, id, outputs);
    expect(await users(account)).toEqual([]);
  });
});

describe("a create that failed", () => {
  it.each([sampleUsers[2]!])(
    "keeps a user of that name in the state, whichever process should delete it: $kind",
    async (sample) => {
      const { kind, one, users } = sample;
      const before = await frontends.plugin(await anotherEngine());
      const first = await frontends.dynamic();
      const second = await frontends.plugin();
      const { id, outputs } = await before.create("old", kind, one);
      await account.emulator.control.fault({ kind: "error", status: 403, code: "NoPermission" });
      await refusalOf(first.create("new", kind, { ...one, adopt: true }));
      const { message } = await refusalOf(second.remove("old", kind, id, outputs));
      expect(message).toContain(`${id} was not deleted and stays in the state`);
      expect(await users(account)).toHaveLength(1);
    },
  );
});
