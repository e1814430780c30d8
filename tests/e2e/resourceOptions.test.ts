import type { EiamUser } from "../../emulator";
import type { ResourceState, Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { errorsOf, failed, messages, succeeded, tally } from "./outcome";
import { scenario } from "./scenario";

type Program = Record<string, string>;

const local = `instanceId: "${bastionHost}", source: "Local", password: "Correct-Horse-7"`;

/** One statement a user, by the name that it has in the account. */
const first: Program = {
  ignoring: `new RamUser("ignoring", { userName: "ignoring", displayName: "One", comments: "one" },
    { ignoreChanges: ["displayName"] });`,
  remade: `new BastionhostUser("remade", { ${local}, userName: "remade", comment: "one" },
    { replaceOnChanges: ["comment"] });`,
  moved: `new BastionhostUser("moved", { ${local}, userName: "moved" }, { deleteBeforeReplace: true });`,
  guarded: `new RamUser("guarded", { userName: "guarded" }, { protect: true });`,
  kept: `new RamUser("kept", { userName: "kept" }, { retainOnDelete: true });`,
  renamed: `new RamUser("old-name", { userName: "renamed" });`,
  adopted: `new RamUser("adopted", { userName: "adopted" });`,
  policed: `new RamUser("policed", { userName: "policed", displayName: "One", comments: "one" });`,
  shaped: `new EiamUser("shaped", { instanceId: "${idaas}", username: "shaped", displayName: "One",
    customFields: { age: "40", nick_name: "Sha" } },
    { transforms: [({ props, opts }) => ({ props, opts: { ...opts, ignoreChanges: ['customFields["age"]'] } })] });`,
  hushed: `new RamUser("hushed", { userName: "hushed", comments: "hush-one" },
    { additionalSecretOutputs: ["comments"] });`,
};

const second: Program = {
  ...first,
  ignoring: `new RamUser("ignoring", { userName: "ignoring", displayName: "Two", comments: "two" },
    { ignoreChanges: ["displayName"] });`,
  remade: first.remade!.replace('comment: "one"', 'comment: "two"'),
  moved: `new BastionhostUser("moved", { instanceId: "${bastionHost}", source: "Ram", sourceUserId: "2000",
    userName: "moved" }, { deleteBeforeReplace: true });`,
  policed: first.policed!.replace('comments: "one"', 'comments: "two"'),
  kept: "",
  renamed: `new RamUser("new-name", { userName: "renamed" }, { aliases: [{ name: "old-name" }] });`,
  adopted: `new RamUser("adopted", { userName: "adopted" },
    { parent: new Team("team"), aliases: [{ parent: pulumi.rootStackResource }] });`,
};

const textOf = (program: Program): string => `
  import * as pulumi from "@pulumi/pulumi";
  import { BastionhostUser, EiamUser, RamUser } from "pulumi-alicloud-users";
  pulumi.runtime.registerStackTransformation(({ name, props, opts }) =>
    name === "policed" ? { props, opts: pulumi.mergeOptions(opts, { ignoreChanges: ["displayName"] }) } : undefined);
  class Team extends pulumi.ComponentResource {
    constructor(name: string) {
      super("test:Team", name);
    }
  }
  ${Object.values(program).join("\n")}`;

/** What the engine keeps in the place of a secret. */
const secret = expect.objectContaining({ ciphertext: expect.any(String) as string }) as object;

scenario("a user under resource options", (step, frontend) => {
  let account: Account;
  let stack: Stack;
  /** The ids of the first users, by name. */
  let ids: Record<string, string>;

  const declare = (program: Program) => stack.writeProgram(textOf(program));
  const ram = async (name: string) => (await account.ramUsers()).find(({ userName }) => userName === name);
  const host = async (name: string) =>
    (await account.bastionhostUsers()).find(({ userName }) => userName === name);
  const inState = async (name: string): Promise<ResourceState | undefined> =>
    (await stack.state()).deployment.resources!.find(({ urn }) => urn.endsWith(`::${name}`));
  const change = (name: string, changes: object) =>
    account.admin.ram("UpdateUser", { UserName: name, NewUserName: name, ...changes });
  const changeShaped = async () => {
    const [{ userId }] = (await account.eiamUsers()) as [EiamUser];
    const fields = { age: "99", nick_name: "Theirs" };
    const CustomFields = Object.entries(fields).map(([FieldName, FieldValue]) => ({
      FieldName,
      FieldValue,
      Operation: "replace",
    }));
    await account.admin.eiam("UpdateUser", { UserId: userId, DisplayName: "Theirs", CustomFields });
  };
  const writesAbout = async (action: RegExp) =>
    (await account.writes()).filter(([each]) => action.test(each)).map(([each]) => each);

  beforeAll(async () => {
    account = await openAccount();
    stack = await frontend.createStack({ source: textOf(first), env: account.env });
    expect(tally(succeeded(await stack.up()))).toEqual(["+ 11 created"]);
    const users = [...(await account.ramUsers()), ...(await account.bastionhostUsers())];
    ids = Object.fromEntries(users.map(({ userName, userId }) => [userName, userId]));
  }, 180_000);
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  step(
    "is previewed as any other, and its secret outputs are not shown where others changed them",
    async () => {
      await change("ignoring", { NewDisplayName: "Theirs" });
      await change("policed", { NewDisplayName: "Theirs" });
      await changeShaped();
      await change("hushed", { NewComments: "hush-two" });
      await declare(second);
      const preview = succeeded(await stack.preview());
      expect(messages(preview, "RamUser", "ignoring")).toEqual(['change: comments: "one" => "two"']);
      expect(messages(preview, "RamUser", "policed")).toEqual(['change: comments: "one" => "two"']);
      expect(messages(preview, "EiamUser", "shaped")).toEqual([
        'drift: displayName: "Theirs" => "One"',
        'drift: customFields.nick_name: "Theirs" => "Sha"',
      ]);
      expect(messages(preview, "RamUser", "hushed")).toEqual(["drift: comments: [secret] => [secret]"]);
      expect(preview.stdout).not.toContain("hush-");
      expect(messages(preview, "RamUser", "new-name")).toEqual([]);
      expect(tally(preview)).toEqual([
        "+ 1 to create",
        "~ 4 to update",
        "- 1 to delete",
        "+-2 to replace",
        "8 changes. 4 unchanged",
      ]);
      await account.emulator.control.forgetCalls();
      succeeded(await stack.up());
    },
  );

  step("keeps with ignoreChanges what others set, while all else of it follows the program", async () => {
    expect(await ram("ignoring")).toMatchObject({
      userId: ids.ignoring,
      displayName: "Theirs",
      comments: "two",
    });
  });

  step(
    "keeps in the same way what the transformation of a stack or the transform of a resource ignores",
    async () => {
      expect(await ram("policed")).toMatchObject({ displayName: "Theirs", comments: "two" });
      const [shaped] = await account.eiamUsers();
      const customFields = { age: "99", nick_name: "Sha" };
      expect(shaped).toMatchObject({ displayName: "One", customFields });
    },
  );

  step("is another one after a change that replaceOnChanges names", async () => {
    expect(await host("remade")).toMatchObject({ comment: "two" });
    expect((await host("remade"))!.userId).not.toBe(ids.remade);
  });

  step("is deleted before it is replaced, since no two users have one name", async () => {
    expect(await host("moved")).toMatchObject({ source: "Ram", sourceUserId: "2000" });
    expect((await host("moved"))!.userId).not.toBe(ids.moved);
    expect(await account.bastionhostUsers()).toHaveLength(2);
    const order = await account.writes();
    const about = (name: string) =>
      order.flatMap(([action, { UserName, UserId }]) =>
        UserName === name || UserId === ids[name] ? [action] : [],
      );
    expect(about("moved")).toEqual(["DeleteUser", "CreateUser"]);
    expect(about("remade")).toEqual(["DeleteUser", "CreateUser"]);
  });

  step("stays in the account with retainOnDelete when it leaves the program", async () => {
    expect(await ram("kept")).toMatchObject({ userId: ids.kept });
    expect(await inState("kept")).toBeUndefined();
  });

  step(
    "stays the same one under another name of its resource, and under another parent, with aliases",
    async () => {
      for (const [resource, name] of [
        ["new-name", "renamed"],
        ["adopted", "adopted"],
      ] as const) {
        expect(await ram(name)).toMatchObject({ userId: ids[name] });
        expect(await inState(resource)).toMatchObject({ id: ids[name] });
      }
      expect(await inState("old-name")).toBeUndefined();
      expect((await inState("adopted"))!.urn).toContain(`test:Team$${frontend.type("RamUser")}`);
      expect(await writesAbout(/CreateUser|DeleteUser/)).toHaveLength(4);
    },
  );

  step("has the outputs encrypted in the state that additionalSecretOutputs names", async () => {
    const { outputs } = (await inState("hushed"))!;
    expect(outputs).toMatchObject({ userName: "hushed", comments: secret });
    expect(await ram("hushed")).toMatchObject({ comments: "hush-one" });
  });

  step("leaves nothing to do after all that", async () => {
    succeeded(await stack.preview(["--expect-no-changes"]));
  });

  step("shows drift on its own row under its new name and its new parent", async () => {
    await change("renamed", { NewComments: "Theirs" });
    await declare({ ...second, renamed: second.renamed!.replace("}, { al", ', comments: "ours" }, { al') });
    const preview = succeeded(await stack.preview());
    expect(messages(preview, "RamUser", "new-name")).toEqual(['change: comments: "Theirs" => "ours"']);
  });

  step("is left as it is by an up that does not target it", async () => {
    const third = {
      ...second,
      ignoring: second.ignoring!.replace('"two"', '"three"'),
      hushed: first.hushed!.replace("hush-one", "hush-three"),
    };
    await declare(third);
    const { urn } = (await inState("ignoring"))!;
    expect(tally(succeeded(await stack.up(["--target", urn])))).toContain("~ 1 updated");
    expect(await ram("ignoring")).toMatchObject({ comments: "three", displayName: "Theirs" });
    expect(await ram("hushed")).toMatchObject({ comments: "hush-one" });
    const rest = succeeded(await stack.preview());
    expect(messages(rest, "RamUser", "hushed")).toEqual(["change: comments: [secret] => [secret]"]);
    expect(messages(rest, "RamUser", "ignoring")).toEqual([]);
  });

  step("is not deleted while it is protected", async () => {
    await declare({ ...second, guarded: "" });
    const errors = errorsOf(failed(await stack.up()));
    expect(errors).toContainEqual(expect.stringMatching(/::guarded" cannot be deleted/));
    expect(await ram("guarded")).toMatchObject({ userId: ids.guarded });
    expect(await inState("guarded")).toMatchObject({ id: ids.guarded });
  });
});
