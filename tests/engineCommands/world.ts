import { existsSync } from "node:fs";
import { cp, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { Outcome, ResourceState, Stack } from "../support/stack";
import type { Account } from "../support/account";
import { dynamic } from "../e2e/frontend";
import { type Program, taken, textOf } from "./program";

export const stacks = ["test", "second"] as const;
export type StackName = (typeof stacks)[number];

/** A resource that has a user, as a stack records it. */
export type Held = ResourceState & { id: string; delete?: boolean; pendingReplacement?: boolean };

/** Everybody in the account: the name of each person, by the id. */
export type Persons = Record<string, string>;

/** What a run may change. */
export interface Scene {
  persons: Persons;
  held: Record<StackName, Held[]>;
}

/** Two stacks of one project, whose programs declare users of one account. */
export interface World {
  account: Account;
  programs: Record<StackName, Program>;
  /** For each stack, the number of its last run, and of the run that gave it each person. */
  history: Record<StackName, { lastRun: number; since: Record<string, number> }>;
  /** Runs any command. */
  run(args: string[]): Promise<Outcome>;
  /** Runs a command of this stack, with its program. */
  runIn(stack: StackName, args: string[]): Promise<Outcome>;
  look(): Promise<Scene>;
  /** Remembers everything as it is. Returns what brings it back. */
  remember(): Promise<() => Promise<void>>;
  /** The same of the state of one stack alone. */
  checkpoint(stack: StackName): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

/** Opens two empty stacks, and an account with one user that belongs to nobody's program. */
export async function openWorld(account: Account): Promise<World> {
  await account.empty();
  await account.admin.ram("CreateUser", { UserName: taken });
  const stack: Stack = await dynamic.createStack({ source: "", env: { ...account.env } });
  const root = path.dirname(stack.dir);
  const programs: World["programs"] = { test: { users: [] }, second: { users: [] } };
  const fileOf = (name: StackName): string => path.join(root, "backend/.pulumi/stacks/test", `${name}.json`);
  const made = await stack.run(["stack", "init", "second", "--no-select"]);
  if (made.exitCode !== 0) throw new Error(made.stderr);

  const heldIn = async (name: StackName): Promise<Held[]> => {
    const { checkpoint } = JSON.parse(await readFile(fileOf(name), "utf8")) as {
      checkpoint: { latest?: { resources?: ResourceState[] } };
    };
    const all = checkpoint.latest?.resources ?? [];
    return all.filter((each): each is Held => /:(Ram|Bastionhost|Eiam)User$/.test(each.type) && !!each.id);
  };

  /** Copies a file or folder aside. Returns what copies it back. */
  const keep = async (place: string): Promise<() => Promise<void>> => {
    const copy = path.join(root, `kept-${(kept += 1)}`);
    const options = { recursive: true, force: true };
    const exists = existsSync(place);
    // A provider that has not ended yet takes its files away meanwhile.
    if (exists) await cp(place, copy, options).catch(() => cp(place, copy, options));
    return async () => {
      await rm(place, options);
      if (exists) await cp(copy, place, options);
    };
  };
  let kept = 0;

  return {
    account,
    programs,
    history: { test: { lastRun: 0, since: {} }, second: { lastRun: 0, since: {} } },
    run: (args) => stack.run(args),
    async runIn(name, args) {
      await stack.writeProgram(textOf(programs[name]));
      return stack.run([...args, "--stack", name]);
    },
    async look() {
      const ram = await account.ramUsers();
      const bastionhost = await account.bastionhostUsers();
      const eiam = await account.eiamUsers();
      const all = [
        ...ram.map(({ userId, userName }) => [userId, userName]),
        ...bastionhost.map(({ userId, userName }) => [userId, userName]),
        ...eiam.map(({ userId, username }) => [userId, username]),
      ];
      return {
        persons: Object.fromEntries(all) as Persons,
        held: { test: await heldIn("test"), second: await heldIn("second") },
      };
    },
    async remember() {
      const snapshot = await account.emulator.control.snapshot();
      const places = ["backend", "home/alicloud-users"].map((place) => path.join(root, place));
      const back = await Promise.all(places.map(keep));
      return async () => {
        await account.emulator.control.restore(snapshot);
        for (const each of back) await each();
      };
    },
    checkpoint: (name) => keep(fileOf(name)),
    remove: () => stack.remove(),
  };
}

/** Whether a resource has its user still: neither a delete is pending, nor was it deleted for a replacement that has failed. */
export const isLive = (held: Held): boolean => held.delete !== true && held.pendingReplacement !== true;

/** The id of a person, without the place that an id in the state begins with. */
export const personOf = ({ id }: { id: string }): string => id.split(":").at(-1) as string;
