import { BastionhostUser, getRamUserOutput } from "pulumi-alicloud-users";

/** A contractor, who logs on to the bastion host as a RAM user that somebody else manages, until a last day. */
export interface Contractor {
  name: string;
  displayName: string;
  lastDay: string;
}

export function declareContractor({ name, displayName, lastDay }: Contractor): BastionhostUser {
  return new BastionhostUser(name, {
    instanceId: "bastionhost-cn-demo0001",
    source: "Ram",
    sourceUserId: getRamUserOutput({ userName: name }).userId,
    userName: name,
    displayName,
    effectiveEndTime: `${lastDay}T23:59:59Z`,
    twoFactorStatus: "Enable",
    twoFactorMethods: ["totp"],
  });
}
