import * as pulumi from "@pulumi/pulumi";
import { eiamUser } from "../../provider/resources/eiam/eiamUser";
import type { Resource } from "../../provider/core/resource";
import { plainNames } from "../../sdk/plainNames";

const resource = eiamUser as unknown as Resource;
const args = {
  username: "ann",
  password: "s3cret",
  displayName: pulumi.secret("s3cret"),
  description: Promise.resolve("s3cret"),
  customFields: { nickname: pulumi.output("s3cret") },
  phoneNumber: "138 0013",
};
const names = (opts: pulumi.CustomResourceOptions = {}) => plainNames({ name: "ann", resource, args, opts });

test("what is no output and no secret is plain", () => {
  expect(names()).toEqual(["username", "phoneNumber"]);
});

test("what an option keeps secret is not plain", () => {
  expect(names({ additionalSecretOutputs: ["phoneNumber"] })).toEqual(["username"]);
});

test.each<[string, pulumi.CustomResourceOptions]>([
  ["a transform", { transforms: [() => undefined] }],
  ["a component, which may have transforms,", { parent: {} as pulumi.Resource }],
])("nothing is plain that %s may make secret", (_what, opts) => {
  expect(names(opts)).toEqual([]);
});
