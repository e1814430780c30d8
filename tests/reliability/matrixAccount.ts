import type { EmulatorControl, FaultSpec, Snapshot } from "../../emulator";
import type { Cell } from "./data/outcomes";
import { undeclared, type Values, type Write } from "./data/writes";

/** A user of the matrix: a name, and for Bastionhost and EIAM an instance, of its own. */
export interface MatrixUser {
  name: string;
  write: Write;
  /** What every program declares of it. */
  identity: Values;
  /** The parameters that all calls about it have, and no others. */
  params: Record<string, string>;
}

/** A user as the emulator stores it. */
export type StoredUser = Values & { userId: string };

/** The user of a cell; `number` makes it unlike all others. */
export function matrixUser({ write }: Pick<Cell, "write">, number: number): MatrixUser {
  const name = `user-${number}`;
  if (write.product === "Ram")
    return { name, write, identity: { userName: name }, params: { UserName: name } };
  const instanceId = `${write.product === "Eiam" ? "idaas" : "bastionhost-cn"}-${number}`;
  return { name, write, identity: { instanceId }, params: { InstanceId: instanceId } };
}

/** Gives every user of Bastionhost and EIAM its instance, and RAM a group. */
export async function prepareAccount(control: EmulatorControl, users: readonly MatrixUser[]): Promise<void> {
  const { ram, bastionhost, eiam } = await control.snapshot();
  const instances = (product: string) =>
    users.filter(({ write }) => write.product === product).map(({ params }) => params.InstanceId!);
  const host = bastionhost.instances[0]!;
  const idaas = eiam.instances[0]!;
  const createDate = "2026-01-01T00:00:00Z";
  await control.restore({
    ram: { ...ram, groups: [{ groupId: "g-1", groupName: "ops", comments: "", createDate }] },
    bastionhost: { instances: instances("Bastionhost").map((instanceId) => ({ ...host, instanceId })) },
    eiam: { instances: instances("Eiam").map((instanceId) => ({ ...idaas, instanceId })) },
  });
}

/** Writes into the users what others have written, declared by no program. */
export async function changeByOthers(control: EmulatorControl, users: readonly MatrixUser[]): Promise<void> {
  const snapshot = await control.snapshot();
  for (const user of users)
    for (const stored of storedUsers(snapshot, user))
      Object.assign(stored, undeclared[user.write.product], user.write.others);
  await control.restore(snapshot);
}

/** The users that the account holds under a user's name, or in its instance. */
export function storedUsers(snapshot: Snapshot, { identity, write }: MatrixUser): StoredUser[] {
  const places: Record<string, readonly { instanceId: string; users: readonly object[] }[]> = {
    Bastionhost: snapshot.bastionhost.instances,
    Eiam: snapshot.eiam.instances,
  };
  const all = places[write.product];
  const found = all
    ? all.filter(({ instanceId }) => instanceId === identity.instanceId).flatMap(({ users }) => users)
    : snapshot.ram.users.filter(({ userName }) => userName === identity.userName);
  return found as StoredUser[];
}

/** The fault of a cell, on its calls alone. */
export function faultOf(
  { write, on }: Cell,
  { params }: MatrixUser,
  spec: Pick<FaultSpec, "kind">,
): FaultSpec {
  const { product, action } = write;
  return { ...spec, product, action, params, times: on === "first" ? 1 : 1000 };
}
