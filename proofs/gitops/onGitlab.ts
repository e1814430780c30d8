import assert from "node:assert/strict";
import path from "node:path";
import { readFileSync } from "node:fs";
import { parseStringPromise } from "xml2js";
import { type Outcome, run } from "../../scripts/toolchain/run";
import type { Ground } from "./ground";
import { failed, passed } from "./onGithub";

/** The release of gitlab-ci-local that this was tried with. It wants Node 22, which npm has as a package. */
const runner = "gitlab-ci-local@4.75.0";

/** Runs the pipeline of the example with gitlab-ci-local: merge requests, a push to main, nights with and without drift. */
export async function onGitlab(ground: Ground, npx: string, say: (line: string) => void): Promise<void> {
  const { forge, declare, rename, dir } = ground;
  const job = jobRunner(ground, npx);
  const own = () => forge.comments.filter(({ author }) => author === "pipeline[bot]");
  const openIssues = () => forge.issues.filter(({ isOpen, author }) => isOpen && author === "pipeline[bot]");

  say("two runs over one merge request");
  declare(["a", "b", "c"]);
  passed(await job("review", "merge_request_event"));
  passed(await job("review", "merge_request_event"));
  assert.equal(own().length, 1, "one note");
  assert.match(own()[0]?.body ?? "", /1 to create/);
  const report = readFileSync(path.join(dir, "drift.xml"), "utf8");
  const { testsuites } = (await parseStringPromise(report)) as {
    testsuites: { testsuite: { $: { tests: string } }[] };
  };
  assert.equal(testsuites.testsuite[0]?.$.tests, "2");

  say("a push to main that removes everyone, and nights with drift and without");
  declare([]);
  failed(await job("apply", "push"));
  declare(["a", "b"]);
  passed(await job("apply", "push"));
  await rename("a", "renamed");
  failed(await job("drift", "schedule"));
  assert.match(openIssues()[0]?.title ?? "", /1 changed/);
  await rename("renamed", "a");
  passed(await job("drift", "schedule"));
  assert.equal(openIssues().length, 0, "the issue is closed");
  assert.deepEqual(forge.unknown, [], "requests that the forge does not know");
}

function jobRunner({ dir, env, forge }: Ground, npx: string) {
  return (name: string, source: string): Promise<Outcome> => {
    const variables = {
      GITLAB_CI: "true",
      GITLAB_TOKEN: "glpat-test",
      PULUMI_STACK: "prod",
      CI_PIPELINE_SOURCE: source,
      CI_PROJECT_ID: "12",
      CI_MERGE_REQUEST_IID: "7",
      CI_SERVER_URL: forge.url,
      CI_COMMIT_BRANCH: "main",
      CI_DEFAULT_BRANCH: "main",
      ...env,
    };
    const given = Object.entries(variables).flatMap(([key, value]) => ["--variable", `${key}=${value}`]);
    const args = [
      "--force-shell-executor",
      "--ignore-predefined-vars",
      Object.keys(variables).join(","),
      name,
      ...given,
    ];
    return run(npx, ["--yes", "--package", "node@22", "--package", runner, "gitlab-ci-local", ...args], {
      cwd: dir,
      env: { ...env, PATH: process.env.PATH ?? "" },
      timeoutMs: 300_000,
    });
  };
}
