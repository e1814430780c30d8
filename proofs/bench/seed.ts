import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { EmulatorControl } from "../../emulator";
import { roundDown } from "../../provider/core/directory";
import { packHidden } from "../../provider/core/state";
import type { Stack } from "../../tests/support/stack";
import { type Frontend, type Kind, users } from "./programs";
import { succeed } from "./succeed";

/** A stack and an account that a benchmark is going to fill. */
export interface Ground {
  stack: Stack;
  control: EmulatorControl;
}

interface Entity {
  userId: string;
  [name: string]: unknown;
}

/**
 * Fills stack and account with `count` users, by one real `up` of one user whose record is then multiplied in the state
 * and in the emulator, since a real `up` of thousands takes the engine minutes. `others` more users are in the account
 * only, ours evenly among them.
 */
export async function seed(
  { stack, control }: Ground,
  kind: Kind,
  count: number,
  { others = 0, frontend = "dynamic" }: { others?: number; frontend?: Frontend } = {},
): Promise<void> {
  await control.reset();
  await control.settings({ userQuota: {}, latencyMs: 0, callsPerSecond: {} });
  await succeed(stack.run(["stack", "export"]));
  const program = (many: number) => users(kind, many, "user", frontend);
  await seedState(stack, program(1), program(count), count, (index) =>
    idOf(kind, placeOf(index, count, others)),
  );
  await multiplyAccount(control, kind, count, others);
  await control.forgetCalls();
}

/** Fills a stack alone: the record that the program of one makes, multiplied. */
export async function seedState(
  stack: Stack,
  one: string,
  many: string,
  count: number,
  id: (index: number) => string,
): Promise<void> {
  await stack.writeProgram(one);
  await succeed(stack.up());
  const file = path.join(stack.dir, "state.json");
  await succeed(stack.run(["stack", "export", "--show-secrets", "--file", file]));
  const state = JSON.parse(await readFile(file, "utf8"));
  const user = JSON.stringify(state.deployment.resources.find(isUser));
  const first = JSON.parse(user).id as string;
  const declared = (declaredCount: number) => JSON.stringify(packHidden({ declaredCount })).slice(1, -1);
  const copy = (index: number): unknown => {
    const own = JSON.stringify(first.replace(/[^:]+$/, id(index)));
    const text = user
      .replace(`"id":${JSON.stringify(first)}`, `"id":${own}`)
      .replace(/"userId":"[^"]*"/, `"userId":${JSON.stringify(id(index))}`)
      .replaceAll(declared(1), declared(roundDown(count)));
    return JSON.parse(renumber(text, index));
  };
  const rest = state.deployment.resources.filter((resource: { type: string }) => !isUser(resource));
  state.deployment.resources = [...rest, ...Array.from({ length: count }, (_, index) => copy(index))];
  await writeFile(file, JSON.stringify(state));
  await succeed(stack.run(["stack", "import", "--force", "--file", file]));
  await stack.writeProgram(many);
}

/** Whether a resource is one of the program's users, whatever their frontend. */
export function isUser({ type }: { type: string }): boolean {
  return type.startsWith("pulumi-nodejs:dynamic/") || type.startsWith("alicloud-users:");
}

async function multiplyAccount(
  control: EmulatorControl,
  kind: Kind,
  count: number,
  others: number,
): Promise<void> {
  const snapshot = await control.snapshot();
  const bastionhost = snapshot.bastionhost.instances[0];
  const eiam = snapshot.eiam.instances[0];
  const holders = { Ram: snapshot.ram, Bastionhost: bastionhost, Eiam: eiam, EiamCustomFields: eiam };
  const holder = holders[kind] as unknown as { users: Entity[] };
  const user = JSON.stringify(holder.users[0]);
  const ours = new Map(Array.from({ length: count }, (_, index) => [placeOf(index, count, others), index]));
  holder.users = Array.from({ length: count + others }, (_, place) => {
    const own = ours.get(place);
    const text =
      own === undefined ? renumber(user, place).replaceAll("user-", "other-") : renumber(user, own);
    const copy = JSON.parse(text) as Entity;
    const userId = idOf(kind, place);
    return { ...copy, userId, ...("userExternalId" in copy ? { userExternalId: userId } : {}) };
  });
  await control.restore(snapshot);
}

const placeOf = (index: number, count: number, others: number): number =>
  index * Math.max(1, Math.floor((count + others) / count));

const renumber = (text: string, index: number): string =>
  text.replace(/(user-|User |Number |9000)0\b/g, (_, stem: string) => `${stem}${index}`);

function idOf(kind: Kind, place: number): string {
  if (kind === "Ram") return String(300000000000000000n + BigInt(place));
  return kind === "Bastionhost" ? String(1000 + place) : `user_bench${place}`;
}
