import { dynamicFrontend } from "../../provider/lifecycle/frontend";
import { unknownValue } from "../../provider/core/unknown";
import type { Values } from "../../provider/core/wire";
import { connect } from "../../provider/api/connect";
import { instanceIds, settingsFor, useAccount } from "../api/account";
import { passingClock } from "../api/passingClock";
import { sampleUsers } from "../support/sampleUsers";
import { bothFrontends, type Declared, openRun, type Run } from "./inProcess";

const account = useAccount();

const swap =
  "Where that user gives it up in this run, run up once more. Two users that swap names need a third name in between: give one of them another name, run up, then the wanted one.";
const products = { RamUser: "Ram", BastionhostUser: "Bastionhost", EiamUser: "Eiam" } as const;

describe.each(bothFrontends)("through %s,", (_name, frontend) => {
  const aRun = (): Run =>
    openRun(frontend, connect(settingsFor(account.emulator.url), { clock: passingClock() }));

  describe.each(sampleUsers)("two resources that declare one $kind", ({ kind, one, unique }) => {
    const whose = kind === "RamUser" ? "an account" : "an instance";
    const refused = (what: string) => [
      `${kind} "a" and ${kind} "b" both declare the ${unique} ${what}; ${whose} has one user of a name. ` +
        "Remove one of them or change its name.",
    ];

    test("are refused, both named, also with adopt", async () => {
      const run = aRun();
      expect(await run.check({ kind, values: one, name: "a" })).toEqual([]);
      expect(await run.check({ kind, values: { ...one, adopt: true }, name: "b" })).toEqual(refused('"ann"'));
    });

    test("are refused without the name where it is secret", async () => {
      const run = aRun();
      await run.check({ kind, values: one, name: "a", secrets: [unique] });
      expect(await run.check({ kind, values: one, name: "b" })).toEqual(refused("[secret]"));
    });

    test("are no two where one was checked twice, or one's name is unknown, in another region, another one by now", async () => {
      const run = aRun();
      const check = (name: string, values: Values, previous?: Values) =>
        run.check({ kind, values, name }, previous);
      expect(await check("a", one)).toEqual([]);
      expect(await check("a", one, one)).toEqual([]);
      expect(await check("b", { ...one, [unique]: unknownValue })).toEqual([]);
      if (kind !== "RamUser") expect(await check("b", { ...one, regionId: "cn-beijing" })).toEqual([]);
      expect(await check("a", { ...one, [unique]: "bob" }, one)).toEqual([]);
      expect(await check("c", one)).toEqual([]);
    });

    test("are compared by the case of names as the API does", async () => {
      const run = aRun();
      await run.check({ kind, values: one, name: "a" });
      const failures = await run.check({ kind, values: { ...one, [unique]: "ANN" }, name: "b" });
      expect(failures).toEqual(kind === "RamUser" ? refused('"ANN"') : []);
    });
  });

  describe.each(sampleUsers)("a $kind that was deleted and made again by somebody", ({ kind, one }) => {
    const gone = (id: string) => `warning: drift: gone: the account has no user "ann" (${id}) any more`;
    const recreated = async () => {
      const mine: Declared = { kind, values: one };
      const state = await aRun().create(mine);
      await account.remove(products[kind]);
      const { id: other } = await aRun().create({
        kind,
        values: { ...one, displayName: "Theirs" },
        name: "theirs",
      });
      return { mine, state, other };
    };

    test("is shown under its new id, with what to do, and up says the same", async () => {
      const { mine, state, other } = await recreated();
      const advice = `recreated as ${other} by somebody; set adopt: true to take it over`;
      const run = aRun();
      expect(await run.preview(state, mine)).toEqual([`${gone(state.id)}; ${advice}`]);
      if (frontend === dynamicFrontend) expect(await run.previewCreate(mine)).toEqual([]);
      await expect(run.create(mine)).rejects.toThrow(`The user of this resource was ${advice}.`);
    });

    test("is shown as adopted where the program says so, with what changes", async () => {
      const { mine, state, other } = await recreated();
      const values = { ...one, adopt: true };
      const run = aRun();
      expect(await run.preview(state, { ...mine, values })).toEqual([
        `${gone(state.id)}; recreated as ${other} by somebody; up adopts it`,
      ]);
      expect(await run.previewCreate({ ...mine, values })).toEqual([
        expect.stringMatching(`^info: adopts ann \\(id ${other}\\); `),
        'info: change: displayName: "Theirs" => "Ann"',
        ...("password" in one ? ["info: password: not sent to an existing user; recorded as declared"] : []),
      ]);
      expect((await run.create({ ...mine, values })).id).toBe(other);
    });

    test("is named once by the create that follows a refresh", async () => {
      const { mine, state, other } = await recreated();
      const run = aRun();
      expect(await run.read(state, mine)).toBeUndefined();
      expect(run.lines()).toEqual([]);
      expect(await run.previewCreate(mine)).toEqual([
        `${gone(state.id)}; recreated as ${other} by somebody; set adopt: true to take it over`,
      ]);
    });
  });

  test.each(sampleUsers)(
    "a $kind that is gone is said to be recreated only where the program declares it",
    async ({ kind, one }) => {
      const mine: Declared = { kind, values: one };
      const state = await aRun().create(mine);
      await account.remove(products[kind]);
      const gone = `warning: drift: gone: the account has no user "ann" (${state.id}) any more`;
      const run = aRun();
      await run.read(state, mine);
      expect(run.lines()).toEqual([]);
      expect(await run.previewCreate({ ...mine, values: { ...one, adopt: true } })).toEqual([
        `${gone}; it will be recreated`,
      ]);
      expect(await aRun().preview(state, mine)).toEqual([`${gone}; it will be recreated`]);
      await run.create(mine);
      expect(run.lines()).toEqual([gone]);
    },
  );

  test.each(sampleUsers.filter(({ kind }) => kind !== "BastionhostUser"))(
    "two $kind that swap names are told the way, in the preview and by the error",
    async ({ kind, one, unique }) => {
      const a = await aRun().create({ kind, values: one, name: "a" });
      const b = await aRun().create({ kind, values: { ...one, [unique]: "bob" }, name: "b" });
      const wanted: Declared = { kind, values: { ...one, [unique]: "bob" }, name: "a" };
      const change = `info: change: ${unique}: "ann" => "bob"`;
      expect(await aRun().preview(a, wanted)).toEqual([
        change,
        `warning: the name "bob" belongs to the user ${b.id} today. ${swap}`,
      ]);
      await expect(aRun().update(a, wanted)).rejects.toThrow(swap);
      const free: Declared = { kind, values: { ...one, [unique]: "carl" }, name: "a" };
      expect(await aRun().preview(a, free)).toEqual([`info: change: ${unique}: "ann" => "carl"`]);
      expect(await aRun().preview(a, { kind, values: one, name: "a" })).toEqual([]);
    },
  );

  test.each(sampleUsers)(
    "a $kind of two resources stays when one of them leaves the program",
    async ({ kind, one }) => {
      const mine: Declared = { kind, values: one, name: "a" };
      const state = await aRun().create(mine);
      const run = aRun();
      await run.preview(state, mine);
      await run.remove(state, { ...mine, name: "twin" });
      expect(run.lines()).toEqual([
        `warning: ${state.id} was left in the account: the resource "a" declares it as well.`,
      ]);
      expect(await account.users(products[kind])).toHaveLength(1);
    },
  );

  test("a refresh, which knows no program, says nothing of what the program may declare by now", async () => {
    const wanted = (userName: string): Declared => ({ kind: "RamUser", values: { userName } });
    const state = await aRun().create(wanted("ann"));
    await account.outside("Ram", "UpdateUser", { UserName: "ann", NewUserName: "bob" });
    const run = aRun();
    const read = (await run.read(state, wanted("ann")))!;
    await run.compare(read.state, wanted("ann"));
    expect(run.lines()).toEqual([]);
    expect(await run.preview(read.state, wanted("bob"))).toEqual([]);
    expect(await run.preview(read.state, wanted("ann"))).toEqual([
      'warning: drift: userName: "bob" => "ann"',
    ]);
  });

  test("an update that meets another conflict hears nothing of names", async () => {
    const carol: Values = { instanceId: instanceIds.Eiam, username: "carol" };
    const state = await aRun().create({ kind: "EiamUser", values: carol });
    await account.emulator.control.fault({
      kind: "error",
      status: 409,
      code: "ResourceDuplicated.Email",
      action: "UpdateUser",
    });
    const values = { ...carol, email: "carol@example.com", emailVerified: true };
    const failed = aRun().update(state, { kind: "EiamUser", values });
    await expect(failed).rejects.toThrow(/^(?!.*swap names).*ResourceDuplicated\.Email/s);
  });

  describe("onDelete", () => {
    const bob: Values = {
      instanceId: instanceIds.Bastionhost,
      source: "Local",
      userName: "bob",
      password: "Correct-Horse-7",
    };
    const declared = (values: Values): Declared => ({
      kind: "BastionhostUser",
      values: { ...bob, ...values },
    });

    test.each([
      ["lock", "stays and is locked", "stays and is locked", "was locked and stays in the account"],
      [
        "retain",
        "stays in the account as it is",
        "stays in the account as it is",
        "was retained: it stays in the account as it is",
      ],
    ])(
      "%s says when it is set, in a replacement and at the delete that the user stays",
      async (onDelete, set, replaced, done) => {
        const state = await aRun().create(declared({}));
        expect(await aRun().preview(state, declared({ onDelete }))).toEqual([
          `info: change: onDelete: (none) => "${onDelete}"`,
          `info: onDelete: when this resource leaves the program, the user ${set}`,
        ]);
        const held = { ...state, values: { ...state.values, onDelete } };
        expect((await aRun().preview(held, declared({ onDelete, userName: "bert" }))).slice(1)).toEqual([
          expect.stringMatching(
            /^warning: replace: a new user takes the place of this one, because userName changes;/,
          ),
          `info: replacement: bob (id ${state.id}) ${replaced}`,
        ]);
        const run = aRun();
        await run.remove(held, declared({}));
        expect(run.lines()).toEqual([`info: bob (id ${state.id}) ${done}`]);
      },
    );

    test("says nothing of a user that is deleted, or was gone before it could be locked", async () => {
      const state = await aRun().create(declared({}));
      expect(await aRun().preview(state, declared({ onDelete: "delete" }))).toEqual([
        'info: change: onDelete: (none) => "delete"',
      ]);
      const run = aRun();
      await run.remove(state, declared({}));
      await run.remove({ ...state, values: { ...state.values, onDelete: "lock" } }, declared({}));
      expect(run.lines()).toEqual([]);
    });
  });

  test("a replacement that access keys will block says so, unless forceDestroy removes them", async () => {
    const ann: Values = { userName: "ann", displayName: "Ann" };
    const wanted = (values: Values): Declared => ({ kind: "RamUser", values: { ...ann, ...values } });
    const state = await aRun().create(wanted({}));
    const preview = async (held = state) =>
      (await aRun().preview(held, wanted({ displayName: "Bea" }), ["displayName"])).slice(2);
    expect(await preview()).toEqual([]);
    await account.outside("Ram", "CreateAccessKey", { UserName: "ann" });
    expect(await preview()).toEqual([
      `warning: replacement: ann (id ${state.id}) has access keys, so its delete will fail. ` +
        "Remove them, or set forceDestroy: true and run pulumi up before.",
    ]);
    const forced = { ...state, values: { ...state.values, forceDestroy: true } };
    expect(await preview(forced)).not.toContainEqual(expect.stringContaining("has access keys"));
  });
});
