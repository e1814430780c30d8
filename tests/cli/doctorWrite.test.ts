import { spawn } from "node:child_process";
import path from "node:path";
import type { Settings } from "../../emulator";
import type { TrialReport } from "../../cli/doctor/trial/runTrial";
import { samplesOf } from "../../cli/doctor/trial/samples";
import { resources } from "../../provider/resources";
import type { Outcome } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { commandLine } from "./commandLine";

jest.setTimeout(180_000);

let account: Account;
beforeAll(async () => void (account = await openAccount()));
beforeEach(() => account.emulator.control.reset());
afterAll(() => account.close());

const everything = ["--ram", "--bastionhost", bastionHost, "--eiam", idaas];
const env = () => ({ PATH: process.env.PATH, ...account.env, ALICLOUD_USERS_CALLS_PER_SECOND: "100000" });

const write = (...args: string[]) =>
  commandLine({ dir: __dirname, env: env() }, "doctor", "--write", ...args);
const reportsOf = ({ stdout }: Outcome) => (JSON.parse(stdout) as { reports: TrialReport[] }).reports;
const disagreements = (outcome: Outcome) =>
  reportsOf(outcome).flatMap(({ verdicts }) =>
    verdicts.filter(({ verdict }) => verdict === "disagrees").map(({ says, found }) => `${says} -- ${found}`),
  );
const users = async () => [
  ...(await account.ramUsers()),
  ...(await account.bastionhostUsers()),
  ...(await account.eiamUsers()),
];

test("every attribute of every resource has a sample, so that a new row adds its claims", () => {
  for (const { type, attributes } of resources)
    expect(Object.keys(samplesOf(type, { name: "n" })).sort()).toEqual(Object.keys(attributes).sort());
});

test("the emulator agrees with every claim of the tables, and holds no user afterwards", async () => {
  const extras = ["--unit", "ou_sales_demo0001", "--field", "nick_name"];
  const outcome = await write("--yes", "--json", ...everything, ...extras);
  expect(disagreements(outcome)).toEqual([]);
  expect(outcome.exitCode).toBe(0);
  const verdicts = reportsOf(outcome).flatMap((report) => report.verdicts);
  expect(verdicts.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThan(100);
  expect(await users()).toEqual([]);
});

test("the report can be pasted into an issue: it names no account, key, user or value", async () => {
  const { stdout } = await write("--yes", ...everything);
  expect(stdout).toContain("The account agrees with every claim that was tried. Nothing was left behind.");
  expect(stdout).not.toMatch(/1000000000000001|testid|testsecret|doctor-|Trial|1860|Ab1!/);
});

test("an account of the international site, which hides email and phone, does not disagree by that", async () => {
  await account.emulator.control.settings({ site: "international" });
  const outcome = await write("--yes", "--json", "--ram");
  expect(disagreements(outcome)).toEqual([]);
  const untried = reportsOf(outcome)[0]!.verdicts.filter(({ verdict }) => verdict === "not tried");
  expect(new Set(untried.map(({ subject }) => subject))).toEqual(new Set(["mobilePhone", "email"]));
});

type Deviations = Settings["deviations"];

test.each<[string, Deviations, string]>([
  [
    "does not clear with an empty text",
    { ignoreEmpty: ["NewComments"] },
    'Comments is set back to "" when the program drops it -- it stays as it was',
  ],
  [
    "keeps email addresses in lower case",
    { lowerCase: ["Email", "NewEmail"] },
    "Email is kept as it is written, with its capitals -- Email has another value",
  ],
  [
    "answers another code to a name that exists",
    { codes: { "EntityAlreadyExists.User": "NameIsTaken" } },
    "it is refused with NameIsTaken, which the table takes for other",
  ],
  [
    "answers another code for a user that is gone",
    { codes: { "ResourceNotFound.User": "NoSuchUser" } },
    "it is refused with NoSuchUser, which the table takes for other",
  ],
  [
    "leaves out a field",
    { omit: ["Comment"] },
    "GetUser shows Comment as it was written at the creation -- Comment is missing",
  ],
  [
    "answers a text for a number",
    { asText: ["EffectiveStartTime"] },
    "with values of their types -- EffectiveStartTime has another type (string)",
  ],
])("an account that %s is found out, by the claim", async (_what, deviations, sentence) => {
  await account.emulator.control.settings({ deviations });
  const outcome = await write("--yes", "--json", ...everything);
  expect(disagreements(outcome).join("\n")).toContain(sentence);
  expect(outcome.exitCode).toBe(1);
  await account.emulator.control.settings({ deviations: {} });
  expect(await users()).toEqual([]);
});

test("a user that cannot be deleted is named, and fails the trial", async () => {
  await account.emulator.control.fault({ kind: "denied", product: "Ram", action: "DeleteUser", times: 1000 });
  const { exitCode, stdout } = await write("--yes", "--ram");
  const [{ userName } = { userName: "" }] = await account.ramUsers();
  expect(stdout).toContain(`the user ${userName} could not be deleted; delete it in the console`);
  expect(exitCode).toBe(1);
});

test("a user whose creation was not answered is deleted, and the trial is not complete", async () => {
  await account.emulator.control.fault({ kind: "drop", product: "Ram", action: "CreateUser", done: true });
  const { exitCode, stdout } = await write("--yes", "--ram");
  expect(stdout).toContain("ended before the last claim");
  expect(stdout).toContain("The trial is not complete.");
  expect(exitCode).toBe(1);
  expect((await account.writes()).map(([action]) => action)).toEqual(["CreateUser", "DeleteUser"]);
  expect(await users()).toEqual([]);
});

test("nothing is made without an agreement, nor without a directory", async () => {
  const alone = await write("--ram");
  expect(alone).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("Add --yes to agree to it.") as string,
  });
  expect((await write("--yes")).stderr).toContain("No directory was chosen");
  expect(await account.writes()).toEqual([]);
});

/** Interrupts a trial once the account has received so many calls. */
async function interruptedAfter(
  calls: number,
  directory: readonly string[],
): Promise<{ code: number | null; stdout: string }> {
  const main = path.join(__dirname, "../../dist/cli/main.js");
  const child = spawn(process.execPath, [main, "doctor", "--write", "--yes", ...directory], { env: env() });
  let stdout = "";
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  while (child.exitCode === null && (await account.emulator.control.calls()).total < calls);
  child.kill("SIGINT");
  return { code: await ended, stdout };
}

test("a trial that is interrupted, at any of 20 points, leaves no user", async () => {
  const directories = [["--ram"], ["--bastionhost", bastionHost], ["--eiam", idaas]];
  for (let run = 0; run < 20; run++) {
    await account.emulator.control.forgetCalls();
    const calls = 1 + Math.floor(Math.random() * 60);
    const { code, stdout } = await interruptedAfter(calls, directories[run % 3]!);
    expect({ calls, code, stdout, users: await users() }).toMatchObject({ users: [] });
    if (code === 1) expect(stdout).toContain("ended before the last claim");
  }
});
