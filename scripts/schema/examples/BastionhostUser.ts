import * as pulumi from "@pulumi/pulumi";
import { BastionhostUser } from "pulumi-alicloud-users/plugin";

const bob = new BastionhostUser("bob", {
  instanceId: "bastionhost-cn-demo0001",
  source: "Local",
  userName: "bob",
  displayName: "Bob Sawyer",
  password: new pulumi.Config().requireSecret("bobPassword"),
  twoFactorStatus: "Enable",
  twoFactorMethods: ["totp"],
  effectiveEndTime: "2027-12-31T23:59:59Z",
});

export const bobId = bob.userId;
