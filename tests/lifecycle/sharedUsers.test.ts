import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { packHidden } from "../../provider/core/state";
import { type Account, openAccount } from "../support/account";
import { without } from "../support/without";
import { dynamicInputs } from "../support/dynamicInputs";
import { startDynamicProcess } from "../support/dynamicProcess";
import { startPlugin, urnOf } from "../support/pluginProcess";
import type { Properties } from "../support/providerProcess";
import { killed, saidBy } from "../support/eitherProcess";
import { bareId, sampleUsers } from "../support/sampleUsers";

interface Made {
  id: string;
  outputs: Properties;
}

/** A provider's process of one run of a stack. */
interface Run {
  /** Ends its process as `kill -9` does. */
  kill(): Promise<void>;
  create(kind: string, declared: Properties): Promise<Made>;
  /** Compares a user that the program declares as the state has it. Returns the warnings. */
  keep(kind: string, made: Made): Promise<string[]>;
  /** Removes the user. Returns the warnings. */
  remove(kind: string, made: Made): Promise<string[]>;
  stop(): Promise<void>;
}

let account: Account;
let journal: string;
let runs: Run[];

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
});
afterAll(() => account.close());
beforeEach(async () => {
  [journal, runs] = [await mkdtemp(path.join(tmpdir(), "two-stacks-")), []];
});
afterEach(async () => {
  await Promise.all(runs.map(({ stop }) => stop()));
  await rm(journal, { recursive: true });
  await account.empty();
});

const inStack = (stack: string, urn: string): string => urn.replace("urn:pulumi:test", `urn:pulumi:${stack}`);

const frontends = {
  async "dynamic resources"(stack: string, name: string): Promise<Run> {
    const started = await startDynamicProcess({ ...account.env, ALICLOUD_USERS_JOURNAL: journal });
    const handed = (kind: string, values: Properties): Properties => {
      const inputs = dynamicInputs(kind, values, name);
      return { ...inputs, ...packHidden({ urn: inStack(stack, String(inputs.__urn)) }) };
    };
    const warnings = () =>
      started.log().flatMap(({ severity, message }) => (severity === "warning" ? [message] : []));
    return {
      create: (kind, declared) => started.create(handed(kind, declared)),
      async keep(kind, { id, outputs }) {
        const values = handed(kind, outputs);
        await started.check(values, values);
        await started.diff(id, values, values);
        return warnings();
      },
      async remove(kind, { id, outputs }) {
        await started.remove(id, handed(kind, outputs));
        return warnings();
      },
      kill: () => killed(started.child),
      stop: started.stop,
    };
  },
  async "the plugin"(stack: string, name: string): Promise<Run> {
    const started = await startPlugin({ ...account.env, ALICLOUD_USERS_JOURNAL: journal });
    const urn = (kind: string): string => inStack(stack, urnOf(kind, name));
    const warnings = () =>
      started.log().flatMap(({ severity, message }) => (severity === "warning" ? [message] : []));
    return {
      create: (kind, declared) => started.create(urn(kind), declared),
      async keep(kind, { id, outputs }) {
        const { inputs } = await started.check(urn(kind), without(outputs, "userId", "__claim"));
        await started.diff({ urn: urn(kind), id, inputs, outputs }, inputs);
        return warnings();
      },
      async remove(kind, { id, outputs }) {
        await started.remove({ urn: urn(kind), id, inputs: outputs, outputs });
        return warnings();
      },
      kill: () => killed(started.child),
      stop: started.stop,
    };
  },
};

const names = Object.keys(frontends) as (keyof typeof frontends)[];

describe.each(names)("a user that two resources have, through %s,", (frontend) => {
  const runOf = async (stack: string, name = "user"): Promise<Run> => {
    const run = await frontends[frontend](stack, name);
    runs.push(run);
    return run;
  };

  const [{ kind, one, users }] = sampleUsers as [(typeof sampleUsers)[number]];

  it("stays while two stacks have it, whoever removes it", async () => {
    const made = await (await runOf("test")).create(kind, one);
    const taken = await (await runOf("second")).create(kind, { ...one, adopt: true });
    expect(taken.id).toBe(made.id);
    // The next run of the first stack sees that its user is another one's too, and says so.
    const [shared] = await (await runOf("test")).keep(kind, made);
    expect(shared).toContain(
      'is the user of two stacks: the resource "user" of the stack "second" (project test) has taken it over. Neither deletes it',
    );
    await expect((await runOf("second")).remove(kind, taken)).rejects.toThrow(
      `${taken.id} was not deleted and stays in the state: the resource "user" of the stack "test" (project test) has this user as ` +
        "well. Leave it to that one: pulumi state delete 'urn:pulumi:second::",
    );
    expect(await (await runOf("test")).remove(kind, made)).toEqual([
      expect.stringContaining('the resource "user" of the stack "second" (project test) has taken it over'),
    ]);
    expect(await users(account)).toMatchObject([{ userId: bareId(made.id) }]);
    // The second stack is its only one now.
    expect(await (await runOf("second")).remove(kind, taken)).toEqual([]);
    expect(await users(account)).toEqual([]);
  });

  it("stays when the second stack removes it before the first has run again", async () => {
    const made = await (await runOf("test")).create(kind, one);
    const taken = await (await runOf("second")).create(kind, { ...one, adopt: true });
    await expect((await runOf("second")).remove(kind, taken)).rejects.toThrow(
      `${taken.id} was not deleted and stays in the state: the resource "user" of the stack "test" (project test) has this user as ` +
        "well. Leave it to that one: pulumi state delete 'urn:pulumi:second::",
    );
    expect(await users(account)).toMatchObject([{ userId: bareId(made.id) }]);
    // Once the first stack has let it go, the second is its only one.
    await (await runOf("test")).remove(kind, made);
    expect(await (await runOf("second")).remove(kind, taken)).toEqual([]);
    expect(await users(account)).toEqual([]);
  });

  it("is removed once the note of a stack that does not have it any more is deleted, as the error says", async () => {
    await (await runOf("test")).create(kind, one);
    const taken = await (await runOf("second")).create(kind, { ...one, adopt: true });
    const said = await saidBy((await runOf("second")).remove(kind, taken));
    await rm(/delete the note of it and run again: (\S+)/.exec(said.join())![1]!);
    await (await runOf("second")).remove(kind, taken);
    expect(await users(account)).toEqual([]);
  });

  it("is not taken over by the resource that created it, once another stack has it", async () => {
    const first = await runOf("test");
    const made = await first.create(kind, one);
    await first.kill();
    // `pulumi state move`, and a run of the stack that has it now.
    expect(await (await runOf("second")).keep(kind, made)).toEqual([]);
    const said = await saidBy((await runOf("test")).create(kind, one));
    expect(said.join()).toMatch(
      /is not taken over: this resource created it, and since then it was moved\. As far as this machine knows, the resource "user" of the stack "second" .+ has this user\./,
    );
  });

  it("stays when the resource that created it takes it over, and it was moved to a stack that has not run yet", async () => {
    const first = await runOf("test");
    const moved = await first.create(kind, one);
    await first.kill();
    expect((await (await runOf("test")).create(kind, one)).id).toBe(moved.id);
    expect(await (await runOf("second")).remove(kind, moved)).toEqual([
      expect.stringContaining('the resource "user" of the stack "test" (project test) has taken it over'),
    ]);
    expect(await users(account)).toMatchObject([{ userId: bareId(moved.id) }]);
  });

  it("is not offered for adoption to a new resource of the same stack, which may be a joiner", async () => {
    await (await runOf("test", "leaver")).create(kind, one);
    const [said] = await saidBy((await runOf("test", "joiner")).create(kind, one));
    expect(said).toMatch(
      /\(id \S+\)\. The resource "leaver" of this stack has this user\. If it leaves the program in the same run, run pulumi up twice: .+aliases: \[\{ name: "leaver" \}\]\. Otherwise choose another name\.$/,
    );
    expect(said).not.toContain("adopt");
  });

  it("stays while two resources of a program have it, also in a run of one of them", async () => {
    const made = await (await runOf("test")).create(kind, one);
    // The engine may ask for this create before it compares the resource that has the user.
    const taken = await (await runOf("test", "twin")).create(kind, { ...one, adopt: true });
    await (await runOf("test")).keep(kind, made);
    await expect((await runOf("test", "twin")).remove(kind, taken)).rejects.toThrow(
      `${taken.id} was not deleted and stays in the state: the resource "user" of the stack "test" (project test) has this user as well.`,
    );
    expect(await users(account)).toMatchObject([{ userId: bareId(made.id) }]);
  });
});

it("a user that a second stack has imported stays, whichever stack removes it", async () => {
  const [{ kind, one, users }] = sampleUsers as [(typeof sampleUsers)[number]];
  const plugin = frontends["the plugin"];
  const first = await plugin("test", "user");
  const later = await plugin("test", "user");
  const second = await startPlugin({ ...account.env, ALICLOUD_USERS_JOURNAL: journal });
  try {
    const made = await first.create(kind, one);
    const urn = inStack("second", urnOf(kind, "user"));
    // What the engine asks in an import, by the option as by the command.
    const imported = await second.read({ urn, id: made.id });
    await second.check(urn, one);
    await second.diff(imported, one);
    await expect(second.remove(imported)).rejects.toThrow('the resource "user" of the stack "test"');
    expect(await later.remove(kind, made)).toEqual([
      expect.stringContaining('the resource "user" of the stack "second" (project test) has taken it over'),
    ]);
    expect(await users(account)).toMatchObject([{ userId: bareId(made.id) }]);
  } finally {
    await Promise.all([first, later, second].map(({ stop }) => stop()));
  }
});
