import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createStack, type Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { succeeded } from "../e2e/outcome";

/** One user of each kind: one in nested components and of the dynamic provider, two of the plugin. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import { RamUser } from "pulumi-alicloud-users";
import { BastionhostUser, EiamUser } from "pulumi-alicloud-users/plugin";

class Group extends pulumi.ComponentResource {
  constructor(type: string, name: string, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
  }
}
const team = new Group("test:index:Team", "team");
const parent = new Group("test:index:Member", "member", { parent: team });
new RamUser("ram-0", { userName: "ram-0", displayName: "User 0", comments: "on call" }, { parent });
new BastionhostUser("bastion-0", {
  instanceId: "${bastionHost}", source: "Local", userName: "bastion-0", password: "Correct-Horse-7", comment: "User 0",
});
new EiamUser("idaas-0", { instanceId: "${idaas}", username: "idaas-0", displayName: pulumi.secret("User 0") });
`;

/** The stacks by name: the kind of their users and how many they are. */
export const stacks = { ram: 400, bastion: 300, idaas: 300 } as const;
/** The name of a stack. */
export type StackName = keyof typeof stacks;

/** Three stacks over one account, as a real `up` of three users leaves them, multiplied to 1,000. */
export interface World {
  account: Account;
  stack: Stack;
  /** The id of the user with this number in a stack. */
  id(name: StackName, number: number): string;
  /** Puts the account back to what the stacks declare. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

const firstId = { ram: 300000000000000000n, bastion: 1000n, idaas: 0n };

/** The last part of the id, by which the account knows the user. */
export function userIdOf(name: StackName, number: number): string {
  const place = String(firstId[name] + BigInt(number));
  return name === "idaas" ? `user_bench${place}` : place;
}

export async function openWorld(): Promise<World> {
  const account = await openAccount();
  const stack = await createStack({ source: program, env: account.env, name: "first" });
  succeeded(await stack.up());
  for (const name of Object.keys(stacks) as StackName[]) await multiplyState(stack, name);
  const seeded = await multiplyAccount(account);
  return {
    account,
    stack,
    id: idOf,
    restore: async () => {
      await account.emulator.control.restore(seeded);
      await account.emulator.control.forgetCalls();
    },
    async close() {
      await stack.remove();
      await account.close();
    },
  };
}

function idOf(name: StackName, number: number): string {
  const place = { ram: "", bastion: `${bastionHost}:`, idaas: `${idaas}:` }[name];
  return `${place}${userIdOf(name, number)}`;
}

/** Makes a stack that holds nothing but copies of the one user of its kind. One RAM user is in the stack "idaas" as well. */
async function multiplyState(stack: Stack, name: StackName): Promise<void> {
  const file = path.join(stack.dir, `${name}.json`);
  succeeded(await stack.run(["stack", "export", "--show-secrets", "--stack", "first", "--file", file]));
  succeeded(await stack.run(["stack", "init", name]));
  const text = (await readFile(file, "utf8")).replaceAll("urn:pulumi:first::", `urn:pulumi:${name}::`);
  const state = JSON.parse(text) as { deployment: { resources: Entry[] } };
  const { resources } = state.deployment;
  const ofKind = (kind: StackName) => resources.find(({ urn }) => urn.endsWith(`::${kind}-0`))!;
  const rest = resources.filter(({ urn }) => !/::\w+-0$/.test(urn));
  const copies = Array.from({ length: stacks[name] }, (_none, number) => copyOf(ofKind(name), name, number));
  const shared = name === "idaas" ? [copyOf(ofKind("ram"), "ram", 399)] : [];
  state.deployment.resources = [...rest, ...copies, ...shared];
  await writeFile(file, JSON.stringify(state));
  succeeded(await stack.run(["stack", "import", "--stack", name, "--file", file]));
}

interface Entry {
  urn: string;
  id: string;
}

function copyOf(entry: Entry, name: StackName, number: number): Entry {
  const text = renumber(JSON.stringify(entry), number).replace(
    /"userId":"[^"]*"/,
    `"userId":"${userIdOf(name, number)}"`,
  );
  return { ...(JSON.parse(text) as Entry), id: idOf(name, number) };
}

const renumber = (text: string, number: number): string =>
  text.replace(/((?:ram|bastion|idaas)-|User )0(?=\W)/g, (_all, stem: string) => `${stem}${number}`);

async function multiplyAccount({ emulator: { control } }: Account) {
  const snapshot = await control.snapshot();
  const host = snapshot.bastionhost.instances[0]!;
  const instance = snapshot.eiam.instances[0]!;
  const many = <U extends { userId: string }>(name: StackName, [first]: U[]): U[] =>
    Array.from({ length: stacks[name] }, (_none, number) => {
      const copy = JSON.parse(renumber(JSON.stringify(first), number)) as U;
      const userId = userIdOf(name, number);
      return { ...copy, userId, ...("userExternalId" in copy ? { userExternalId: userId } : {}) };
    });
  snapshot.ram.users = many("ram", snapshot.ram.users);
  host.users = many("bastion", host.users);
  instance.users = many("idaas", instance.users);
  await control.restore(snapshot);
  await control.forgetCalls();
  return snapshot;
}
