import type * as pulumi from "@pulumi/pulumi";
import { bastionhostUser } from "../provider/resources/bastionhost/bastionhostUser";
import { eiamUser } from "../provider/resources/eiam/eiamUser";
import { ramUser } from "../provider/resources/ram/ramUser";
import type { BastionhostUserClass } from "./bastionhostUserClass";
import { bastionhostUserClass } from "./bastionhostUserClass";
import { dynamicRegistration } from "./dynamicRegistration";
import { dataSourcesOf } from "./dataSources";
import type {
  BastionhostUserDataSources,
  BastionhostUserOutputs,
  EiamUserArgs,
  EiamUserDataSources,
  EiamUserOutputs,
  RamUserArgs,
  RamUserDataSources,
  RamUserOutputs,
} from "./types";
import { userClass } from "./userClass";

export type * from "./types";

/** A RAM user of the account. A new name renames it in place. */
export class RamUser extends userClass<RamUserArgs, RamUserOutputs>(ramUser, dynamicRegistration) {}

/** A user of a bastion host: local to it, or imported from RAM, AD or LDAP. */
export interface BastionhostUser extends pulumi.CustomResource, BastionhostUserOutputs {}
/** A user of a bastion host: local to it, or imported from RAM, AD or LDAP. */
export const BastionhostUser: BastionhostUserClass = bastionhostUserClass(dynamicRegistration);

/** A user of an EIAM (IDaaS) instance. */
export class EiamUser extends userClass<EiamUserArgs, EiamUserOutputs>(eiamUser, dynamicRegistration) {}

const ramUsers = dataSourcesOf<RamUserDataSources>(ramUser);
/** Looks up a RAM user by `userId` or `userName`, also one that Pulumi does not manage. Fails if there is none. */
export const getRamUser = ramUsers.one;
/** Looks up a RAM user by `userId` or `userName`, which may be outputs. Fails if there is none. */
export const getRamUserOutput = ramUsers.oneOutput;
/** Looks up all RAM users of the account, also those that Pulumi does not manage. */
export const getRamUsers = ramUsers.many;
/** Looks up all RAM users of the account; the arguments may be outputs. */
export const getRamUsersOutput = ramUsers.manyOutput;

const bastionhostUsers = dataSourcesOf<BastionhostUserDataSources>(bastionhostUser);
/** Looks up a user of a bastion host by `userId` or `userName`, also one that Pulumi does not manage. Fails if there is none. */
export const getBastionhostUser = bastionhostUsers.one;
/** Looks up a user of a bastion host by `userId` or `userName`, which may be outputs. Fails if there is none. */
export const getBastionhostUserOutput = bastionhostUsers.oneOutput;
/** Looks up the users of a bastion host that match the API's filters, also those that Pulumi does not manage. */
export const getBastionhostUsers = bastionhostUsers.many;
/** Looks up the users of a bastion host that match the API's filters; the arguments may be outputs. */
export const getBastionhostUsersOutput = bastionhostUsers.manyOutput;

const eiamUsers = dataSourcesOf<EiamUserDataSources>(eiamUser);
/** Looks up a user of an EIAM instance by `userId` or `username`, also one that Pulumi does not manage. Fails if there is none. */
export const getEiamUser = eiamUsers.one;
/** Looks up a user of an EIAM instance by `userId` or `username`, which may be outputs. Fails if there is none. */
export const getEiamUserOutput = eiamUsers.oneOutput;
/** Looks up the users of an EIAM instance that match the API's filters, also those that Pulumi does not manage. The API lists them without custom fields and organizational units. */
export const getEiamUsers = eiamUsers.many;
/** Looks up the users of an EIAM instance that match the API's filters; the arguments may be outputs. The API lists them without custom fields and organizational units. */
export const getEiamUsersOutput = eiamUsers.manyOutput;
