import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Outcome, run } from "../../scripts/toolchain/run";
import { actions } from "../../tests/support/gitops/actions";
import type { Ground } from "./ground";

/** What the actions do here: everything is there already. */
const nothing =
  "name: nothing\ndescription: nothing\nruns:\n  using: composite\n  steps:\n    - run: 'true'\n      shell: bash\n";

/** Runs the workflows of the example with act: pull requests, a push to main, nights with and without drift. */
export async function onGithub(ground: Ground, act: string, say: (line: string) => void): Promise<void> {
  const { forge, declare, rename, emulator } = ground;
  const workflow = workflowRunner(ground, act);
  const own = () => forge.comments.filter(({ author }) => author === "pipeline[bot]");
  const userNames = async () =>
    (await emulator.control.snapshot()).ram.users.map((user) => user.userName).sort();
  const openIssues = () => forge.issues.filter(({ isOpen, author }) => isOpen && author === "pipeline[bot]");

  say("three runs over one pull request");
  for (const names of [
    ["a", "b", "c"],
    ["a", "b", "c", "d"],
    ["a", "b", "c"],
  ]) {
    declare(names);
    passed(await workflow("pull_request", "users.yml"));
  }
  assert.equal(own().length, 1, "one comment");
  assert.match(own()[0]?.body ?? "", /1 to create/);
  assert.match(own()[0]?.body ?? "", /0 users would go/);
  assert.match(own()[0]?.body ?? "", /In sync/);

  say("a pull request that removes everyone");
  declare([]);
  failed(await workflow("pull_request", "users.yml"));
  assert.equal(own().length, 1, "one comment");
  assert.match(own()[0]?.body ?? "", /Refused\. 2 of 2 users would go/);

  say("the same pull request with a reviewer's label, for another number and for this one");
  failed(await workflow("pull_request", "users.yml", { labels: ["remove-users:1"] }));
  passed(await workflow("pull_request", "users.yml", { labels: ["remove-users:2"] }));

  say("a push to main that removes everyone, and one that adds a user");
  failed(await workflow("push", "users.yml"));
  assert.deepEqual(await userNames(), ["a", "b"]);
  declare(["a", "b", "c"]);
  passed(await workflow("push", "users.yml"));
  assert.deepEqual(await userNames(), ["a", "b", "c"]);

  say("nights: in sync, drift, more drift, unreadable, in sync");
  passed(await workflow("schedule", "drift.yml"));
  assert.equal(openIssues().length, 0, "no issue without drift");
  await rename("a", "renamed");
  failed(await workflow("schedule", "drift.yml"));
  assert.match(openIssues()[0]?.title ?? "", /1 changed/);
  await rename("b", "renamed-too");
  failed(await workflow("schedule", "drift.yml"));
  assert.match(openIssues()[0]?.title ?? "", /2 changed/);
  failed(await workflow("schedule", "drift.yml", { stack: "nowhere" }));
  assert.equal(openIssues().length, 2, "a stack that cannot be read has an issue of its own");
  await rename("renamed", "a");
  await rename("renamed-too", "b");
  passed(await workflow("schedule", "drift.yml"));
  assert.equal(openIssues().length, 1, "the issue of the stack is closed");
  assert.deepEqual(forge.unknown, [], "requests that the forge does not know");
}

function workflowRunner({ root, dir, env, forge }: Ground, act: string) {
  const action = path.join(root, "action");
  mkdirSync(action);
  writeFileSync(path.join(action, "action.yml"), nothing);
  const event = path.join(root, "event.json");
  const repo = { full_name: "acme/users" };
  const writeEvent = (labels: string[]) => {
    const request = {
      number: 7,
      head: { repo },
      base: { ref: "main" },
      labels: labels.map((name) => ({ name })),
    };
    writeFileSync(event, JSON.stringify({ repository: repo, pull_request: request }));
  };
  const handed = Object.entries(env).filter(([name]) => /^(ALI|PULUMI_(HOME|SKIP|DISABLE|NODE))/.test(name));
  const variables = {
    ...Object.fromEntries(handed),
    GITHUB_API_URL: forge.url,
    GITHUB_REPOSITORY: "acme/users",
  };
  return (
    trigger: string,
    file: string,
    { stack = "prod", labels = [] as string[] } = {},
  ): Promise<Outcome> => {
    writeEvent(labels);
    return run(
      act,
      [
        trigger,
        "-W",
        `.github/workflows/${file}`,
        "-P",
        "ubuntu-latest=-self-hosted",
        "-e",
        event,
        "--action-offline-mode",
        ...actions.flatMap((name) => ["--local-repository", `${name}=${action}`]),
        "--var",
        `PULUMI_STACK=${stack}`,
        "--var",
        `PULUMI_BACKEND_URL=${env.PULUMI_BACKEND_URL}`,
        "-s",
        "PULUMI_CONFIG_PASSPHRASE=test",
        "-s",
        "GITHUB_TOKEN=ghs_test",
        ...Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
      ],
      { cwd: dir, env: { ...env, XDG_CACHE_HOME: path.join(root, "cache") }, timeoutMs: 300_000 },
    );
  };
}

/** Fails with all that a pipeline printed unless it passed. */
export function passed({ exitCode, stdout, stderr }: Outcome): void {
  assert.equal(exitCode, 0, `The pipeline failed:\n${stdout}\n${stderr}`);
}

/** Fails with all that a pipeline printed unless it failed. */
export function failed({ exitCode, stdout, stderr }: Outcome): void {
  assert.notEqual(exitCode, 0, `The pipeline should have failed:\n${stdout}\n${stderr}`);
}
