import type { BastionhostNeeds } from "../provider/resources/bastionhostRules";
import { bastionhostUser } from "../provider/resources/bastionhostUser";
import { eiamUser } from "../provider/resources/eiamUser";
import { ramUser } from "../provider/resources/ramUser";
import { dynamicFace } from "./dynamicFace";
import { lookUpsOf } from "./lookUp";
import type { ArgsOf } from "./userResource";
import { userClass } from "./userResource";

/** What a program may set on a RAM user. */
export type RamUserArgs = ArgsOf<typeof ramUser>;
/** A RAM user of the account, known by its UserId, so that it may be renamed. */
export class RamUser extends userClass(ramUser, dynamicFace) {}

/** What a program may set on a Bastionhost user. */
export type BastionhostUserArgs = ArgsOf<typeof bastionhostUser> & BastionhostNeeds;
/** A user of a bastion host: local to it, or taken from RAM, AD or LDAP. */
export class BastionhostUser extends userClass<typeof bastionhostUser, BastionhostUserArgs>(
  bastionhostUser,
  dynamicFace,
) {}

/** What a program may set on an EIAM user. */
export type EiamUserArgs = ArgsOf<typeof eiamUser>;
/** A user of an EIAM (IDaaS) instance. */
export class EiamUser extends userClass(eiamUser, dynamicFace) {}

/** Looks up RAM users of the account, made by whomever: one by `userId` or `userName`, or all of them. */
export const {
  one: getRamUser,
  many: getRamUsers,
  oneOutput: getRamUserOutput,
  manyOutput: getRamUsersOutput,
} = lookUpsOf(ramUser);

/** Looks up users of a bastion host: one by `userId` or `userName`, or all that match the API's filters. */
export const {
  one: getBastionhostUser,
  many: getBastionhostUsers,
  oneOutput: getBastionhostUserOutput,
  manyOutput: getBastionhostUsersOutput,
} = lookUpsOf(bastionhostUser);

/** Looks up users of an EIAM instance: one by `userId` or `username`, or all that match the API's filters; of many, the API shows neither custom fields nor organizational units. */
export const {
  one: getEiamUser,
  many: getEiamUsers,
  oneOutput: getEiamUserOutput,
  manyOutput: getEiamUsersOutput,
} = lookUpsOf(eiamUser);
