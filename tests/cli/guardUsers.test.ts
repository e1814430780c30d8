import { writeFileSync } from "node:fs";
import path from "node:path";
import { readState } from "../../cli/drift/stateUsers";
import { judge, type Limits, limitOf } from "../../cli/guard/judge";
import { readPreview } from "../../cli/guard/previewUsers";
import { ofPreview, ofPreviewAndState, type StackUsers } from "../../cli/guard/stackUsers";
import { temporaryFolder } from "../support/temporaryFolder";
import { commandLine } from "./commandLine";

const type = "alicloud-users:index:RamUser";
const urnOf = (name: string, stack = "dev") => `urn:pulumi:${stack}::team::${type}::${name}`;

/** A resource as a state and a preview have it: the user's name is that of the resource with "-user" behind it. */
function resource(name: string, rest: object = {}, stack = "dev") {
  const inputs = { userName: `${name}-user` };
  return { urn: urnOf(name, stack), type, id: `id-${name}`, custom: true, inputs, outputs: inputs, ...rest };
}

interface Step {
  op: string;
  name: string;
}

/** What `pulumi preview --json` prints of these steps; `gone` are the users that the provider did not find. */
function preview(steps: Step[], gone: string[] = [], stack = "dev"): string {
  const count = (op: string) => steps.filter((step) => step.op === op).length;
  return JSON.stringify({
    steps: steps.map(({ op, name }) => ({
      op,
      urn: urnOf(name, stack),
      oldState: resource(name, {}, stack),
    })),
    diagnostics: gone.map((name) => ({
      urn: urnOf(name, stack),
      severity: "warning",
      message: `warning: drift: gone: the account has no user "${name}-user" (id-${name}) any more; it will be recreated\n`,
    })),
    changeSummary: { same: count("same"), delete: count("delete") },
  });
}

function state(...resources: object[]): string {
  const stack = { urn: "urn:pulumi:dev::team::pulumi:pulumi:Stack::team-dev", type: "pulumi:pulumi:Stack" };
  return JSON.stringify({ version: 3, deployment: { resources: [stack, ...resources] } });
}

const none: Limits = { maxRemovals: undefined, noReplace: false, protectedNames: [], approved: undefined };
const refused = (users: StackUsers, limits: Partial<Limits>) => judge(users, { ...none, ...limits });

test("a user that is gone from the account already is no loss, whose resource the preview replaces", () => {
  const steps = ["replace", "create-replacement", "delete-replaced"].map((op) => ({ op, name: "ann" }));
  const zero: Partial<Limits> = { maxRemovals: { count: 0 }, noReplace: true, protectedNames: ["ann"] };
  expect(refused(ofPreview(readPreview(preview(steps, ["ann"]))), zero)).toEqual([]);
  expect(refused(ofPreview(readPreview(preview(steps))), zero)).not.toEqual([]);
});

test("users of dynamic resources count as those of the plugin", () => {
  const text = preview([{ op: "delete", name: "ann" }]);
  const dynamic = text.replaceAll(type, "pulumi-nodejs:dynamic/alicloud-users:RamUser");
  for (const each of [text, dynamic])
    expect(refused(ofPreview(readPreview(each)), { maxRemovals: { count: 0 } })).not.toEqual([]);
});

test.each([
  [1, "10%", 1],
  [9, "10%", 1],
  [20, "10%", 2],
  [29, "10%", 2],
  [9, "0%", 0],
  [3, "100%", 3],
])("of %p users, %p lets %p go: a share lets one go at least", (team, share, most) => {
  const users = (leavers: number) =>
    ofPreview(
      readPreview(
        preview(
          Array.from({ length: team }, (_, index) => ({
            op: index < leavers ? "delete" : "same",
            name: `user${index}`,
          })),
        ),
      ),
    );
  const maxRemovals = limitOf(share);
  expect(refused(users(most), { maxRemovals })).toEqual([]);
  if (most < team) expect(refused(users(most + 1), { maxRemovals })[0]).toMatch(`at most ${most} may.`);
});

test("an approval by number lets just so many go, replacements too, and no protected user", () => {
  const users = ofPreview(
    readPreview(
      preview([
        { op: "delete", name: "ann" },
        { op: "replace", name: "bob" },
        { op: "same", name: "cy" },
      ]),
    ),
  );
  const limits: Partial<Limits> = { maxRemovals: { count: 1 }, noReplace: true };
  expect(refused(users, limits).at(-1)).toBe("Where this is right, a person approves it with --approved 2.");
  expect(refused(users, { ...limits, approved: 2 })).toEqual([]);
  for (const approved of [1, 3])
    expect(refused(users, { ...limits, approved }).at(-1)).toBe(
      `The approval is for ${approved}, and holds for that number alone.`,
    );
  expect(refused(users, { ...limits, approved: 2, protectedNames: ["ann"] })).toEqual([
    "Protected users would go: ann-user.",
  ]);
});

test("deletes that an earlier run left pending count as removals, unless the user stays", () => {
  const stored = readState(
    state(
      resource("ann"),
      resource("ann", { id: "id-old", delete: true }),
      resource("bob", { delete: true, retainOnDelete: true }),
      resource("cy", { delete: true, outputs: { onDelete: "retain" } }),
    ),
  );
  const users = ofPreviewAndState(readPreview(preview([{ op: "same", name: "ann" }])), stored);
  expect(users.removals).toEqual([
    { urn: urnOf("ann"), kind: "RamUser", id: "id-old", name: "ann-user", effect: "pending" },
  ]);
  expect(users.before).toBe(1);
});

describe("alicloud-users guard", () => {
  /** Runs it over these files; no `pulumi` is on its PATH. */
  async function guard(files: Record<string, string>, ...args: string[]) {
    const dir = await temporaryFolder();
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(dir, name), text);
    return commandLine({ dir, env: { PATH: dir } }, "guard", "preview.json", "--max-removals", "0", ...args);
  }

  const same = preview([{ op: "same", name: "ann" }]);

  test("reads the state too, and counts what a preview does not show", async () => {
    const stored = state(resource("ann"), resource("ann", { delete: true }));
    expect(await guard({ "preview.json": same, "state.json": stored }, "--state", "state.json")).toEqual({
      exitCode: 3,
      stdout:
        "Refused. 1 of 1 users would go; at most 0 may. Where this is right, a person approves it with --approved 1.\n" +
        "  pending RamUser ann-user\n",
      stderr: "",
    });
  });

  test("does not pass where the state was not read, and says the ways out", async () => {
    const { exitCode, stdout, stderr } = await guard({ "preview.json": same });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/^A preview does not show deletes .* no pulumi on the PATH.*--preview-only\.\n$/);
    expect(await guard({ "preview.json": same }, "--preview-only")).toMatchObject({
      exitCode: 0,
      stdout:
        "0 users would go: within the limits.\n" +
        "Deletes that an earlier run left pending were not looked for (--preview-only).\n",
    });
  });

  test("does not judge a preview by the state of another stack", async () => {
    const files = {
      "preview.json": preview([{ op: "same", name: "ann" }], [], "prod"),
      "state.json": state(resource("ann")),
    };
    expect((await guard(files, "--state", "state.json")).stderr).toMatch(
      "The preview is of team/prod, and the state is of team/dev.",
    );
  });

  test("says which protected names the stack does not have, and that an empty stack loses nobody", async () => {
    const files = { "preview.json": same, "state.json": state(resource("ann")) };
    const names = ["ann", "ann-user", "anne"].flatMap((name) => ["--protect", name]);
    expect(await guard(files, "--state", "state.json", ...names)).toMatchObject({
      exitCode: 0,
      stdout:
        "0 users would go: within the limits.\n" +
        'Protects nobody: the stack has no user or resource "anne". Check the spelling.\n',
    });
    const empty = { "preview.json": preview([]), "state.json": state() };
    expect((await guard(empty, "--state", "state.json")).stdout).toBe(
      "0 users would go: the stack holds none.\n",
    );
  });

  test("takes an approval from the environment, where an empty one is none", async () => {
    const dir = await temporaryFolder();
    writeFileSync(path.join(dir, "preview.json"), preview([{ op: "delete", name: "ann" }]));
    const run = (approved: string) =>
      commandLine(
        { dir, env: { ALICLOUD_USERS_APPROVED_REMOVALS: approved } },
        "guard",
        "preview.json",
        "--preview-only",
        "--max-removals",
        "0",
      );
    expect((await run("1")).stdout).toMatch(/^1 users would go: a person approved that number\.\n/);
    expect((await run("")).exitCode).toBe(3);
    expect((await run("all")).stderr).toMatch("It is a whole number");
  });
});
