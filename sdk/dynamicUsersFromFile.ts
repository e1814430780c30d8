import * as users from "./generated/dynamicUsers";
import { usersFromFileWith } from "./usersFromFile";

/** Declares the users of a file of people as dynamic resources, and returns them by person and place. */
export const usersFromFile = usersFromFileWith<{
  RamUser: users.RamUser;
  BastionhostUser: InstanceType<typeof users.BastionhostUser>;
  EiamUser: InstanceType<typeof users.EiamUser>;
}>(users as never);
