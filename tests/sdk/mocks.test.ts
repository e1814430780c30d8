import * as pulumi from "@pulumi/pulumi";
import * as dynamic from "../../sdk";
import * as plugin from "../../sdk/plugin";

interface Made {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}
interface Asked {
  token: string;
  inputs: Record<string, unknown>;
}

const made: Made[] = [];
const asked: Asked[] = [];

const dave = { id: "20000", userId: "20000", userName: "dave", displayName: "Dave" };

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource({ type, name, inputs, id }) {
      made.push({ type, name, inputs: inputs as Record<string, unknown> });
      return { id: id || `${name}-id`, state: inputs as object };
    },
    call({ token, inputs }) {
      asked.push({ token, inputs: inputs as Record<string, unknown> });
      return token.endsWith("s") ? { users: [dave] } : dave;
    },
  }),
);
beforeEach(() => void (made.length = asked.length = 0));

const valueOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => output.apply((value) => resolve(value as T)));

describe.each([
  ["dynamic resources", dynamic, "pulumi-nodejs:dynamic/alicloud-users:"],
  ["the plugin", plugin as typeof dynamic, "alicloud-users:index:"],
] as const)("in a unit test with mocks, through %s,", (_name, users, prefix) => {
  test("a user's inputs are what the program declares, and nothing else", async () => {
    const alice = new users.RamUser("alice", { userName: "alice", displayName: undefined, adopt: true });
    expect(await valueOf(alice.userName)).toBe("alice");
    expect(made).toEqual([
      { type: `${prefix}RamUser`, name: "alice", inputs: { userName: "alice", adopt: true } },
    ]);
  });

  test("options that the provider has to know stay out of the inputs too", async () => {
    const bob = new users.BastionhostUser(
      "bob",
      { instanceId: "i", source: "Local", userName: "bob", password: "Correct-Horse-7" },
      { ignoreChanges: ["comment"], replaceOnChanges: ["userName"] },
    );
    await valueOf(bob.urn);
    expect(Object.keys(made[0]!.inputs).filter((name) => name.startsWith("__"))).toEqual([]);
  });

  test("the id is what the mocks say", async () => {
    const carol = new users.EiamUser("carol", { instanceId: "i", username: "carol" });
    expect(await valueOf(carol.userId)).toBe("carol-id");
  });

  test("a user that is only read is the mocks' as well", async () => {
    await valueOf(users.RamUser.get("dave", "20000").urn);
    expect(made).toEqual([{ type: `${prefix}RamUser`, name: "dave", inputs: {} }]);
  });

  test("a look-up is a call of the mocks", async () => {
    expect(await users.getRamUser({ userName: "dave" })).toEqual(dave);
    expect(await users.getRamUsers({})).toEqual([dave]);
    expect(await valueOf(users.getRamUserOutput({ userName: pulumi.output("dave") }))).toEqual(dave);
    expect(await valueOf(users.getRamUsersOutput({}))).toEqual([dave]);
    expect(asked).toEqual([
      { token: "alicloud-users:index:getRamUser", inputs: { userName: "dave" } },
      { token: "alicloud-users:index:getRamUsers", inputs: {} },
      { token: "alicloud-users:index:getRamUser", inputs: { userName: "dave" } },
      { token: "alicloud-users:index:getRamUsers", inputs: {} },
    ]);
  });
});
