import * as pulumi from "@pulumi/pulumi";
import * as state from "@pulumi/pulumi/runtime/state";
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

/** A component whose registration does this. */
const component = (work = () => {}): pulumi.Resource =>
  ({ urn: pulumi.output(Promise.resolve().then(work)) }) as never;

test("what is no output and no secret is plain, in a component too", async () => {
  expect(names()).toEqual(["username", "phoneNumber"]);
  expect(await names({ parent: component() })).toEqual(["username", "phoneNumber"]);
});

test("what an option keeps secret is not plain", () => {
  expect(names({ additionalSecretOutputs: ["phoneNumber"] })).toEqual(["username"]);
});

test("nothing is plain that a transform may make secret", async () => {
  const transforms = [() => undefined];
  expect(names({ transforms })).toEqual([]);
  expect(await names({ parent: component(), transforms })).toEqual([]);
});

test("nothing is plain in a component whose registration brings transforms", async () => {
  const { getStore } = state as unknown as { getStore(): { callbacks?: unknown } };
  try {
    const parent = component(() => void (getStore().callbacks = {}));
    expect(await names({ parent })).toEqual([]);
  } finally {
    delete getStore().callbacks;
  }
});
