import type { Snapshot } from "../../emulator";
import type { Account } from "../support/account";
import type { Model, Real } from "./model";
import type { StoredUser, Values } from "./userModel";

type Directories = { users: { userId: string }[] }[];

function directoriesOf({ ram, bastionhost, eiam }: Snapshot): Directories {
  return [ram, ...bastionhost.instances, ...eiam.instances] as Directories;
}

/** The program's user in the account, if there is one. */
export async function ownUser({ userId }: Model, { user, account }: Real): Promise<StoredUser | undefined> {
  return (await user.users(account)).find((each) => each.userId === userId);
}

/** Changes what the emulator stores of a user, past its API. */
export async function storeValues(account: Account, userId: string, changes: Values): Promise<void> {
  const { control } = account.emulator;
  const snapshot = await control.snapshot();
  const stored = directoriesOf(snapshot).flatMap(({ users }) => users);
  Object.assign(stored.find((user) => user.userId === userId) ?? {}, changes);
  await control.restore(snapshot);
}

/** Deletes a user past the API, which might refuse. */
export async function eraseUser(model: Model, { account }: Real, userId: string): Promise<void> {
  const { control } = account.emulator;
  const snapshot = await control.snapshot();
  for (const directory of directoriesOf(snapshot))
    directory.users = directory.users.filter((user) => user.userId !== userId);
  await control.restore(snapshot);
  model.others = model.others.filter((user) => user.userId !== userId);
  if (userId === model.userId) model.exists = false;
}

/** Expects our user to look like this, or not to exist, and all others to be as they were. */
export async function expectUsers(
  model: Model,
  { user, account }: Real,
  view: Values | undefined,
): Promise<void> {
  const isOwn = ({ userId }: StoredUser) => userId === model.userId;
  const users = await user.users(account);
  const own = users.find(isOwn);
  expect(own && user.view(own)).toEqual(view);
  expect(users.filter((each) => !isOwn(each))).toEqual(model.others);
}
