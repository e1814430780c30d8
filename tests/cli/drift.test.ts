import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Report, type ReportedUser, reportSchema } from "../../cli/drift/report";
import type { Outcome } from "../support/stack";
import { run } from "../../scripts/toolchain/run";
import { succeeded } from "../e2e/outcome";
import { commandLine } from "./commandLine";
import { openWorld, stacks, userIdOf, type World } from "./thousandUsers";

jest.setTimeout(180_000);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.restore());

const all = Object.keys(stacks).flatMap((name) => ["--stack", name]);

const drift = (...args: string[]): Promise<Outcome> => commandLine(world.stack, "drift", ...args);

async function reportOf(...args: string[]): Promise<{ exitCode: number; report: Report }> {
  const { exitCode, stdout, stderr } = await drift(...args, "-o", "json");
  expect(stderr).toBe("");
  return { exitCode, report: reportSchema.parse(JSON.parse(stdout)) };
}

const numbers = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_none, index) => from + index);

/** What admins did: 40 users changed, 5 deleted, 2 deleted and created again, 7 created. */
async function changeAccount(): Promise<void> {
  const { control } = world.account.emulator;
  const snapshot = await control.snapshot();
  const host = snapshot.bastionhost.instances[0]!;
  const instance = snapshot.eiam.instances[0]!;
  for (const number of numbers(0, 20)) snapshot.ram.users[number]!.comments = "changed";
  for (const number of numbers(0, 10)) host.users[number]!.comment = "changed";
  for (const number of numbers(0, 10)) instance.users[number]!.displayName = "changed";
  const gone = numbers(100, 5).map((number) => userIdOf("ram", number));
  snapshot.ram.users = snapshot.ram.users.filter(({ userId }) => !gone.includes(userId));
  for (const number of numbers(200, 2)) host.users[number]!.userId = String(90_000 + number);
  const strangers = numbers(0, 7).map((number) => ({
    ...host.users[50]!,
    userId: String(80_000 + number),
    userName: `stranger-${number}`,
  }));
  host.users.push(...strangers);
  await control.restore(snapshot);
  await control.forgetCalls();
}

const expected = {
  changed: [
    ...numbers(0, 20).map((number) => `ram-${number}`),
    ...numbers(0, 10).map((number) => `bastion-${number}`),
    ...numbers(0, 10).map((number) => `idaas-${number}`),
  ],
  gone: numbers(100, 5).map((number) => `ram-${number}`),
  recreated: numbers(200, 2).map((number) => `bastion-${number}`),
  claimedTwice: ["ram-399"],
  unmanaged: numbers(0, 7).map((number) => `stranger-${number}`),
};

const namesOf = (users: ReportedUser[], status: string): string[] =>
  users.filter((user) => user.status === status).map(({ name }) => name);

/** Answers the first list of RAM late: in its first 3 s, a process asks more often for a missing user, which may be new. */
const answerLate = () =>
  world.account.emulator.control.fault({
    product: "Ram",
    action: "ListUsers",
    kind: "delay",
    delayMs: 3000,
  });

const failedCase = /<testcase name="(\S+) \([^"]*" classname="\w+User">\s*<(?:failure|skipped)/g;

const read = (name: string): string => readFileSync(path.join(world.stack.dir, name), "utf8");

const found = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].sort();

/** Every file of the backend, with its time and its digest. */
function backendFiles() {
  const backend = fileURLToPath(world.stack.env.PULUMI_BACKEND_URL!);
  return readdirSync(backend, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(backend, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => [
      file,
      statSync(file).mtimeMs,
      createHash("sha256").update(readFileSync(file)).digest("hex"),
    ]);
}

const outputs = ["json:r.json", "table", "markdown:r.md", "junit:r.xml", "html:r.html"].flatMap((output) => [
  "-o",
  output,
]);

describe("one reading of 1,000 users over three stacks", () => {
  let stdout: string;
  let report: Report;
  let calls: Awaited<ReturnType<World["account"]["emulator"]["control"]["calls"]>>;
  let writes: unknown[];
  let files: { before: unknown; after: unknown };

  beforeAll(async () => {
    await world.restore();
    await changeAccount();
    await answerLate();
    const before = backendFiles();
    const outcome = await drift(...all, "--unmanaged", ...outputs);
    files = { before, after: backendFiles() };
    expect(outcome).toMatchObject({ exitCode: 2, stderr: "" });
    stdout = outcome.stdout;
    report = reportSchema.parse(JSON.parse(read("r.json")));
    calls = await world.account.emulator.control.calls();
    writes = await world.account.writes();
  });

  test("names each user that drifted in the report, whose figures are its rows", () => {
    expect(report).toMatchObject({ verdict: "drifted", complete: true, incomplete: [] });
    for (const [status, names] of Object.entries(expected))
      expect(namesOf(report.users, status).sort()).toEqual([...names].sort());
    expect(report.summary).toEqual({
      users: 1000,
      compared: 1000,
      inSync: 952,
      changed: 40,
      gone: 5,
      recreated: 2,
      claimedTwice: 1,
      unverifiable: 0,
      unmanaged: 7,
      accepted: 0,
    });
    expect(report.users.find(({ name }) => name === "ram-3")!.attributes).toEqual([
      { path: "comments", declared: "on call", live: "changed", cause: "account", fixable: true },
    ]);
    expect(report.users.find(({ name }) => name === "bastion-200")!.successorId).toBe(
      "bastionhost-cn-demo0001:90200",
    );
    expect(report.users.find(({ name }) => name === "ram-399")).toMatchObject({
      stack: "ram",
      alsoClaimedBy: [{ stack: "idaas" }],
    });
  });

  test("shows no secret that it compares, and tells that a password is not comparable", () => {
    expect(stdout + read("r.json")).not.toContain("Correct-Horse");
    const users = report.users.filter(({ kind }) => kind === "EiamUser");
    expect(JSON.stringify(users)).not.toContain("User ");
    expect(users.find(({ name }) => name === "idaas-3")!.attributes).toMatchObject([
      { path: "displayName", declared: "[secret]", live: "[secret]" },
    ]);
    const unchanged = report.users.find(({ name }) => name === "bastion-100")!;
    expect(unchanged.notCompared).toEqual([{ path: "password", why: "the API never returns it" }]);
  });

  test("prints the drifted users of each stack in the table, and what was sent", () => {
    expect(stdout).toContain("ram   400 compared · 374 in sync · 20 changed · 5 gone · 1 claimed twice\n");
    expect(stdout).toMatch(/ {2}~ ram-3 +RamUser +comments +"changed" => "on call"\n/);
    expect(stdout).toMatch(/ {2}- ram-104 +RamUser +gone\n/);
    expect(stdout).toMatch(
      / {2}± bastion-200 +BastionhostUser +recreated as bastionhost-cn-demo0001:90200\n/,
    );
    expect(stdout).toMatch(/ {2}2 ram-399 +RamUser +also in idaas\n/);
    expect(stdout).toMatch(
      / {2}\+ stranger-6 +BastionhostUser +unmanaged \(bastionhost-cn-demo0001:80006\)\n/,
    );
    expect(stdout).toMatch(/\n\d+ reads, 0 writes\. Drift\.\n$/);
  });

  test("takes the pages of the lists, and a Get for users that are missing, and writes nothing", () => {
    expect(report.calls).toEqual({ reads: calls.calls.length, writes: 0 });
    expect(writes).toEqual([]);
    // 5 RAM users are gone: two Gets that agree, and one for the name. 2 bastion host users: two Gets, and the list for the name.
    expect(calls.byAction).toEqual({
      "Ram.ListUsers": 1,
      "Ram.GetUser": 15,
      "Bastionhost.ListUsers": 6,
      "Bastionhost.GetUser": 4,
      "Eiam.ListUsers": 3,
    });
  });

  test("leaves state files and locks as they are", () => {
    expect(files.after).toEqual(files.before);
  });

  test("names the same users in every format", () => {
    const drifted = Object.values(expected).flat().sort();
    expect(found(stdout, /^ {2}[~±+2-] (\S+) /gm)).toEqual(drifted);
    expect(found(read("r.md"), /^\| `([^`]+)` \w+User/gm)).toEqual(drifted);
    const row = /<tr data-status="(?!inSync)\w+"[^>]*><th scope="row"><bdi>([^<]+)/g;
    expect(found(read("r.html"), row)).toEqual(drifted);
    expect(found(read("r.xml"), failedCase)).toEqual(drifted);
  });
});

test("without drift the exit code is 0", async () => {
  const { exitCode, stdout } = await drift("--stack", "ram", "--stack", "bastion");
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/\n4 reads, 0 writes\. In sync\.\n$/),
  });
});

describe("the exit code is 1, the rest is reported, and what is missing is said", () => {
  test("for a stack with another passphrase", async () => {
    const { stack } = world;
    const other = { ...stack.env, PULUMI_CONFIG_PASSPHRASE: "another" };
    const own = (...args: string[]) => run("pulumi", args, { cwd: stack.dir, env: other });
    succeeded(await own("stack", "init", "locked"));
    const salt = /encryptionsalt: (\S+)/.exec(
      readFileSync(path.join(stack.dir, "Pulumi.locked.yaml"), "utf8"),
    )![1];
    const state = succeeded(await stack.run(["stack", "export", "--show-secrets", "--stack", "bastion"]));
    const file = path.join(stack.dir, "locked.json");
    await writeFile(
      file,
      state.stdout
        .replaceAll("urn:pulumi:bastion::", "urn:pulumi:locked::")
        .replace(/"salt": "[^"]*"/, `"salt": "${salt}"`),
    );
    succeeded(await own("stack", "import", "--stack", "locked", "--file", file));
    const { exitCode, report } = await reportOf("--stack", "ram", "--stack", "locked", "--unmanaged");
    expect(exitCode).toBe(1);
    expect(report).toMatchObject({ complete: false, verdict: "unknown" });
    expect(report.summary).toMatchObject({ compared: 400, inSync: 400, unmanaged: 0 });
    expect(report.incomplete).toEqual([
      { stack: "locked", message: expect.stringContaining("incorrect passphrase") },
    ]);
  });

  test("for an expired instance", async () => {
    const { control } = world.account.emulator;
    const snapshot = await control.snapshot();
    snapshot.bastionhost.instances[0]!.released = true;
    await control.restore(snapshot);
    const { exitCode, stdout } = await drift(...all, ...outputs);
    expect(exitCode).toBe(1);
    const report = reportSchema.parse(JSON.parse(read("r.json")));
    expect(report.summary).toMatchObject({ users: 1000, compared: 700, unverifiable: 300, gone: 0 });
    expect(report.incomplete).toEqual([
      {
        stack: "bastion",
        directory: "bastionhost-cn-demo0001",
        users: 300,
        code: "Commodity.BizError.InvalidStatus",
        message: expect.stringContaining("renew it"),
      },
    ]);
    expect(stdout).toMatch(
      /bastion, bastionhost-cn-demo0001 {3}NOT COMPARED \(300 users\): .*\n\d+ reads, 0 writes\. Could not tell: not everything was compared\.\n$/,
    );
  });

  test("for a stack without users, unless that is allowed beside others", async () => {
    const { stack } = world;
    succeeded(await stack.run(["stack", "init", "empty"]));
    const { exitCode, report } = await reportOf("--stack", "ram", "--stack", "empty");
    expect([exitCode, report.incomplete[0]!.stack]).toEqual([1, "empty"]);
    expect((await drift("--stack", "ram", "--stack", "empty", "--allow-empty")).exitCode).toBe(0);
    const alone = await drift("--stack", "empty", "--allow-empty");
    expect(alone.exitCode).toBe(1);
    expect(alone.stdout).toContain("Could not tell: nobody was compared.");
  });

  test("for a stack that is not there, and without the Pulumi CLI", async () => {
    const missing = await reportOf("--stack", "ram", "--stack", "nowhere");
    expect(missing.exitCode).toBe(1);
    expect(missing.report.incomplete[0]!.message).toContain("no stack named 'nowhere' found");
    const env = { ...world.stack.env, PATH: "" };
    const { exitCode, stdout } = await commandLine({ dir: world.stack.dir, env }, "drift");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("There is no pulumi on the PATH");
  });

  test("for wrong keys", async () => {
    const env = { ...world.stack.env, ALIBABA_CLOUD_ACCESS_KEY_SECRET: "wrong" };
    const { exitCode, stdout } = await commandLine({ dir: world.stack.dir, env }, "drift", ...all);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("Check the access key secret");
    expect(stdout).not.toContain("- ram-0");
  });

  test("for an export that hides values which could be compared", async () => {
    const file = path.join(world.stack.dir, "hidden.json");
    await world.stack.run(["stack", "export", "--stack", "idaas", "--file", file]);
    const { exitCode, report } = await reportOf("--state", file);
    expect(exitCode).toBe(1);
    expect(report.summary).toMatchObject({ unverifiable: 300 });
    expect(report.incomplete[0]).toMatchObject({ stack: "test/idaas", users: 300 });
    expect(report.incomplete[0]!.message).toContain("holds displayName encrypted");
  });

  test("for a state file that is none", async () => {
    const file = path.join(world.stack.dir, "Pulumi.yaml");
    const { exitCode, report } = await reportOf("--state", file, "--state", "nowhere.json");
    expect(exitCode).toBe(1);
    expect(report.incomplete.map(({ message }) => message)).toEqual([
      "It is not JSON. Give what `pulumi stack export` prints.",
      expect.stringContaining("ENOENT"),
    ]);
  });
});

test("an exported state, passwords encrypted, is compared without the Pulumi CLI", async () => {
  await changeAccount();
  const file = path.join(world.stack.dir, "export.json");
  succeeded(await world.stack.run(["stack", "export", "--stack", "bastion", "--file", file]));
  const place = { dir: world.stack.dir, env: { ...world.stack.env, PATH: "" } };
  const { exitCode, stdout } = await commandLine(place, "drift", "--state", file);
  expect(exitCode).toBe(2);
  expect(stdout).toContain("test/bastion   300 compared · 288 in sync · 10 changed · 2 recreated");
});

test("--fail-on chooses what makes the exit code 2", async () => {
  await changeAccount();
  expect((await drift("--stack", "ram", "--fail-on", "gone")).exitCode).toBe(2);
  expect((await drift("--stack", "idaas", "--fail-on", "gone,unmanaged")).exitCode).toBe(0);
  const wrong = await drift("--fail-on", "lost");
  expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("There is no status") });
});

test("three users whose drift was accepted are named in every format, and are no alarm", async () => {
  await changeAccount();
  const entries = numbers(0, 3).map((number) => ({
    user: `RamUser ${world.id("ram", number)}`,
    attribute: "comments",
    live: "changed",
    reason: "known",
    until: "2099-01-31",
  }));
  await writeFile(path.join(world.stack.dir, "accept.yaml"), JSON.stringify({ version: 1, accept: entries }));
  await drift("--stack", "ram", "--accept", "accept.yaml", ...outputs);
  const report = reportSchema.parse(JSON.parse(read("r.json")));
  expect(report.summary).toMatchObject({ changed: 20, accepted: 3 });
  expect(found(read("r.xml"), failedCase)).toEqual(expect.arrayContaining(["ram-0", "ram-1", "ram-2"]));
  expect(read("r.xml").match(/<skipped/g)).toHaveLength(3);
});

test("the drift of today, once accepted, is none tomorrow until it goes further", async () => {
  await changeAccount();
  const args = ["--stack", "bastion", "--accept", "bastion.yaml"];
  const written = await drift(...args, "--accept-current", "--reason", "known", "--until", "2099-01-31");
  expect(written.stdout).toContain("bastion.yaml: 12 entries added");
  expect((await drift(...args)).exitCode).toBe(0);
  const snapshot = await world.account.emulator.control.snapshot();
  snapshot.bastionhost.instances[0]!.users[4]!.comment = "changed again";
  await world.account.emulator.control.restore(snapshot);
  const { exitCode, stdout } = await drift(...args);
  expect(exitCode).toBe(2);
  expect(stdout).toContain(
    "bastion-4 (BastionhostUser bastionhost-cn-demo0001:1004): comment has changed since",
  );
  expect((await drift(...args, "--accept-current")).stderr).toContain("needs --reason");
});
