import { instanceIds, type StoredUser, useAccount } from "../api/account";
import { sampleUsers } from "../support/sampleUsers";
import { unknownValue } from "../../provider/core/unknown";
import type { Values } from "../../provider/core/wire";
import { bothFrontends, openRun, type Run } from "./inProcess";

const account = useAccount();
const owners = "another stack may manage this user, which then has two owners";
const asOf =
  (kind: string) =>
  (values: Values, secrets: string[] = []) => ({ kind, values, secrets });

/** What a call that has to fail says. */
const saidBy = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "nothing",
    (error: Error) => error.message,
  );

describe.each(bothFrontends)("through %s, the preview of a user that is to be created", (_name, frontend) => {
  /** A run of this stack, which has seen nothing yet. */
  const aRun = (): Run => openRun(frontend, account.connection());
  /** A user that another stack makes. */
  const made = async (kind: string, values: Values) =>
    (await aRun().create({ kind, values, name: "theirs" })).id;

  describe.each(sampleUsers)("of a $kind", ({ kind, one, unique }) => {
    const as = asOf(kind);

    test("says nothing where the name is free, and with adopt that there is no such user", async () => {
      expect(await aRun().previewCreate(as(one))).toEqual([]);
      expect(await aRun().previewCreate(as({ ...one, adopt: true }))).toEqual([
        "info: there is no user ann: it will be created",
      ]);
      expect(await account.writes()).toEqual([]);
    });

    test("that is adopted names the user and what is overwritten; up says the same", async () => {
      const id = await made(kind, one);
      const [same] = await aRun().previewCreate(as({ ...one, adopt: true }));
      expect(same).toBe(`info: adopts ann (id ${id}): nothing to change; ${owners}`);
      const values = { ...one, displayName: "Ours", adopt: true };
      const [who, ...what] = await aRun().previewCreate(as(values));
      expect(who).toBe(`info: adopts ann (id ${id}); ${owners}`);
      expect(what[0]).toBe('info: change: displayName: "Ann" => "Ours"');
      expect((await aRun().previewCreate(as(values, ["displayName"])))[1]).toBe(
        "info: change: displayName: [secret] => [secret]",
      );
      const up = aRun();
      expect((await up.create(as(values))).id).toBe(id);
      expect(up.lines()).toEqual([`info: adopted ann (id ${id}); ${owners}`, ...what]);
    });

    test("whose name a user has that is as declared warns of a resource that was renamed or moved", async () => {
      const id = await made(kind, one);
      const [line, ...more] = await aRun().previewCreate(as(one));
      expect(more).toEqual([]);
      const other = frontend.otherType(kind);
      expect(line).toBe(
        `warning: The account already has a user named "ann" (id ${id}), which looks like the same user under another resource ` +
          'name. If the resource was renamed or moved, give it the option aliases: [{ name: "<its name before>" }], or after a ' +
          `change of the frontend aliases: [{ type: "${other}" }]. If the resource that has this user leaves the program in the ` +
          "same run, run pulumi up twice: first without this resource, then with it. Otherwise choose another name, delete that " +
          "user, or, where no stack has it, set adopt: true: this declaration then takes over that very person, with its keys and groups.",
      );
      expect(`warning: ${await saidBy(aRun().create(as(one)))}`).toBe(line);
    });

    test("whose name another person has does not advise to take that person over", async () => {
      await made(kind, { ...one, displayName: "Leaver" });
      const [line] = await aRun().previewCreate(as(one));
      expect(line).toContain("which differs from this declaration and may be another person.");
      expect(line).toContain("run pulumi up twice: first without this resource, then with it.");
      expect(line).not.toContain("adopt");
      expect(`warning: ${await saidBy(aRun().create(as(one)))}`).toBe(line);
    });

    test("whose name is unknown, and that of a user of the state, take no call", async () => {
      const run = aRun();
      expect(await run.previewCreate(as({ ...one, [unique]: unknownValue, adopt: true }))).toEqual([]);
      await run.check(as(one), one);
      expect(await run.previewCreate(as(one))).toEqual([]);
      expect((await account.actions()).filter((action) => action !== "GetInstanceTwoFactor")).toEqual([]);
    });
  });

  test.each([
    [
      ...(["BastionhostUser", "locked out"] as const),
      { instanceId: instanceIds.Bastionhost, source: "Local", userName: "ann", password: "Aa1!aaaa" },
      { locked: true },
    ],
    [
      ...(["EiamUser", "disabled"] as const),
      { instanceId: instanceIds.Eiam, username: "ann" },
      { status: "disabled" },
    ],
  ])("of a %s says that the one who has the name is %s in the account", async (kind, state, one, locked) => {
    await made(kind, { ...one, ...locked });
    const [line] = await aRun().previewCreate({ kind, values: one });
    expect(line).toContain(`under another resource name. The user is ${state} in the account.`);
    expect(`warning: ${await saidBy(aRun().create({ kind, values: one }))}`).toBe(line);
  });

  test("says what cannot change in place, as up does", async () => {
    const as = asOf("BastionhostUser");
    const one = { instanceId: instanceIds.Bastionhost, userName: "ann", source: "Ram", sourceUserId: "1" };
    await made("BastionhostUser", one);
    const values = as({ ...one, sourceUserId: "2", adopt: true });
    const [line] = await aRun().previewCreate(values);
    expect(line).toContain(
      'cannot be adopted: sourceUserId (current: "1", declared: "2") cannot change in place.',
    );
    expect(`warning: ${await saidBy(aRun().create(values))}`).toBe(line);
    const unknown = await aRun().previewCreate(as({ ...one, sourceUserId: unknownValue, adopt: true }));
    expect(unknown.slice(1)).toEqual(['info: change: sourceUserId: "1" => (known after up)']);
  });

  test("says that an adopted user keeps its password, which a later change sends", async () => {
    const as = asOf("BastionhostUser");
    const bob = { instanceId: instanceIds.Bastionhost, source: "Local", userName: "bob" };
    await made("BastionhostUser", { ...bob, password: "Chosen-By-Bob-1" });
    await account.emulator.control.forgetCalls();
    const values = { ...bob, password: "Declared-Here-2", needResetPassword: true, adopt: true };
    const kept = ["password", "needResetPassword"].map(
      (name) => `info: ${name}: not sent to an existing user; recorded as declared`,
    );
    expect((await aRun().previewCreate(as(values))).slice(1)).toEqual(kept);
    const state = await aRun().create(as(values));
    expect(await account.writes()).toEqual([]);
    expect(state.values).toEqual(values);
    expect(await aRun().preview(state, as(values))).toEqual([]);
    await aRun().update(state, as({ ...values, password: "Declared-Here-3" }));
    expect(await account.writes()).toEqual(["ModifyUser"]);
  });

  test("says that an adopted EIAM user keeps all that is about its password", async () => {
    const carol = { instanceId: instanceIds.Eiam, username: "carol" };
    await made("EiamUser", carol);
    await account.emulator.control.forgetCalls();
    const rows = {
      password: "Declared-Here-2",
      passwordForcedUpdateStatus: "enabled",
      userNotificationChannels: ["email"],
      passwordInitializationConfig: { passwordInitializationPolicyPriority: "global" },
    };
    const values = asOf("EiamUser")({ ...carol, ...rows, adopt: true });
    expect((await aRun().previewCreate(values)).slice(1)).toEqual(
      Object.keys(rows).map((name) => `info: ${name}: not sent to an existing user; recorded as declared`),
    );
    await aRun().create(values);
    expect(await account.writes()).toEqual([]);
  });

  test("does not send the password after an adoption that failed halfway either", async () => {
    const as = asOf("EiamUser");
    const carol = { instanceId: instanceIds.Eiam, username: "carol" };
    await made("EiamUser", carol);
    const values = {
      ...carol,
      displayName: "Carol",
      description: "x",
      password: "Declared-Here-2",
      adopt: true,
    };
    await account.emulator.control.fault({
      kind: "error",
      status: 403,
      code: "NoPermission",
      action: "UpdateUserDescription",
    });
    const failed = (await aRun()
      .create(as(values))
      .catch((error: unknown) => error)) as { state: never };
    await account.emulator.control.forgetCalls();
    await aRun().update(failed.state, as(values));
    expect(await account.writes()).toEqual(["UpdateUserDescription"]);
  });

  test("reads what the list of EIAM omits only of a user that is adopted", async () => {
    const as = asOf("EiamUser");
    const carol = { instanceId: instanceIds.Eiam, username: "carol", customFields: { nick_name: "C" } };
    await made("EiamUser", carol);
    const values = { ...carol, customFields: { nick_name: "Caro" } };
    await account.emulator.control.forgetCalls();
    expect((await aRun().previewCreate(as({ ...values, adopt: true })))[1]).toBe(
      'info: change: customFields.nick_name: "C" => "Caro"',
    );
    expect(await account.actions()).toEqual(["ListUsers", "GetUser"]);
    await aRun().previewCreate(as(values));
    expect(await account.actions()).toEqual(["ListUsers", "GetUser", "ListUsers"]);
  });

  test("says how the user stays that leaves the program", async () => {
    const carol = { instanceId: instanceIds.Eiam, username: "carol" };
    expect(await aRun().previewCreate(asOf("EiamUser")({ ...carol, onDelete: "lock" }))).toEqual([
      "info: onDelete: when this resource leaves the program, the user stays and is locked",
    ]);
    expect(await aRun().previewCreate(asOf("RamUser")({ userName: "ann", onDelete: "retain" }))).toEqual([
      "info: onDelete: when this resource leaves the program, the user stays in the account as it is",
    ]);
    expect(await aRun().previewCreate(asOf("RamUser")({ userName: "ann", onDelete: "delete" }))).toEqual([]);
  });

  test("says once that it may not look, on no row, and looks no more", async () => {
    await account.emulator.control.fault({ kind: "denied", product: "Ram", times: 9 });
    const run = aRun();
    const lines = [];
    for (const userName of ["ann", "bob", "cleo"])
      lines.push(
        ...(await run.previewCreate({ kind: "RamUser", values: { userName, adopt: true }, name: userName })),
      );
    expect(lines).toEqual([
      expect.stringMatching(
        /^info: The account was not searched for existing users of the names that the program declares: .*Grant the caller/,
      ),
    ]);
    expect(run.urns).toEqual([undefined]);
    expect(await account.actions()).toHaveLength(1);
  });

  test.each([
    ["RamUser", {}, 1],
    ["BastionhostUser", { instanceId: instanceIds.Bastionhost, source: "Ram", sourceUserId: "1" }, 10],
    ["EiamUser", { instanceId: instanceIds.Eiam, customFields: { nick_name: "C" } }, 10],
  ])("of a thousand users of the kind %s takes the pages of the list alone", async (kind, rest, pages) => {
    const nameField = kind === "EiamUser" ? "username" : "userName";
    const id = await made(kind, { ...rest, [nameField]: "somebody" });
    await fill(kind, 1000);
    const run = aRun();
    const lines: string[] = [];
    for (let number = 0; number < 1000; number++) {
      const name = number === 500 ? "somebody" : `user-${number}`;
      const declared = { kind, values: { ...rest, [nameField]: name }, name, declaredCount: 512 };
      lines.push(...(await run.previewCreate(declared)));
    }
    expect(lines).toEqual([expect.stringContaining(`already has a user named "somebody" (id ${id})`)]);
    expect(await account.actions()).toEqual(Array.from({ length: pages }, () => "ListUsers"));
  });
});

/** Fills the directory of the one user in it with others, up to so many. */
async function fill(kind: string, count: number): Promise<void> {
  const { control } = account.emulator;
  const snapshot = await control.snapshot();
  const places = {
    RamUser: snapshot.ram,
    BastionhostUser: snapshot.bastionhost.instances[0]!,
    EiamUser: snapshot.eiam.instances[0]!,
  };
  const { users } = places[kind as keyof typeof places] as unknown as { users: StoredUser[] };
  const [first] = users as [StoredUser];
  for (let number = 1; number < count; number++) {
    const userId = `9${String(number).padStart(first.userId.length - 1, "0")}`;
    const own = { ...first, userId };
    const isEiam = kind === "EiamUser";
    users.push(isEiam ? { ...own, username: userId, userExternalId: userId } : { ...own, userName: userId });
  }
  await control.restore(snapshot);
  await control.forgetCalls();
}
