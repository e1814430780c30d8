import type { Stack } from "../../support/stack";
import { type Account, openAccount } from "../../support/account";
import { failed, messages, succeeded, tally } from "../outcome";
import { type Declaration, programOf } from "../program";
import { scenario } from "../scenario";
import { without } from "../../support/without";
import { bastionhostUsers } from "./bastionhost";
import { eiamUsers } from "./eiam";
import { ramUsers } from "./ram";
import type { LiveUser, SampleUsers } from "./sampleUsers";

type Values = Record<string, unknown>;
const kinds = [ramUsers, bastionhostUsers, eiamUsers];
const bob = bastionhostUsers.first;
const carol = eiamUsers.first;
const amy = ramUsers.second;
const bea = bastionhostUsers.second;
const robert = { ...bob.changed, userName: "robert" };
const carolByHr = { ...carol.changed, userExternalId: "hr-4711" };

scenario("users of all kinds in a stack", (step, frontend) => {
  let account: Account;
  let stack: Stack;
  /** What is declared at present, by the resource's name. */
  const declared = new Map<string, Values>();
  /** The ids of the users, by the resource's name. */
  const userIds = new Map<string, string>();
  const idOf = (resource: string) => userIds.get(resource)!;

  const programText = () =>
    programOf(
      ...kinds.flatMap(({ kind, first, second }) =>
        [first, second].map(
          ({ resource }): Declaration => [kind, resource, declared.get(resource)!] as const,
        ),
      ),
    );
  const declare = async (changes: Record<string, Values>) => {
    for (const [resource, values] of Object.entries(changes)) declared.set(resource, values);
    await stack.writeProgram(programText());
  };
  const declareFirst = (values: (first: SampleUsers["first"]) => Values) =>
    declare(Object.fromEntries(kinds.map(({ first }) => [first.resource, values(first)])));
  /** The one user that goes by the declared name. */
  const live = async ({ list, nameField }: SampleUsers, resource: string): Promise<LiveUser> => {
    const name = declared.get(resource)![nameField];
    const found = (await list(account)).filter((user) => (user as unknown as Values)[nameField] === name);
    expect(found).toHaveLength(1);
    return found[0]!;
  };
  const everyone = async () => (await Promise.all(kinds.map(({ list }) => list(account)))).flat();
  /** The writes to the users of these ids and names, in their order. */
  const writesOf = async (...users: string[]) =>
    (await account.writes()).filter(([, { UserId, UserIds = "[]", UserName, Username }]) =>
      [UserId, UserName, Username, ...(JSON.parse(UserIds as string) as unknown[])].some((each) =>
        users.includes(each as string),
      ),
    );

  beforeAll(async () => {
    account = await openAccount();
    for (const { first, second } of kinds)
      for (const user of [first, second]) declared.set(user.resource, user.declared);
    stack = await frontend.createStack({ source: programText(), env: account.env });
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  step("are created as declared, and known by instance and user id", async () => {
    expect(tally(succeeded(await stack.up()))).toEqual(["+ 7 created"]);
    const ids = (await stack.state()).deployment.resources!.map(({ id }) => id);
    for (const kind of kinds)
      for (const { resource, created } of [kind.first, kind.second]) {
        const user = await live(kind, resource);
        expect(user).toMatchObject(created);
        expect(ids).toContain(kind.idOf(user.userId));
        userIds.set(resource, user.userId);
      }
  });

  step("change in place in every attribute, the password too, in the fewest calls", async () => {
    await declareFirst(({ changed }) => changed);
    await account.emulator.control.forgetCalls();
    const up = succeeded(await stack.up());
    expect(messages(up, "RamUser", "alice")).toEqual([
      'change: userName: "alice" => "alice.l"',
      'change: displayName: "Alice" => "Alice Liddell"',
      'change: mobilePhone: "86-18600000000" => "86-18600000001"',
      'change: email: "alice@example.com" => "al@example.com"',
      'change: comments: "on call" => "on leave"',
    ]);
    expect(tally(up)).toEqual(["~ 3 updated", "4 unchanged"]);
    for (const kind of kinds) {
      const { resource, writes, updated } = kind.first;
      const userId = idOf(resource);
      expect(await writesOf(kind === ramUsers ? "alice" : userId)).toEqual(writes(userId));
      expect(await live(kind, resource)).toMatchObject({ userId, ...updated });
    }
  });

  const expectDrift = (text: string, { kind, first }: SampleUsers) =>
    expect(messages({ stdout: text, stderr: "", exitCode: 0 }, kind, first.resource)).toEqual(first.drift);

  step("show in a plain preview what was changed outside, each on its own row", async () => {
    for (const { first } of kinds) await first.changeOutside(account, idOf(first.resource));
    const preview = succeeded(await stack.preview());
    for (const kind of kinds) expectDrift(preview.stdout, kind);
    expect(tally(preview)).toEqual(["~ 3 to update", "4 unchanged"]);
  });

  step("have the engine's own property diff with --refresh, there and back", async () => {
    const { stdout } = succeeded(await stack.preview(["--refresh", "--diff"]));
    expect(stdout).toMatch(/~ userName *: "alice.l" => "eve"[^]*~ userName *: "eve" => "alice.l"/);
    expect(stdout).toMatch(/\+ comments *: "on leave"/);
  });

  step("are put right by up after a refresh has taken the change into the state", async () => {
    await account.emulator.control.forgetCalls();
    expect(tally(succeeded(await stack.refresh()))).toEqual(["~ 3 updated", "4 unchanged"]);
    expect(await account.writes()).toEqual([]);
    const up = succeeded(await stack.up());
    for (const kind of kinds) {
      const { resource, restored } = kind.first;
      expectDrift(up.stdout, kind);
      expect(await live(kind, resource)).toMatchObject({ userId: idOf(resource), ...restored });
    }
  });

  step("keep in the program what the API could not clear in the account", async () => {
    await account.emulator.control.forgetCalls();
    await declare({ bob: without(bob.changed, "comment") });
    const { stdout } = failed(await stack.up());
    expect(stdout).toContain('"comment" was removed, but the API cannot clear it.');
    expect(stdout).toContain('ignoreChanges: ["comment"]');
    expect(await account.writes()).toEqual([]);
  });

  step(
    "lose what the program lets go, and nothing else; and go back to the settings of the host",
    async () => {
      await declareFirst(({ reduced }) => reduced);
      const own = { twoFactorStatus: "Enable", twoFactorMethods: ["totp"], locked: true };
      await declare({ bea: { ...bea.declared, ...own, languageStatus: "Custom", language: "en" } });
      succeeded(await stack.up());
      for (const kind of kinds) {
        const { resource, left, cleared } = kind.first;
        const user = await live(kind, resource);
        expect(user).toMatchObject({ userId: idOf(resource), ...left });
        for (const name of cleared) expect([undefined, ""]).toContain((user as unknown as Values)[name]);
      }
      const host = { twoFactorStatus: "Global", languageStatus: "Global", userState: ["Normal"] };
      expect(await live(bastionhostUsers, "bea")).toMatchObject({
        twoFactorStatus: "Enable",
        userState: ["Frozen"],
      });
      await declare({ bea: bea.declared, carol: carol.changed });
      succeeded(await stack.up());
      expect(await live(bastionhostUsers, "bea")).toMatchObject(host);
      expect(await live(eiamUsers, "carol")).toMatchObject({ userId: idOf("carol"), description: "Flight" });
    },
  );

  step("keep what others set on them and the program does not declare", async () => {
    for (const { second } of kinds) {
      await second.setOthers(account, idOf(second.resource));
      await declare({ [second.resource]: { ...second.declared, displayName: "Renamed" } });
    }
    const up = succeeded(await stack.up());
    expect(tally(up)).toEqual(["~ 3 updated", "4 unchanged"]);
    for (const kind of kinds) {
      const { resource, kept } = kind.second;
      expect(messages(up, kind.kind, resource)).toEqual([expect.stringMatching(/^change: displayName: /)]);
      const user = await live(kind, resource);
      expect(user).toMatchObject({ userId: idOf(resource), displayName: "Renamed", ...kept });
    }
  });

  step("are replaced where the API cannot change them, the old user deleted first", async () => {
    await account.emulator.control.forgetCalls();
    await declare({ bob: robert, carol: carolByHr });
    const up = succeeded(await stack.up());
    expect(messages(up, "BastionhostUser", "bob")).toEqual(['change: userName: "bob" => "robert"']);
    expect(messages(up, "EiamUser", "carol")).toEqual([
      `change: userExternalId: "${idOf("carol")}" => "hr-4711"`,
    ]);
    expect(tally(up)).toEqual(["+-2 replaced", "5 unchanged"]);
    for (const [name, userId] of [
      ["robert", idOf("bob")],
      ["carol.d", idOf("carol")],
    ] as const) {
      const writes = await writesOf(name, userId);
      expect(writes.map(([action]) => action)).toEqual(["DeleteUser", "CreateUser"]);
      expect(writes[0]![1]).toEqual({ UserId: userId });
    }
    expect(await live(bastionhostUsers, "bob")).toMatchObject({ displayName: "Bob Sawyer" });
    const now = { userExternalId: "hr-4711", displayName: "Carol Danvers" };
    expect(await live(eiamUsers, "carol")).toMatchObject(now);
  });

  step(
    "are gone once they were deleted outside, even if another bears the name, and recreated by up",
    async () => {
      for (const { second } of kinds) await second.deleteOutside(account, idOf(second.resource));
      await account.admin.ram("CreateUser", { UserName: "amy", DisplayName: "Stranger" });
      const { userId: stranger } = await live(ramUsers, "amy");
      const advice = `recreated as ${stranger} by somebody; set adopt: true to take it over`;
      const preview = succeeded(await stack.preview());
      for (const { kind, second, idOf: resourceId } of kinds) {
        const id = resourceId(idOf(second.resource));
        const then = kind === "RamUser" ? advice : "it will be recreated";
        const gone = new RegExp(`^drift: gone: .*\\b${id}\\b.*; ${then}$`);
        expect(messages(preview, kind, second.resource)).toEqual([expect.stringMatching(gone)]);
      }
      expect(tally(preview)).toEqual([
        frontend.refreshes ? "+ 3 to create" : "+-3 to replace",
        "4 unchanged",
      ]);
      const { stdout } = failed(await stack.up(["--continue-on-error"]));
      expect(stdout).toContain(`error: The user of this resource was ${advice}.`);
      expect(await live(ramUsers, "amy")).toMatchObject({ userId: stranger, displayName: "Stranger" });
      for (const kind of [bastionhostUsers, eiamUsers]) {
        const { resource } = kind.second;
        const user = await live(kind, resource);
        expect(user).toMatchObject({ displayName: "Renamed" });
        expect(user.userId).not.toBe(idOf(resource));
      }
      await declare({ amy: { ...amy.declared, adopt: true } });
      succeeded(await stack.up());
      expect(await live(ramUsers, "amy")).toMatchObject({ userId: stranger, displayName: "Amy" });
    },
  );

  step("are locked or left by a destroy where onDelete says so, and can be adopted again", async () => {
    const withOption = (of: (kind: SampleUsers, isFirst: boolean) => Values) =>
      declare(
        Object.fromEntries(
          kinds.flatMap((kind) =>
            [kind.first, kind.second].map(({ resource }, number) => [
              resource,
              { ...without(declared.get(resource)!, "adopt", "onDelete"), ...of(kind, number === 0) },
            ]),
          ),
        ),
      );
    const before = await everyone();
    await withOption((kind, isFirst) => ({
      onDelete: isFirst && kind !== ramUsers ? "lock" : "retain",
    }));
    succeeded(await stack.up());
    succeeded(await stack.destroy());
    expect(await live(bastionhostUsers, "bob")).toMatchObject({ userState: ["Frozen"] });
    expect(await live(bastionhostUsers, "bea")).toMatchObject({ userState: ["Normal"] });
    expect(await live(eiamUsers, "carol")).toMatchObject({ status: "disabled" });
    expect(await live(eiamUsers, "dan")).toMatchObject({ status: "enabled" });
    await withOption(() => ({ adopt: true }));
    succeeded(await stack.up());
    const ids = (users: LiveUser[]) => users.map(({ userId }) => userId).sort();
    expect(ids(await everyone())).toEqual(ids(before));
    expect(await live(bastionhostUsers, "bob")).toMatchObject({ userState: ["Normal"] });
    expect(await live(eiamUsers, "carol")).toMatchObject({ status: "enabled" });
  });

  step("are gone from the account after a destroy", async () => {
    succeeded(await stack.destroy());
    expect(await everyone()).toEqual([]);
    expect((await stack.state()).deployment.resources ?? []).toEqual([]);
  });
});
