import type { FaultSpec } from "../../emulator";
import type { Account } from "../support/account";
import type { Engine } from "./engine";
import type { StoredUser, UserModel, Values } from "./userModel";

/** What a run of commands expects: one user of a program, in an account that has others too. */
export interface Model {
  /** What the program declared in the last `up` that succeeded. */
  program: Values;
  userId: string | undefined;
  /** Whether the account has the user. */
  exists: boolean;
  /** The users that the program does not manage; no command of Pulumi may touch them. */
  others: StoredUser[];
  /** Whether the state was refreshed since the last `up`. */
  isRefreshed: boolean;
  /** What goes wrong during the next `up`. */
  fault: FaultSpec | undefined;
}

/** What the commands work on. */
export interface Real {
  user: UserModel;
  account: Account;
  engine: Engine;
}

/** A program that was never run, and an account with one other user, whose name begins with that of the program's. */
export async function start(real: Real): Promise<Model> {
  const { user, account, engine } = real;
  await user.createOutside(account, `${String(user.base[user.nameField])}-other`);
  return {
    program: user.base,
    userId: undefined,
    exists: false,
    fault: undefined,
    others: await user.users(account),
    isRefreshed: engine.refreshes === true,
  };
}
