import type { RamAccount, RamUser } from "./account";

/** Says whether this read still misses a new user, and counts the read. */
export function isHidden(account: RamAccount, user: RamUser): boolean {
  const left = account.unseenReads.get(user.userId);
  if (left === undefined) return false;
  if (left > 1) account.unseenReads.set(user.userId, left - 1);
  else account.unseenReads.delete(user.userId);
  return true;
}
