import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, openAccount } from "../support/account";
import { type EitherProcess, processes, saidBy } from "../support/eitherProcess";
import { findSecrets } from "../support/findSecrets";
import { executable, startPlugin as startPluginBy, urnOf } from "../support/pluginProcess";
import type { Properties } from "../support/providerProcess";
import { bareId, type SampleUser, sampleUsers } from "../support/sampleUsers";

let account: Account;
/** A folder for each test; the journal is below it. */
let root: string;
let journal: string;
const running: EitherProcess[] = [];

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
});
afterAll(() => account.close());
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "create-journal-"));
  journal = path.join(root, "journal");
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
  await account.emulator.control.reset();
  await rm(root, { recursive: true });
});

const onUnix = process.platform === "win32" ? it.skip : it;

const [ram, bastion, eiam] = sampleUsers as [SampleUser, SampleUser, SampleUser];

type Start = (env?: Record<string, string>) => Promise<EitherProcess>;

const [startDynamic, startPlugin] = processes.map(([, start]): Start => async (env) => {
  const started = await start({ ...account.env, ALICLOUD_USERS_JOURNAL: journal, ...env });
  running.push(started);
  return started;
}) as [Start, Start];

/** Lets the account create the user and kills the process that waits for the answer. */
async function killWhileCreating(process: EitherProcess, { kind }: SampleUser, values: Properties) {
  const { control } = account.emulator;
  await control.fault({ action: "CreateUser", kind: "delay", delayMs: 600_000 });
  const lost = saidBy(process.create(kind, values));
  while (!(await control.calls()).calls.some(({ action }) => action === "CreateUser"))
    await new Promise(setImmediate);
  await process.kill();
  await lost;
}

/** As the API does after a while that its page does not tell. */
async function forgetClientTokens(): Promise<void> {
  const { control } = account.emulator;
  const snapshot = await control.snapshot();
  for (const instance of snapshot.eiam.instances) instance.clientTokens = [];
  await control.restore(snapshot);
}

const takenOver = (process: EitherProcess): string[] =>
  process
    .log()
    .filter(({ message }) => message.includes("it is taken over"))
    .map(({ severity }) => severity);

const warnings = (process: EitherProcess): string[] =>
  process
    .log()
    .filter(
      ({ severity, message }) => severity === "warning" && message.includes("The journal of creates in"),
    )
    .map(({ message }) => message);

/** The files of the journal; beside them, the folder of the users that resources have. */
const files = async (folder = journal): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => name !== "users");

describe.each([
  ["dynamic resources", () => startDynamic],
  ["the plugin", () => startPlugin],
])("a user that a killed run of %s has created", (_frontend, starter) => {
  const start: Start = (env) => starter()(env);

  it.each([ram, bastion, eiam])("is taken over although its answer was lost: $kind", async (sample) => {
    await killWhileCreating(await start(), sample, sample.one);
    await forgetClientTokens();
    const made = await sample.users(account);
    expect(made).toHaveLength(1);
    const next = await start();
    const { id } = await next.create(sample.kind, sample.one);
    expect(bareId(id)).toBe(made[0]!.userId);
    expect(takenOver(next)).toEqual(["info"]);
    expect(await sample.users(account)).toEqual(made);
  });

  it("is taken over after every kill, and brought to what is declared by then", async () => {
    const ids: string[] = [];
    for (const displayName of ["Ann", "Anna", "Ann B."]) {
      const process = await start();
      ids.push((await process.create("RamUser", { ...ram.one, displayName })).id);
      await process.kill();
    }
    expect(new Set(ids).size).toBe(1);
    expect(await account.ramUsers()).toMatchObject([{ userId: ids[0], displayName: "Ann B." }]);
  });

  it("is in no journal any more once the state has it", async () => {
    const first = await start();
    const held = await first.create("RamUser", ram.one);
    await first.kill();
    expect(await files()).toHaveLength(1);
    await (await start()).preview(held, ram.one);
    expect(await files()).toEqual([]);
  });
});

it("takes over no user that somebody else has created under the name since", async () => {
  const first = await startPlugin();
  await first.create("RamUser", ram.one);
  await first.kill();
  await account.admin.ram("DeleteUser", { UserName: "ann" });
  await account.admin.ram("CreateUser", { UserName: "ann", DisplayName: "Ann", Comments: "one" });
  expect(await saidBy((await startPlugin()).create("RamUser", ram.one))).toEqual([
    expect.stringContaining("set adopt: true"),
  ]);
});

it("takes over no user for a resource of another name, stack or backend", async () => {
  const first = await startPlugin({ PULUMI_BACKEND_URL: "file:///one" });
  await first.create("RamUser", ram.one);
  await first.kill();
  const same = await startPlugin({ PULUMI_BACKEND_URL: "file:///one" });
  expect(await saidBy(same.create("RamUser", ram.one, [], "other"))).toEqual([
    expect.stringContaining('The resource "sample" of this stack has this user.'),
  ]);
  const other = await startPlugin({ PULUMI_BACKEND_URL: "file:///two" });
  expect(await saidBy(other.create("RamUser", ram.one))).toEqual([
    expect.stringContaining("set adopt: true"),
  ]);
});

it("keeps no user for a resource that was renamed after the state had it", async () => {
  const first = await startPlugin();
  const held = await first.create("RamUser", ram.one);
  await first.kill();
  const renamed = { ...held, urn: "urn:pulumi:test::test::alicloud-users:index:RamUser::renamed" };
  const next = await startPlugin();
  await next.refresh(renamed);
  expect(await saidBy(next.create("RamUser", ram.one))).toEqual([
    expect.stringContaining('The resource "renamed" of this stack has this user.'),
  ]);
});

it("takes over no user of a run that was killed more than 30 days ago, and drops its file", async () => {
  const first = await startPlugin();
  await first.create("RamUser", ram.one);
  await first.kill();
  const file = path.join(journal, (await files())[0]!);
  const longAgo = Date.now() - 31 * 86_400_000;
  await writeFile(file, (await readFile(file, "utf8")).replace(/"at":\d+/, `"at":${longAgo}`));
  const next = await startPlugin();
  expect(await saidBy(next.create("RamUser", ram.one))).toEqual([expect.stringContaining("set adopt: true")]);
  expect(await files()).not.toContain(path.basename(file));
});

it("takes over what two processes have created at the same time, each in a file of its own", async () => {
  const names = (letter: string) => Array.from({ length: 12 }, (_, number) => `${letter}-${number}`);
  const create = (process: EitherProcess, userNames: string[]) =>
    Promise.all(userNames.map((userName) => process.create("RamUser", { userName }, [], userName)));
  const both = await Promise.all([startPlugin(), startPlugin()]);
  const made = await Promise.all([create(both[0], names("a")), create(both[1], names("b"))]);
  await Promise.all(both.map((each) => each.kill()));
  expect(await files()).toHaveLength(2);
  const next = await startPlugin();
  const again = await create(next, [...names("a"), ...names("b")]);
  expect(again.map(({ id }) => id)).toEqual(made.flat().map(({ id }) => id));
  expect(await account.ramUsers()).toHaveLength(24);
});

it("lets nobody else read the journal, and keeps no secret and no name in it", async () => {
  const secrets = ["Secret-Pass-1!", "secret.user.name", "Secret Display Name"];
  const [password, userName, displayName] = secrets;
  const process = await startPlugin();
  await process.create("RamUser", { userName, displayName, comments: "in the open" }, [
    "userName",
    "displayName",
  ]);
  await process.create("BastionhostUser", { ...bastion.one, password });
  await process.create("EiamUser", { ...eiam.one, password }, ["password"]);
  const [file] = await files();
  const text = await readFile(path.join(journal, file!), "utf8");
  expect(text.trim().split("\n")).toHaveLength(6);
  expect(findSecrets(text, secrets)).toEqual([]);
  expect(text).not.toMatch(/in the open|"ann"/);
  expect((await stat(journal)).mode & 0o777).toBe(0o700);
  expect((await stat(path.join(journal, file!))).mode & 0o777).toBe(0o600);
});

it("writes and looks for nothing where the journal is off", async () => {
  const off = { ALICLOUD_USERS_JOURNAL: "off", PULUMI_HOME: root };
  const first = await startPlugin(off);
  await first.create("BastionhostUser", bastion.one);
  await first.kill();
  expect((await account.emulator.control.calls()).calls.map(({ action }) => action)).not.toContain(
    "ListUsers",
  );
  expect(await saidBy((await startPlugin(off)).create("BastionhostUser", bastion.one))).toEqual([
    expect.stringContaining("set adopt: true"),
  ]);
  expect(await readdir(root)).toEqual([]);
});

it("lies in Pulumi's own folder unless told", async () => {
  const process = await startPlugin({ ALICLOUD_USERS_JOURNAL: "", PULUMI_HOME: root });
  await process.create("RamUser", ram.one);
  expect(await files(path.join(root, "alicloud-users/journal"))).toHaveLength(1);
});

describe("a journal that fails is told once, with a way out, and the users are created", () => {
  const create = async (process: EitherProcess, ...userNames: string[]): Promise<string[]> => {
    for (const userName of userNames) await process.create("RamUser", { userName }, [], userName);
    return warnings(process);
  };

  it("where its folder cannot be made", async () => {
    await writeFile(journal, "a file");
    const said = await create(
      await startPlugin({ ALICLOUD_USERS_JOURNAL: path.join(journal, "below") }),
      "a",
      "b",
    );
    expect(said).toEqual([
      expect.stringMatching(
        /cannot be .*ENOTDIR.*adopt: true.*set alicloud-users:journal to another folder or to "off"/,
      ),
    ]);
    expect(await account.ramUsers()).toHaveLength(2);
  });

  it("where others can write in its folder, whose notes then do not count", async () => {
    const first = await startPlugin();
    await create(first, "a");
    await first.kill();
    await chmod(journal, 0o777);
    const next = await startPlugin();
    expect(await create(next, "b", "c")).toEqual([
      expect.stringContaining("other users of this machine can write in it"),
    ]);
    expect(await saidBy(next.create("RamUser", { userName: "a" }, [], "a"))).toEqual([
      expect.stringContaining("set adopt: true"),
    ]);
  });

  it("where a file is damaged; its whole lines still count", async () => {
    const first = await startPlugin();
    const { id } = await first.create("RamUser", ram.one);
    await first.kill();
    const file = path.join(journal, (await files())[0]!);
    await writeFile(file, `{"urn":\n\u0000\u0000\n${await readFile(file, "utf8")}{"urn":"cut o`);
    const next = await startPlugin();
    expect((await next.create("RamUser", ram.one)).id).toBe(id);
    expect(warnings(next)).toEqual([expect.stringContaining("is damaged")]);
  });

  it("and not at all where the last line alone was cut off", async () => {
    const first = await startPlugin();
    const { id } = await first.create("RamUser", ram.one);
    await first.kill();
    const file = path.join(journal, (await files())[0]!);
    await writeFile(file, `${await readFile(file, "utf8")}{"urn":"cut o`);
    const next = await startPlugin();
    expect((await next.create("RamUser", ram.one)).id).toBe(id);
    expect(warnings(next)).toEqual([]);
  });

  onUnix("where nothing can be written in its folder", async () => {
    await mkdir(journal, { mode: 0o500 });
    // Root may write in any folder but those of the kernel.
    const folder = process.getuid?.() === 0 ? "/proc/self" : journal;
    const said = await create(await startPlugin({ ALICLOUD_USERS_JOURNAL: folder }), "a", "b");
    expect(said).toEqual([expect.stringContaining("cannot be written")]);
    expect(await account.ramUsers()).toHaveLength(2);
  });

  onUnix("where the disk is full, which loses nothing of earlier runs", async () => {
    const first = await startPlugin();
    const { id } = await first.create("RamUser", { userName: "a" }, [], "a");
    await first.kill();
    const noRoom = ["sh", "-c", 'ulimit -f 0; exec "$0" "$@"', executable] as const;
    const env = { ...account.env, ALICLOUD_USERS_JOURNAL: journal };
    const plugin = await startPluginBy(env, {}, undefined, noRoom);
    try {
      for (const name of ["a", "b"]) await plugin.create(urnOf("RamUser", name), { userName: name });
      const said = plugin.log().map(({ severity, message }) => `${severity}: ${message}`);
      expect(said.sort()).toEqual([
        expect.stringMatching(/^info: .*it is taken over/),
        expect.stringMatching(/^warning: It could not be noted in .*that users were taken over/),
        expect.stringMatching(/^warning: The journal of creates in .*cannot be written/),
      ]);
      expect(await account.ramUsers()).toHaveLength(2);
      plugin.child.kill("SIGKILL");
      expect((await (await startPlugin()).create("RamUser", { userName: "a" }, [], "a")).id).toBe(id);
    } finally {
      await plugin.stop();
    }
  });
});
