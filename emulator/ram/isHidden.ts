import type { RamAccount, RamUser } from "./account";

/** Says whether this read does not find a new user yet, and counts the read. */
export function isHidden(account: RamAccount, user: RamUser): boolean {
  const left = account.readsUntilVisible.get(user.userId);
  if (left === undefined) return false;
  if (left > 1) account.readsUntilVisible.set(user.userId, left - 1);
  else account.readsUntilVisible.delete(user.userId);
  return true;
}
