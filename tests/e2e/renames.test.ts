import type { Outcome, Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { dynamic, type Frontend, plugin } from "./frontend";
import { errorsOf, failed, succeeded, tally } from "./outcome";
import { type Declaration, programOf, type UserType } from "./program";
import { scenario } from "./scenario";

const bastion = { instanceId: bastionHost, source: "Local", userName: "bob", password: "Correct-Horse-7" };

/** One user of each kind; the names of their resources end in `suffix`. */
const users = (suffix: string, options: object = {}): Declaration[] => [
  ["RamUser", `alice${suffix}`, { userName: "alice", ...options }],
  ["BastionhostUser", `bob${suffix}`, { ...bastion, ...options, onDelete: "lock" }],
  ["EiamUser", `carol${suffix}`, { instanceId: idaas, username: "carol", displayName: "Carol", ...options }],
];

/** Every user of the account: its id, and whether it is locked. */
async function everyoneIn(account: Account) {
  return {
    ram: (await account.ramUsers()).map(({ userId }) => userId),
    bastionhost: (await account.bastionhostUsers()).map(({ userId, userState }) => [userId, userState]),
    eiam: (await account.eiamUsers()).map(({ userId, status }) => [userId, status]),
  };
}

/** The ids of the users in the state, by the names of their resources. */
async function recordedIn(stack: Stack): Promise<Record<string, string>> {
  const all = (await stack.state()).deployment.resources ?? [];
  const users = all.filter(({ type }) => type.endsWith("User"));
  return Object.fromEntries(users.map(({ urn, id }) => [urn.split("::").at(-1), id]));
}

/** The warnings on the row of one resource. */
function warnings({ stdout }: Outcome, type: string, name: string): string[] {
  const row = new RegExp(`${type} ${name} .*?warning: (.*)$`);
  return [...new Set(stdout.split("\n").flatMap((line) => row.exec(line)?.[1] ?? []))];
}

/** What the row of a deleted resource says when another one of the run has taken over its user. */
function leftToAnother(outcome: Outcome, frontend: Frontend, ids: Record<string, string>): void {
  const kinds: Record<string, UserType> = { alice: "RamUser", bob: "BastionhostUser", carol: "EiamUser" };
  for (const [name, kind] of Object.entries(kinds))
    expect(warnings(outcome, frontend.type(kind), name)).toEqual([
      `${ids[name]} was left in the account: this run has created or adopted it. ` +
        `A resource that is renamed or moved needs the option aliases: [{ name: "${name}" }].`,
    ]);
}

scenario("a user whose resource is renamed without aliases", (step, frontend) => {
  let account: Account;
  let stack: Stack;
  let before: Awaited<ReturnType<typeof everyoneIn>>;
  let ids: Record<string, string>;

  beforeAll(async () => {
    account = await openAccount();
    stack = await frontend.createStack({ source: programOf(...users("")), env: account.env });
    succeeded(await stack.up());
    before = await everyoneIn(account);
    ids = await recordedIn(stack);
  }, 180_000);
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  step("is refused under the new name, and stays in the account and in the state", async () => {
    await stack.writeProgram(programOf(...users("-2")));
    const errors = errorsOf(failed(await stack.up(["--continue-on-error"])));
    for (const [name, id] of Object.entries(ids)) {
      const refused =
        `(id ${id}). The resource "${name}" of this stack has this user. If it leaves the program in the same run, run pulumi ` +
        "up twice: first without this resource, then with it. If this is the same user under another resource name, give " +
        `it the option aliases: [{ name: "${name}" }]. Otherwise choose another name.`;
      const kept =
        `${id} was not deleted and stays in the state: this run failed to create a user of the same name. ` +
        `A resource that is renamed or moved needs the option aliases: [{ name: "${name}" }].`;
      for (const sentence of [refused, kept])
        expect(errors).toContainEqual(expect.stringContaining(sentence));
    }
    expect(await everyoneIn(account)).toEqual(before);
    expect(await recordedIn(stack)).toEqual(ids);
  });

  step("is neither deleted nor locked when the new name adopts it, and a sentence says why", async () => {
    await stack.writeProgram(programOf(...users("-2", { adopt: true })));
    if (frontend.refreshes) {
      // The plugin has read the state, so it knows the resource that has the user.
      const errors = errorsOf(failed(await stack.up(["--continue-on-error"])));
      for (const name of Object.keys(ids))
        expect(errors).toContainEqual(
          expect.stringContaining(
            `is not taken over: the resource "${name}" of this stack has this user. If this is the same user under another ` +
              `resource name, give it the option aliases: [{ name: "${name}" }].`,
          ),
        );
      await stack.writeProgram(
        programOf(
          ...users("-2").map(([type, name, args]): Declaration => {
            const aliases = [{ name: name.replace("-2", "") }];
            return [type, name, args, { aliases }];
          }),
        ),
      );
      succeeded(await stack.up());
    } else {
      const outcome = succeeded(await stack.up());
      leftToAnother(outcome, frontend, ids);
      expect(tally(outcome)).toEqual(["+ 3 created", "- 3 deleted", "6 changes. 1 unchanged"]);
    }
    expect(await everyoneIn(account)).toEqual(before);
    const renamed = Object.entries(ids).map(([name, id]) => [`${name}-2`, id]);
    expect(await recordedIn(stack)).toEqual(Object.fromEntries(renamed));
    succeeded(await stack.preview(["--expect-no-changes"]));
  });

  step("is deleted or locked by a later run as ever", async () => {
    succeeded(await stack.destroy());
    const [[bob]] = before.bastionhost as [[string, string[]]];
    expect(await everyoneIn(account)).toEqual({ ram: [], bastionhost: [[bob, ["Frozen"]]], eiam: [] });
  });
});

scenario("a user of more than one resource", (step, frontend) => {
  let account: Account;
  let stack: Stack;
  let userId: string;
  const declared = { userName: "alice", adopt: true };

  beforeAll(async () => {
    account = await openAccount();
    const source = programOf(["RamUser", "alice", declared]);
    stack = await frontend.createStack({ source, env: account.env });
    succeeded(await stack.up());
    userId = (await account.ramUsers())[0]!.userId;
  }, 180_000);
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  step("is refused to the second one in the preview, both named", async () => {
    const twins = programOf(["RamUser", "alice", declared], ["RamUser", "twin", declared]);
    await stack.writeProgram(twins);
    expect(errorsOf(failed(await stack.preview()))).toContainEqual(
      expect.stringMatching(
        /RamUser "(alice|twin)" and RamUser "(alice|twin)" both declare the userName "alice";/,
      ),
    );
  });

  step("is another one after a replacement, whatever the program says of its order", async () => {
    const opts = { replaceOnChanges: ["comments"], deleteBeforeReplace: false };
    await stack.writeProgram(programOf(["RamUser", "alice", { ...declared, comments: "one" }, opts]));
    succeeded(await stack.up());
    expect(await account.ramUsers()).toMatchObject([{ userName: "alice", comments: "one" }]);
    expect(await account.ramUsers()).not.toMatchObject([{ userId }]);
    succeeded(await stack.preview(["--expect-no-changes"]));
  });
});

scenario(
  "a user whose program changes to another frontend without aliases",
  (step) => {
    let account: Account;
    let stack: Stack;
    const program = (frontend: Frontend) =>
      programOf(...users("", { adopt: true })).replace(`"${dynamic.module}"`, `"${frontend.module}"`);

    beforeAll(async () => {
      account = await openAccount();
      stack = await dynamic.createStack({ source: program(dynamic), env: account.env });
      succeeded(await stack.up());
    }, 180_000);
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    for (const [from, to] of [
      [dynamic, plugin],
      [plugin, dynamic],
    ] as const)
      step(`stays the same one from ${from.name} to ${to.name}, and a warning says why`, async () => {
        const before = await everyoneIn(account);
        const ids = await recordedIn(stack);
        await stack.writeProgram(program(to));
        const outcome = succeeded(await stack.up());
        leftToAnother(outcome, from, ids);
        expect(await everyoneIn(account)).toEqual(before);
        expect(await recordedIn(stack)).toEqual(ids);
        succeeded(await stack.preview(["--expect-no-changes"]));
      });
  },
  [plugin],
);
