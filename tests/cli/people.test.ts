import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "../support/temporaryFolder";
import { commandLine } from "./commandLine";

const before = `timeZone: Asia/Shanghai
directories:
  bastion: { bastionhost: bastionhost-cn-demo0001 }
  staff: { eiam: idaas_demo0001 }
people:
  alice:
    ram: { userName: alice }
    bastion: {}
  bob:
    staff: { username: bob, primaryOrganizationalUnitId: ou_sales, email: bob.builder@example.com, emailVerified: true, password: Old-Secret-1 }
  carl:
    ram: { userName: carl }
  dan:
    take: no
    ram: { userName: dan }
`;

const after = before
  .replace("    bastion: {}\n", "    bastion: {}\n    until: 2026-12-31\n")
  .replace("ou_sales", "ou_research")
  .replace("bob.builder", "robert.builder")
  .replace("Old-Secret-1", "New-Secret-1")
  .replace("  carl:\n    ram: { userName: carl }\n", "")
  .concat("  dora:\n    from: 2026-12-01\n    ram: { userName: dora }\n    staff: { username: dora }\n");

let dir: string;

const people = (...args: string[]) =>
  commandLine({ dir, env: { ...process.env, ALICLOUD_USERS_AS_OF: "2026-11-15" } }, "people", ...args);
const git = (...args: string[]): unknown =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: dir });

/** The lines of the command, of which each is one happening, without the spaces that align them. */
async function told(...args: string[]): Promise<string[]> {
  const { exitCode, stdout, stderr } = await people(...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/ {2,}/g, " "));
}

beforeAll(async () => {
  dir = await temporaryFolder();
  git("init", "-q", "-b", "main");
  git("commit", "-q", "--allow-empty", "-m", "nothing");
  git("tag", "empty");
  await writeFile(path.join(dir, "users.yaml"), before);
  git("add", ".");
  git("commit", "-q", "-m", "before");
  await writeFile(path.join(dir, "users.yaml"), after);
});

test("against a branch, it tells who joins, moves, changes and leaves, and shows no secret", async () => {
  expect(await told("--against", "git:main")).toEqual([
    "users.yaml, compared with git:main, as of 2026-11-15 (Asia/Shanghai): 2 active, 1 planned",
    "joins dora from 2026-12-01 ram, staff",
    'moves bob staff.primaryOrganizationalUnitId: "ou_sales" -> "ou_research" staff',
    'changes bob staff.email: "bob.builder@example.com" -> "robert.builder@example.com" staff',
    "leaves alice locked out on 2027-01-01, deleted on 2027-01-31 ram, bastion",
    "leaves carl no longer in the file: removed with the next up ram",
  ]);
});

test("without another file, it tells what the days bring", async () => {
  expect((await told()).slice(1)).toEqual([
    "joins dora from 2026-12-01 ram, staff",
    "leaves alice locked out on 2027-01-01, deleted on 2027-01-31 ram, bastion",
  ]);
  expect(await told("--as-of", "2027-01-31")).toEqual([
    "users.yaml, as of 2027-01-31 (Asia/Shanghai): 2 active, 1 deleted",
    "gone alice deleted on 2027-01-31; may be taken out of the file ram, bastion",
  ]);
});

test("a file that the commit does not have is one without people, and the file itself changes nothing", async () => {
  const joining = await told("--against", "git:empty");
  expect(joining.filter((line) => line.startsWith("joins")).map((line) => line.split(" ")[1])).toEqual([
    "alice",
    "bob",
    "dora",
  ]);
  expect((await told("--against", "users.yaml"))[1]).toBe("Nobody joins, moves, changes or leaves.");
});

test("Markdown is fit for a comment, and masks e-mail addresses", async () => {
  const lines = await told("--against", "git:main", "-o", "markdown");
  expect(lines).toContain("| joins | `dora` | from 2026-12-01 | ram, staff |");
  expect(lines.find((line) => line.startsWith("| changes"))).toContain("bo\\*\\*\\*@example.com");
});

test("JSON holds the days and the values", async () => {
  const { stdout } = await people("--against", "git:main", "-o", "json");
  const { version, asOf, events } = JSON.parse(stdout) as Record<string, unknown> & { events: object[] };
  expect({ version, asOf }).toEqual({ version: 1, asOf: "2026-11-15" });
  expect(events).toContainEqual({
    what: "leaves",
    person: "alice",
    directories: ["ram", "bastion"],
    lockedOn: "2027-01-01",
    deletedOn: "2027-01-31",
  });
  expect(stdout).not.toMatch(/Secret-1/);
});

test("a wrong file ends with 1 and all that is wrong, each on a line of its own", async () => {
  await writeFile(
    path.join(dir, "wrong.yaml"),
    after.replaceAll("userName", "userNam").replace("bastion: {}", "bastio: {}"),
  );
  const { exitCode, stdout, stderr } = await people("wrong.yaml");
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(/^wrong\.yaml:8:5 alice: there is no directory "bastio"\. .*\n$/);
  await writeFile(path.join(dir, "wrong.yaml"), after.replaceAll("userName", "userNam"));
  const lines = (await people("wrong.yaml")).stderr.trimEnd().split("\n");
  expect(lines.filter((line) => !/^wrong\.yaml:\d+:\d+ \w+, \w+: ./.test(line))).toEqual([]);
  expect(lines.length).toBeGreaterThan(2);
});

test.each([
  ["a commit that is none", ["--against", "git:nowhere"], "there is no such commit here"],
  ["an option in place of a commit", ["--against", "git:--output=x"], "names no commit. Write git: and"],
  ["a day that is none", ["--as-of", "tomorrow"], "It is a day such as 2026-12-31."],
  ["a table", ["hr.csv"], "hr.csv is a table, of which the program's map makes people"],
  ["too few people", ["--minimum", "9"], "has to hold 9 at least"],
])("%s is refused with the way out", async (_what, args, sentence) => {
  const { exitCode, stderr } = await people(...args);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(sentence);
});
