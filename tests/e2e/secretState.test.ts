import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Stack } from "../support/stack";
import { findSecrets, findSecretsInFiles } from "../support/findSecrets";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { failed, messages, succeeded } from "./outcome";
import { scenario } from "./scenario";

const secrets = {
  display: "Classified-Display-1",
  description: "Classified-Description-2",
  nick: "Classified-Nick-3",
  comment: "Classified-Comment-4",
  email: "classified5@example.com",
  password: "Classified-Passw0rd-6",
};
/** What an admin sets in place of them, which is no less secret. */
const theirs = {
  display: "Outside-Display-1",
  description: "Outside-Description-2",
  comment: "Outside-Comment-4",
};

interface Version {
  /** The resource of the EIAM user. */
  name?: string;
  display?: string;
  comment?: string;
  description?: string;
  locked?: boolean;
  plain?: boolean;
}

const secret = (value: string) => `pulumi.secret(${JSON.stringify(value)})`;

const transformation = `
  pulumi.runtime.registerStackTransformation(({ name, props, opts }) =>
    name === "bob" ? { props: { ...props, comment: pulumi.secret(props.comment) }, opts } : undefined);`;

/** Two users with a secret of every kind: by a literal, from the configuration, within a map, by an option, by its nature, by a transformation. */
const program = ({
  name = "carol",
  display,
  comment,
  description,
  locked = false,
  plain = false,
}: Version) => `
  import * as pulumi from "@pulumi/pulumi";
  import { BastionhostUser, EiamUser } from "pulumi-alicloud-users";
  const config = new pulumi.Config();
  ${comment === undefined ? transformation : ""}
  new EiamUser(
    "${name}",
    {
      instanceId: "${idaas}",
      username: "carol",
      displayName: ${display ?? secret(secrets.display)},
      ${description === "" ? "" : `description: ${description ?? 'config.requireSecret("description")'},`}
      email: "${secrets.email}",
      emailVerified: true,
      customFields: { nick_name: ${plain ? `"${secrets.nick}"` : secret(secrets.nick)}, age: "30" },
      status: "${locked ? "disabled" : "enabled"}",
    },
    { additionalSecretOutputs: ["email"], aliases: [{ name: "carol" }] },
  );
  new BastionhostUser("bob", {
    instanceId: "${bastionHost}",
    source: "Local",
    userName: "bob",
    password: "${secrets.password}",
    comment: ${comment ?? JSON.stringify(secrets.comment)},
    locked: ${locked},
  });`;

scenario("a secret of the state", (step, frontend) => {
  let account: Account;
  let stack: Stack;

  beforeAll(async () => {
    account = await openAccount();
    stack = await frontend.createStack({
      source: program({}),
      env: account.env,
      secrets: { description: secrets.description },
    });
  });
  afterAll(async () => {
    await stack.remove();
    await account.close();
  });

  /** Inputs that only `additionalSecretOutputs` names lie open in Pulumi's own way. */
  const { email: _email, ...kept } = secrets;
  const all = [...Object.values(kept), ...Object.values(theirs)];
  const backend = () => path.join(stack.dir, "../backend");
  const readable = () => findSecretsInFiles(backend(), all);
  const exported = async () => succeeded(await stack.run(["stack", "export"])).stdout;

  const change = async (values: Partial<typeof theirs>) => {
    const [carol] = await account.eiamUsers();
    const [bob] = await account.bastionhostUsers();
    if (values.display)
      await account.admin.eiam("UpdateUser", { UserId: carol!.userId, DisplayName: values.display });
    if (values.description !== undefined)
      await account.admin.eiam("UpdateUserDescription", {
        UserId: carol!.userId,
        Description: values.description,
      });
    if (values.comment)
      await account.admin.bastionhost("ModifyUser", { UserId: bob!.userId, Comment: values.comment });
  };

  step("is readable in no file of the backend after the first up", async () => {
    succeeded(await stack.up());
    expect(
      (await readdir(backend(), { recursive: true })).filter((name) => /history/.test(name)),
    ).not.toEqual([]);
    expect(await readable()).toEqual([]);
    expect(findSecrets(await exported(), all)).toEqual([]);
  });

  step("stays unreadable when it was changed outside and refreshed, again and again", async () => {
    await change(theirs);
    succeeded(await stack.refresh());
    expect(await readable()).toEqual([]);
    await change({ description: "" });
    succeeded(await stack.refresh());
    await change({ description: theirs.description });
    succeeded(await stack.refresh());
    expect(await readable()).toEqual([]);
    const preview = succeeded(await stack.preview());
    expect(messages(preview, "EiamUser", "carol").sort()).toEqual([
      "drift: description: [secret] => [secret]",
      "drift: displayName: [secret] => [secret]",
    ]);
    expect(messages(preview, "BastionhostUser", "bob")).toEqual(["drift: comment: [secret] => [secret]"]);
  });

  step("stays unreadable when up puts it right, after a refresh of its own too", async () => {
    succeeded(await stack.up(["--refresh"]));
    expect(await account.eiamUsers()).toEqual([
      expect.objectContaining({ displayName: secrets.display, description: secrets.description }),
    ]);
    succeeded(await stack.preview(["--expect-no-changes"]));
    expect(await readable()).toEqual([]);
  });

  step(
    "stays unreadable when an update fails half-way that makes it a plain value, and when that is refreshed",
    async () => {
      const next = program({
        display: '"Open-Display"',
        description: "",
        comment: '"Open-Comment"',
        locked: true,
      });
      await stack.writeProgram(next);
      const refusal = { kind: "denied", times: 2 } as const;
      await account.emulator.control.fault({ ...refusal, product: "Eiam", action: "UpdateUserDescription" });
      await account.emulator.control.fault({ ...refusal, product: "Bastionhost", action: "LockUsers" });
      failed(await stack.up(["--continue-on-error"]));
      await account.emulator.control.clearFaults();
      expect(await readable()).toEqual([]);
      succeeded(await stack.refresh());
      expect(await readable()).toEqual([]);
      expect(findSecrets(await exported(), all)).toEqual([]);
    },
  );

  step("is not lost in such a failure: the next up brings and clears what was left", async () => {
    succeeded(await stack.up());
    const [carol] = await account.eiamUsers();
    expect(carol).toMatchObject({ displayName: "Open-Display", status: "disabled" });
    expect(carol).not.toHaveProperty("description");
    succeeded(await stack.preview(["--expect-no-changes"]));
    expect(await readable()).toEqual([]);
  });

  step("is unreadable again in the state once a plain value becomes secret, the value the same", async () => {
    await stack.writeProgram(
      program({ display: secret("Open-Display"), comment: secret("Open-Comment"), locked: true }),
    );
    succeeded(await stack.up());
    expect(findSecrets(await stack.stateText(), ["Open-Display", "Open-Comment", ...all])).toEqual([]);
    succeeded(await stack.preview(["--expect-no-changes"]));
  });

  step(
    "stays unreadable when its resource is renamed and when it is changed, and goes with the users",
    async () => {
      await stack.writeProgram(program({ name: "renamed" }));
      succeeded(await stack.up());
      expect(await account.eiamUsers()).toEqual([expect.objectContaining({ displayName: secrets.display })]);
      expect(await readable()).toEqual([]);
      succeeded(await stack.destroy());
      expect(await readable()).toEqual([]);
    },
  );
});
