import * as fc from "fast-check";
import type { UserModel, Values } from "./userModel";

/** Users of an account that keeps email addresses in lower case, whatever the program writes. */
export function inLowerCase(user: UserModel): UserModel {
  const kept = (view: Values): Values =>
    typeof view.email === "string" ? { ...view, email: view.email.toLowerCase() } : view;
  const capitalised = ([change, isCapital]: [Values, boolean]): Values =>
    isCapital && typeof change.email === "string"
      ? { ...change, email: change.email.replace(/^./, (letter) => letter.toUpperCase()) }
      : change;
  return {
    ...user,
    programChange: fc.tuple(user.programChange, fc.boolean()).map(capitalised),
    afterUp: (...args) => kept(user.afterUp(...args)),
  };
}
