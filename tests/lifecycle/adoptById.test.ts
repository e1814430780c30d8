import type { Values } from "../../provider/core/wire";
import { instanceIds, useAccount } from "../api/account";
import { sampleUsers } from "../support/sampleUsers";
import { bothFrontends, type Declared, openRun, type Run } from "./inProcess";

const account = useAccount();

/** What a call that has to fail says. */
const saidBy = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "nothing",
    (error: Error) => error.message,
  );

describe.each(bothFrontends)("through %s, adopt with the id", (_name, frontend) => {
  const aRun = (): Run => openRun(frontend, account.connection());

  describe.each(sampleUsers)("of a $kind", ({ kind, one, unique }) => {
    const as = (values: Values): Declared => ({ kind, values });
    const made = async (values: Values = one): Promise<{ id: string; userId: string }> => {
      const { id } = await aRun().create({ kind, values, name: "theirs" });
      await account.emulator.control.forgetCalls();
      return { id, userId: id.split(":").at(-1) as string };
    };

    /** What a preview and an up say, which are one error and no write. */
    const refusal = async (values: Values): Promise<string> => {
      const atPreview = await saidBy(aRun().previewCreate(as(values)));
      expect(await saidBy(aRun().create(as(values)))).toBe(atPreview);
      expect(await account.writes()).toEqual([]);
      return atPreview;
    };

    test("takes that user over, in either form of the id, and the next preview is empty", async () => {
      const { id, userId } = await made();
      for (const adopt of [userId, id]) {
        const values = { ...one, adopt };
        expect((await aRun().previewCreate(as(values)))[0]).toContain(
          `adopts ann (id ${id}): nothing to change`,
        );
        const state = await aRun().create(as(values));
        expect(state.id).toBe(id);
        expect(await aRun().preview(state, as(values))).toEqual([]);
      }
      expect(await account.writes()).toEqual([]);
    });

    test("refuses another user of the name, and names both ids", async () => {
      const { userId, id } = await made();
      const other = userId.replace(/.$/, (last) => (last === "7" ? "8" : "7"));
      expect(await refusal({ ...one, adopt: other })).toBe(
        `"adopt" names the ${kind} ${other}, but ann is the name of ${id}, who was made later or is another person. ` +
          `To take that user over, set adopt: "${userId}".`,
      );
    });

    test("refuses an id that no user has, and names it and the person", async () => {
      const { userId } = await made();
      const other = userId.replace(/.$/, (last) => (last === "7" ? "8" : "7"));
      const said = await refusal({ ...one, [unique]: "nobody", adopt: other });
      expect(said).toContain(`"adopt" names the ${kind} ${other} (nobody), but there is no such user`);
      expect(said).toContain("Correct the id, or take adopt out to create a new user.");
    });

    test("makes a new user in place of its own one that is deleted, replaced or gone", async () => {
      const { userId } = await made();
      const values = { ...one, adopt: userId };
      const state = await aRun().create(as(values));
      const replacing = aRun();
      await replacing.remove(state, as(values));
      const second = await replacing.create(as(values));
      expect(second.id).not.toBe(state.id);
      expect(await saidBy(aRun().create(as(values)))).toContain(`but ann is the name of ${second.id}`);
      const later = aRun();
      await aRun().remove(second, as(values));
      expect(await later.check(as(values), values)).toEqual([]);
      expect((await later.create(as(values))).id).not.toBe(second.id);
    });
  });

  test.each([
    ["RamUser", { userName: "ann" }, "userName"],
    ["EiamUser", { instanceId: instanceIds.Eiam, username: "ann" }, "username"],
  ])("finds a %s who has another name by now, and renames the user", async (kind, one, unique) => {
    const { id } = await aRun().create({ kind, values: { ...one, [unique]: "annie" }, name: "theirs" });
    const declared = { kind, values: { ...one, adopt: id.split(":").at(-1) } };
    expect((await aRun().previewCreate(declared))[1]).toBe(`info: change: ${unique}: "annie" => "ann"`);
    const state = await aRun().create(declared);
    expect(state.id).toBe(id);
    expect(await aRun().preview(state, declared)).toEqual([]);
  });

  test("asks a Bastionhost user of the source Local for no password", async () => {
    const bob = { instanceId: instanceIds.Bastionhost, source: "Local", userName: "bob" };
    expect(await aRun().check({ kind: "BastionhostUser", values: { ...bob, adopt: "17" } })).toEqual([]);
    expect(await aRun().check({ kind: "BastionhostUser", values: { ...bob, adopt: false } })).toEqual(
      frontend.previewsWrites ? [] : [expect.stringContaining('"password" is required')],
    );
  });

  test("refuses an id that has not the form of one", async () => {
    for (const adopt of [17, "bob", ""])
      expect(await aRun().check({ kind: "RamUser", values: { userName: "bob", adopt } })).toEqual([
        '"adopt" must be true, false, or in quotes the id of the user to take over.',
      ]);
  });
});
