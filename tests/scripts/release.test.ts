import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import {
  addressesOf,
  type ReleaseManifest,
  releaseNotes,
  releaseProblems,
  withOwner,
} from "../../scripts/release";
import { repository } from "../../scripts/toolchain/place";
import { run } from "../../scripts/toolchain/run";

const textOf = (file: string): string => readFileSync(path.join(repository, file), "utf8");

const manifest: ReleaseManifest = { version: "0.1.0", ...addressesOf("acme") };
const changelog = "# Changelog\n\n## 0.2.0 (unreleased)\n\n- More.\n\n## 0.1.0 (2026-12-01)\n\n- First.\n";

describe("a release", () => {
  test("is published when its tag, package.json and CHANGELOG.md agree, with the lines of its own section", () => {
    expect(releaseProblems("v0.1.0", manifest, changelog)).toEqual([]);
    expect(releaseNotes("0.1.0", changelog)).toBe("- First.");
  });

  test.each([
    ["a tag of another version", "v0.1.1", manifest, /The tag is v0\.1\.1 and the version/],
    ["a version without a date", "v0.2.0", { ...manifest, version: "0.2.0" }, /has no section "## 0\.2\.0/],
    [
      "an issue tracker elsewhere",
      "v0.1.0",
      { ...manifest, bugs: { url: "https://example.com" } },
      /different repositories/,
    ],
  ])("is refused with %s", (_what, tag, changed, reason) => {
    expect(releaseProblems(tag, changed, changelog)).toEqual([expect.stringMatching(reason)]);
  });

  test("is refused by npm itself as long as package.json names no repository", async () => {
    if ("repository" in (JSON.parse(textOf("package.json")) as object)) return;
    const { exitCode, stderr } = await run("npm", ["publish", "--dry-run", "--offline"], { cwd: repository });
    expect(stderr).toContain(
      "package.json names no repository. Set its owner: npm run release -- owner OWNER.",
    );
    expect(exitCode).not.toBe(0);
  }, 60_000);

  test("has the owner that is set in package.json, which changes in nothing else", () => {
    const before = textOf("package.json");
    const owned = JSON.parse(withOwner(before, "acme")) as ReleaseManifest;
    expect(releaseProblems(`v${owned.version}`, { ...owned, version: "0.1.0" }, changelog)).toEqual(
      owned.version === "0.1.0" ? [] : [expect.stringMatching(/The tag is/)],
    );
    expect({ ...owned, ...addressesOf("acme") }).toEqual({
      ...(JSON.parse(before) as object),
      ...addressesOf("acme"),
    });
    expect(() => withOwner(before, "a/b")).toThrow('"a/b" is no name of an account on GitHub.');
  });
});

test("no address of the project but that of package.json reaches a user, and none before it has an owner", () => {
  const { repository: source } = JSON.parse(textOf("package.json")) as ReleaseManifest;
  const owner = source && /github\.com\/([^/]+)\//.exec(source.url)![1];
  const args = ["grep", "-l", "-E", `github\\.com/${owner ?? "[^/ ]+"}/pulumi-alicloud-users`];
  const { stdout } = spawnSync("git", args, { cwd: repository, encoding: "utf8" });
  const generated = ["package.json", "provider/plugin/schema.json"];
  const ours = ["scripts/release.ts", "tests/scripts/release.test.ts"];
  const files = stdout.split("\n").filter((file) => file && !ours.includes(file));
  expect(files).toEqual(owner ? generated : []);
});

interface Workflow {
  permissions: object;
  jobs: Record<
    string,
    { steps?: { uses?: string; run?: string }[]; strategy?: { matrix: Record<string, unknown> } }
  >;
}

describe("the workflows", () => {
  const folder = ".github/workflows";
  const workflows = readdirSync(path.join(repository, folder)).map((name) => ({
    name,
    workflow: parse(textOf(`${folder}/${name}`)) as Workflow,
  }));
  const steps = workflows.flatMap(({ workflow }) =>
    Object.values(workflow.jobs).flatMap(({ steps = [] }) => steps),
  );

  test("take actions by the commit of a release, and no permission but those of a job", () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
    expect(workflows.map(({ workflow }) => workflow.permissions)).toEqual(workflows.map(() => ({})));
  });

  test("run commands that there are", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const named = steps.flatMap(({ run = "" }) =>
      [...run.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!),
    );
    expect(named).toEqual(expect.arrayContaining(["release"]));
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("test on three systems and on every release of Node.js from the oldest that the package supports", () => {
    const { workflow } = workflows.find(({ name }) => name === "test.yml")!;
    const { engines } = JSON.parse(textOf("package.json")) as { engines: { node: string } };
    expect(workflow.jobs.test!.strategy!.matrix).toEqual({
      os: ["ubuntu-latest", "macos-latest", "windows-latest"],
      node: [20, 22, 24],
    });
    expect(engines.node).toBe(">=20");
  });
});
