import type { Bastionhosts } from "./instances";

/** A user who has another name at its source now. */
interface Renamed {
  source: "Ram";
  userId: string;
  before: string;
  now: string;
}

/**
 * Renames the users that bastion hosts have from there. The page says that their names are changed at their source; that this
 * shows at once, and that a user of a name of its own keeps it, is on no page (unverified).
 */
export function renameAtSource(hosts: Bastionhosts, { source, userId, before, now }: Renamed): void {
  for (const { users } of hosts.rows())
    for (const user of [...users.rows()]) {
      const isSame = user.source === source && user.sourceUserId === userId && user.userName === before;
      if (isSame && !users.find("userName", now)) users.put({ ...user, userName: now });
    }
}
