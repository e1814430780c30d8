import * as pulumi from "@pulumi/pulumi";
import { BastionhostUser, EiamUser, RamUser } from "pulumi-alicloud-users";

const config = new pulumi.Config();
const bastionHost = config.get("bastionHost") ?? "bastionhost-cn-demo0001";
const eiamInstance = config.get("eiamInstance") ?? "idaas_demo0001";

// Known to Pulumi by its UserId, so a new userName renames the user in place.
const alice = new RamUser("alice", {
  userName: "alice",
  displayName: "Alice Liddell",
  email: "alice@example.com",
  comments: "On call in odd weeks",
});

// The same person on the bastion host, logging on with the RAM password.
const aliceOnBastion = new BastionhostUser("alice-on-bastion", {
  instanceId: bastionHost,
  source: "Ram",
  sourceUserId: alice.userId,
  userName: alice.userName,
  displayName: "Alice Liddell",
  twoFactorStatus: "Enable",
  twoFactorMethods: ["totp"],
});

const bob = new BastionhostUser("bob", {
  instanceId: bastionHost,
  source: "Local",
  userName: "bob",
  displayName: "Bob Sawyer",
  comment: "Contractor",
  email: "bob@example.com",
  password: config.requireSecret("bobPassword"),
  needResetPassword: true,
  effectiveStartTime: "2026-01-01",
  effectiveEndTime: "2027-12-31T23:59:59Z",
});

const carol = new EiamUser("carol", {
  instanceId: eiamInstance,
  username: "carol",
  displayName: "Carol Danvers",
  email: "carol@example.com",
  emailVerified: true,
  description: "Finance",
  customFields: { nick_name: "Caz" },
});

export const ids = { alice: alice.id, aliceOnBastion: aliceOnBastion.id, bob: bob.id, carol: carol.id };
