import { linkOwnName } from "../../scripts/toolchain/ownName";
import type { Brakes } from "../../provider/api/brakes";
import type { Resource } from "../../provider/core/resource";
import { followMissingUsers, type MissingUsers } from "../../provider/lifecycle/missingUsers";
import { reportTo } from "../../provider/lifecycle/report/report";
import { resources } from "../../provider/resources";
import { type Account, openAccount } from "../support/account";
import { dynamicInputs } from "../support/dynamicInputs";
import { startDynamicProcess } from "../support/dynamicProcess";
import { startPlugin, urnOf } from "../support/pluginProcess";
import type { LogLine } from "../support/providerProcess";
import { type TurnedClock, turnedClock } from "../support/turnedClock";

const [resource] = resources as readonly [Resource];
const brakes: Brakes = {
  maxDeletes: undefined,
  accountIds: [],
  allowedRemovals: undefined,
  allowedRecreations: undefined,
};
const question =
  /^(\d+) of (\d+) users that were compared are not in the account\. Is this the right account\? /;

describe("users that are missing", () => {
  let clock: TurnedClock;
  let lines: string[];
  let users: MissingUsers;
  beforeEach(() => {
    [clock, lines] = [turnedClock(), []];
    users = followMissingUsers(
      reportTo(async (_severity, _urn, line) => void lines.push(line)),
      clock,
    );
  });

  /** Compares users of the state, whose total the program has told: each letter is one, a capital one is missing. */
  const compare = async (letters: string, total: number | undefined = undefined): Promise<void> => {
    for (const letter of letters) {
      users.noteDeclared(letter.toLowerCase(), { isNew: false, total });
      await users.noteCompared(letter.toLowerCase(), letter !== letter.toLowerCase());
    }
  };
  const create = (name: string, given: Partial<Brakes> = {}): Promise<string> =>
    users.permitCreate({ resource, urn: name }, { userName: name }, { ...brakes, ...given }).then(
      () => "created",
      (error: Error) => error.message,
    );

  test.each([
    ["ABCDE", 5, ["5", "5"]],
    ["ABCDEfgh", 8, ["5", "5"]],
    ["abcdEFGHIJ", 10, ["6", "10"]],
  ])(
    "are asked about once where they are five or more and more than half: %s",
    async (letters, total, said) => {
      await compare(letters, total);
      expect(lines).toHaveLength(1);
      expect(question.exec(lines[0]!)?.slice(1)).toEqual(said);
      expect(lines[0]).toContain("pulumi config set alicloud-users:accountId ID");
    },
  );

  test.each([
    ["ABCD", 4],
    ["ABCDEfghij", 10],
    ["ABCDE", 1000],
  ])(
    "are not asked about where they are few, or most are still to come: %s of %d",
    async (letters, total) => {
      await compare(letters, total);
      expect(lines).toEqual([]);
    },
  );

  test("are not created again; one of them tells why and what to do", async () => {
    await compare("ABCDE", 5);
    expect(await create("a")).toBe(
      'RamUser "a" was not created again: 5 of 5 users that were compared are not in the account, as it is with the ' +
        'credentials of another one. "alicloud-users doctor" shows the account of the credentials. If it is the right one, set ' +
        "it, and no other is used from then on: pulumi config set alicloud-users:accountId ID. Or allow it for one run: set " +
        "ALICLOUD_USERS_ALLOW_RECREATIONS in its environment to the number of users that are to be created again.",
    );
    expect(await create("b")).toBe('RamUser "b" was not created again, for the reason given at RamUser "a".');
  });

  test("wait with the first create until all users are compared", async () => {
    users.noteDeclared("b", { isNew: false, total: 5 });
    await compare("A", 5);
    const first = create("a");
    await compare("BCDE", 5);
    expect(await first).toContain("was not created again");
  });

  test("are created again where the others are there, after a moment without another comparison", async () => {
    await compare("Ab", 9);
    const first = create("a");
    await clock.turn(5000);
    expect(await first).toBe("created");
  });

  test("are created again at once where so many of the others are there that no more than half can be missing", async () => {
    await compare("Abcdef", 10);
    expect(await create("a")).toBe("created");
  });

  test("are created again where the account is named, or so many are allowed; new users always are", async () => {
    await compare("ABCDE", 5);
    expect(await create("a", { accountIds: [{ value: "1", namedBy: "a file" }] })).toBe("created");
    expect(await create("new")).toBe("created");
    for (const name of ["a", "b"]) expect(await create(name, { allowedRecreations: 2 })).toBe("created");
    expect(await create("c", { allowedRecreations: 2 })).toContain("was not created again");
  });
});

describe("with the credentials of another account", () => {
  const names = ["a", "b", "c", "d", "e"];
  let account: Account;
  beforeAll(async () => {
    linkOwnName();
    account = await openAccount();
  });
  afterAll(() => account.close());
  afterEach(() => account.empty());

  const checked = async (log: LogLine[], creates: Promise<unknown>[]): Promise<void> => {
    expect(log.filter(({ urn, message }) => urn === "" && question.test(message))).toHaveLength(1);
    const refused = await Promise.allSettled(creates);
    expect(refused.map(({ status }) => status)).toEqual(names.map(() => "rejected"));
    expect(await account.writes()).toEqual([]);
  };

  test("dynamic resources ask, and create none of the users there", async () => {
    const started = await startDynamicProcess(account.env);
    try {
      const users = names.map((name, at) => ({
        id: `20000000000000000${at}`,
        inputs: dynamicInputs("RamUser", { userName: name }, name),
      }));
      for (const { id, inputs } of users) {
        await started.check(inputs, { ...inputs, __total: 5 });
        await started.diff(id, inputs, inputs);
      }
      await checked(
        started.log(),
        users.map(({ inputs }) => started.create(inputs)),
      );
    } finally {
      await started.stop();
    }
  });

  test("the plugin asks, and creates none of the users there", async () => {
    const started = await startPlugin(account.env);
    try {
      await Promise.all(
        names.map((name, at) =>
          started.read({
            urn: urnOf("RamUser", name),
            id: `20000000000000000${at}`,
            inputs: { userName: name },
            outputs: { userName: name, userId: `20000000000000000${at}` },
          }),
        ),
      );
      await checked(
        started.log(),
        names.map((name) => started.create(urnOf("RamUser", name), { userName: name })),
      );
    } finally {
      await started.stop();
    }
  });
});
