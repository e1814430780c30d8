import * as pulumi from "@pulumi/pulumi";
import { BastionhostUser, EiamUser, RamUser } from "../../sdk";

const registered: { name: string; inputs: Record<string, unknown> }[] = [];

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource({ name, inputs }) {
      registered.push({ name, inputs });
      return { id: name, state: inputs };
    },
    call: () => ({}),
  }),
);
beforeEach(() => void (registered.length = 0));

/** What each user of a program was told of the number of users in its directory, by name, once all are registered. */
async function toldBy(
  program: () => pulumi.CustomResource[] | Promise<pulumi.CustomResource[]>,
): Promise<Record<string, unknown>> {
  const users = await program();
  await Promise.all(users.map(({ urn }) => new Promise((resolve) => urn.apply(resolve))));
  return Object.fromEntries(registered.map(({ name, inputs }) => [name, inputs.__declared]));
}

let programs = 0;

/** An instance that no test has declared users of. */
const freshInstance = (): string => `i-${++programs}`;

const many = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const eiamUsers = (count: number, instanceId: pulumi.Input<string>, prefix = "user"): EiamUser[] =>
  many(count).map((at) => new EiamUser(`${prefix}-${at}`, { instanceId, username: `${prefix}-${at}` }));

test.each([
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [7, 4],
  [8, 8],
  [20, 16],
])("a program of %i users tells every one of them that they are at least %i", async (count, least) => {
  const told = await toldBy(() => eiamUsers(count, freshInstance()));
  expect(Object.keys(told)).toHaveLength(count);
  expect(new Set(Object.values(told))).toEqual(new Set([least]));
});

test("each instance and each kind is counted by itself", async () => {
  const [one, other] = [freshInstance(), freshInstance()];
  const told = await toldBy(() => [
    ...eiamUsers(5, one, "one"),
    ...eiamUsers(2, other, "other"),
    ...many(9).map(
      (at) =>
        new BastionhostUser(`local-${at}`, {
          ...{ instanceId: one, source: "Local", userName: `local-${at}`, password: "Ab1!cdefg" },
        }),
    ),
    new RamUser("alice", { userName: "alice" }),
  ]);
  expect([told["one-4"], told["other-1"], told["local-0"], told.alice]).toEqual([4, 2, 8, 1]);
});

test("users in components are counted with the others", async () => {
  const instanceId = freshInstance();
  class Team extends pulumi.ComponentResource {
    readonly users: EiamUser[];
    constructor(name: string) {
      super("test:index:Team", name);
      this.users = many(3).map(
        (at) => new EiamUser(`${name}-${at}`, { instanceId, username: `${name}-${at}` }, { parent: this }),
      );
    }
  }
  const told = await toldBy(() => [...new Team("a").users, ...new Team("b").users]);
  expect([told["a-0"], told["b-2"]]).toEqual([4, 4]);
});

test("users that follow a promise are counted with those before it, if it waits for nothing outside", async () => {
  const instanceId = freshInstance();
  const told = await toldBy(async () => {
    const before = eiamUsers(1, instanceId, "before");
    await Promise.resolve();
    return [...before, ...eiamUsers(3, instanceId, "after")];
  });
  expect([told["before-0"], told["after-0"]]).toEqual([4, 4]);
});

test("a user that the program only reads is not counted", async () => {
  const instanceId = freshInstance();
  const told = await toldBy(() => [
    ...eiamUsers(3, instanceId),
    ...many(5).map((at) => EiamUser.get(`read-${at}`, `${instanceId}:user_${at}`)),
  ]);
  expect([told["user-0"], told["read-0"]]).toEqual([2, undefined]);
});

// `test.failing` until the directory is known by the value and a run by itself: then they fail, and become `test`.
test.failing("instances whose ids are outputs are not counted together", async () => {
  const told = await toldBy(() =>
    many(8).flatMap((at) => eiamUsers(1, pulumi.output(freshInstance()), `output-${at}`)),
  );
  expect(new Set(Object.values(told))).not.toContain(8);
});

test.failing("a second run in the same process counts anew", async () => {
  const instanceId = freshInstance();
  await toldBy(() => eiamUsers(3, instanceId));
  expect((await toldBy(() => eiamUsers(3, instanceId)))["user-0"]).toBe(2);
});
