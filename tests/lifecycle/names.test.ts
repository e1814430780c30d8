import { type Account, bastionHost, openAccount } from "../support/account";
import { type EitherProcess, type Held, processes } from "../support/eitherProcess";
import type { Properties } from "../support/providerProcess";

let account: Account;
let provider: EitherProcess;

beforeAll(async () => void (account = await openAccount()));
afterEach(() => account.empty());
afterAll(() => account.close());

const kind = "BastionhostUser";
const wayOut = "declare the current value, or change it where the user comes from";

/** Changes the user on the bastion host as its source would. */
async function changeAtSource(changes: Properties): Promise<void> {
  const snapshot = await account.emulator.control.snapshot();
  Object.assign(snapshot.bastionhost.instances[0]!.users[0]!, changes);
  await account.emulator.control.restore(snapshot);
}

describe.each(processes)("%s, for a Bastionhost user whose program has another name", (_name, start) => {
  beforeAll(async () => void (provider = await start(account.env)));
  afterAll(() => provider.stop());

  describe.each([
    ["Ram", "RAM", "200000000000000001"],
    ["AD", "AD", "CN=Ann,DC=example,DC=com"],
  ])("of source %s", (source, place, sourceUserId) => {
    const ann = { instanceId: bastionHost, source, sourceUserId, userName: `${source}.ann` };
    const renamed = { ...ann, userName: `${source}.ann.b` };
    const names = `"${ann.userName}" => "${renamed.userName}"`;
    let held: Held;
    beforeEach(async () => void (held = await provider.create(kind, ann)));

    test("shows the difference and replaces nobody, and up leaves the name to that source", async () => {
      const change = `change: userName: ${names}; up leaves it: the account takes the new value from ${place}, once it is changed there`;
      expect(await provider.compare(held, renamed)).toEqual({ changes: true, replaces: [], lines: [change] });
      await account.emulator.control.forgetCalls();
      const updated = await provider.update(held, renamed);
      expect(await account.writes()).toEqual([]);
      expect(updated.outputs).toMatchObject({ userName: renamed.userName });
      const drift = `drift: userName: ${names}; up leaves it: ${wayOut}`;
      expect((await provider.compare(updated, renamed)).lines).toEqual([drift]);
    });

    test("says nothing more once the account has the new name, before or after the up", async () => {
      const updated = await provider.update(held, renamed);
      await changeAtSource({ userName: renamed.userName });
      const nothing = { changes: false, replaces: [], lines: [] };
      expect(await provider.compare(held, renamed)).toEqual(nothing);
      expect(await provider.compare(updated, renamed)).toEqual(nothing);
    });

    test("says nothing where the program ignores the name", async () => {
      const ignoring = await provider.compare(held, renamed, { ignoreChanges: ["userName"] });
      expect(ignoring).toEqual({ changes: false, replaces: [], lines: [] });
    });

    test("replaces the user, name and all, when the program names another person there", async () => {
      const other = { ...renamed, sourceUserId: "300000000000000001" };
      const { replaces, lines } = await provider.compare(held, other);
      expect(replaces).toEqual(["sourceUserId", "userName"]);
      expect(lines.join("\n")).not.toContain("up leaves it");
    });
  });

  test("of source Local, replaces the user and says what that loses and what to do instead", async () => {
    const bob = { instanceId: bastionHost, source: "Local", userName: "bob", password: "Correct-Horse-7" };
    const held = await provider.create(kind, bob);
    expect(await provider.compare(held, { ...bob, userName: "rob" })).toEqual({
      changes: true,
      replaces: ["userName"],
      lines: [
        'change: userName: "bob" => "rob"',
        "replace: a new user takes the place of this one, because userName changes; what the account holds for it " +
          "(grants on hosts, user groups, public keys and password history) is lost. To keep that, keep userName, " +
          "and change displayName instead",
      ],
    });
  });
});
