import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type FakeForge, startFakeForge } from "../support/gitops/fakeForge";
import { commandLine } from "./commandLine";
import { changedUser, reportOfUsers } from "../support/sampleReport";

jest.setTimeout(60_000);

let dir: string;
let forge: FakeForge;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "ci-"));
  forge = await startFakeForge();
});
afterEach(async () => {
  await forge.close();
  await rm(dir, { recursive: true });
});

const environments = {
  github: async () => {
    const event = path.join(dir, "event.json");
    await writeFile(event, JSON.stringify({ pull_request: { number: 7 } }));
    const names = { GITHUB_REPOSITORY: "acme/users", GITHUB_TOKEN: "ghs_secret", GITHUB_EVENT_PATH: event };
    return { ...names, GITHUB_API_URL: forge.url };
  },
  gitlab: async () => ({
    GITLAB_CI: "true",
    GITLAB_TOKEN: "glpat-secret",
    CI_PROJECT_ID: "12",
    CI_MERGE_REQUEST_IID: "7",
    CI_SERVER_URL: forge.url,
  }),
};

describe.each(["github", "gitlab"] as const)("on %s", (name) => {
  const ci = async (...args: string[]) => {
    const { PATH } = process.env;
    return commandLine({ dir, env: { PATH, ...(await environments[name]()) } }, "ci", ...args);
  };
  const own = () => forge.comments.filter(({ body }) => body.includes("<!-- alicloud-users"));

  test("three runs leave one comment among those of others, with the latest text", async () => {
    for (const run of ["first", "second", "third"]) {
      await writeFile(path.join(dir, "preview.txt"), `~ 1 to update in the ${run} run\n\`\`\`\n`);
      await writeFile(path.join(dir, "drift.md"), "### In sync\n");
      const { exitCode, stdout, stderr } = await ci("comment", "preview.txt", "drift.md");
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 0,
        stdout: run === "first" ? "comment: added\n" : "comment: updated\n",
        stderr: "",
      });
    }
    expect(own()).toHaveLength(1);
    expect(own()[0]!.body).toBe(
      "<!-- alicloud-users: users -->\n\n<details open><summary>preview</summary>\n\n" +
        "````text\n~ 1 to update in the third run\n```\n````\n\n</details>\n\n### In sync",
    );
    expect((await ci("comment", "preview.txt", "drift.md")).stdout).toBe("comment: unchanged\n");
    expect((await ci("comment", "drift.md", "--key", "prod")).stdout).toBe("comment: added\n");
    expect(forge.comments).toHaveLength(42);
    expect(forge.unknown).toEqual([]);
  });

  test("an issue opens with drift, is updated while it lasts, and closes", async () => {
    const issue = async (report: object) => {
      await writeFile(path.join(dir, "report.json"), JSON.stringify(report));
      return (await ci("issue", "report.json")).stdout;
    };
    const drifted = (...names: string[]) =>
      reportOfUsers(names.map((user) => changedUser(user, "+8613800138000")));
    const inSync = reportOfUsers([changedUser("bob", "", { status: "inSync", attributes: [] })], {
      verdict: "inSync",
    });
    expect(await issue(inSync)).toBe("issue: nothing to do\n");
    expect(await issue(drifted("bob"))).toBe("issue: opened\n");
    expect(await issue(drifted("bob", "dan"))).toBe("issue: updated\n");
    expect(forge.issues).toHaveLength(2);
    expect(forge.issues[1]).toMatchObject({
      title: "Drift: 2 compared · 2 changed",
      isOpen: true,
      labels: ["drift"],
    });
    expect(forge.issues[1]!.body).toContain("`dan`");
    expect(forge.issues[1]!.body).not.toContain("13800138000");
    const unknown = {
      ...drifted("bob"),
      verdict: "unknown",
      complete: false,
      incomplete: [{ message: "no" }],
    };
    expect(await issue(unknown)).toBe("issue: updated\n");
    expect(forge.issues[1]!.title).toMatch(/^Drift is not known/);
    expect(await issue(inSync)).toBe("issue: closed\n");
    expect(forge.issues.map(({ isOpen }) => isOpen)).toEqual([true, false]);
    expect(await issue(drifted("bob"))).toBe("issue: opened\n");
    expect(forge.unknown).toEqual([]);
  });

  test("a token is in no error", async () => {
    await writeFile(path.join(dir, "drift.md"), "text");
    await forge.close();
    const { exitCode, stderr } = await ci("comment", "drift.md");
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("The comment was not written")]);
    expect(stderr).not.toContain("secret");
    forge = await startFakeForge();
  });
});

test("on GitHub, a comment that a person began with the marker is left alone", async () => {
  forge.comments.push({
    id: 500,
    body: "<!-- alicloud-users: users --> fake",
    author: "mallory",
    isBot: false,
  });
  await writeFile(path.join(dir, "drift.md"), "text");
  const env = { PATH: process.env.PATH, ...(await environments.github()) };
  expect((await commandLine({ dir, env }, "ci", "comment", "drift.md")).stdout).toBe("comment: added\n");
});

test("a comment masks addresses and numbers in every part, as a drift report does, unless it is told to show them", async () => {
  const files = {
    "preview.txt": 'drift: email: "annabel@example.com" => "bob@example.com"',
    "drift.md": "+86 138 0013 8000",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(dir, name), text);
  const place = { dir, env: { PATH: process.env.PATH } };
  const args = ["ci", "comment", ...Object.keys(files), "--dry-run"];
  const { stdout } = await commandLine(place, ...args);
  expect(stdout).toContain('drift: email: "an***@example.com" => "bo***@example.com"');
  expect(stdout).toContain("+86****00");
  const shown = (await commandLine(place, ...args, "--show-values")).stdout;
  for (const text of Object.values(files)) expect(shown).toContain(text);
});

test("--dry-run prints the text and needs no forge", async () => {
  await writeFile(path.join(dir, "drift.md"), "text");
  const place = { dir, env: { PATH: process.env.PATH } };
  const { stdout } = await commandLine(place, "ci", "comment", "drift.md", "--dry-run");
  expect(stdout).toBe("<!-- alicloud-users: users -->\n\ntext\n");
  const { exitCode, stderr } = await commandLine(place, "ci", "comment", "drift.md");
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining("no pipeline of GitHub or GitLab")]);
});
