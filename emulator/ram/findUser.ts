import { ApiError } from "../product/apiError";
import type { RamAccount, RamUser } from "./account";

/** The user of that name; without one, RAM's 404. */
export function findUser(account: RamAccount, userName: string): RamUser {
  const user = account.users.find("userName", userName);
  if (!user) throw new ApiError(404, "EntityNotExist.User", "The user does not exist.");
  return user;
}
