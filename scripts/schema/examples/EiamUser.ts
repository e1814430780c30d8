import * as pulumi from "@pulumi/pulumi";
import { EiamUser } from "pulumi-alicloud-users/plugin";

const carol = new EiamUser("carol", {
  instanceId: "idaas_demo0001",
  username: "carol",
  displayName: "Carol Danvers",
  password: new pulumi.Config().requireSecret("carolPassword"),
  email: "carol@example.com",
  emailVerified: true,
  customFields: { nick_name: "Caz" },
});

export const carolId = carol.userId;
