import { RamUser } from "pulumi-alicloud-users/plugin";

const alice = new RamUser("alice", {
  userName: "alice",
  displayName: "Alice Liddell",
  email: "alice@example.com",
  comments: "On call in odd weeks",
});

export const aliceId = alice.userId;
