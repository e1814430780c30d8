import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { declareContractor } from "./contractor";

/** The inputs of the users that the program declared, by name. */
const declared: Record<string, Record<string, unknown>> = {};

before(() =>
  pulumi.runtime.setMocks({
    newResource({ name, inputs }) {
      declared[name] = inputs as Record<string, unknown>;
      return { id: `${name}-id`, state: inputs as object };
    },
    // A look-up. Nothing is sent to an account, and no credentials are needed.
    call: ({ inputs }) => ({ ...inputs, id: "20001", userId: "20001" }),
  }),
);

const valueOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => output.apply((value) => resolve(value as T)));

test("a contractor logs on as the RAM user of the same name, until the end of the last day", async () => {
  const erin = declareContractor({ name: "erin", displayName: "Erin", lastDay: "2027-03-31" });
  assert.equal(await valueOf(erin.sourceUserId), "20001");
  assert.equal(declared.erin?.effectiveEndTime, "2027-03-31T23:59:59Z");
});

test("a contractor needs a second factor", async () => {
  await valueOf(declareContractor({ name: "frank", displayName: "Frank", lastDay: "2027-03-31" }).urn);
  assert.deepEqual(declared.frank?.twoFactorMethods, ["totp"]);
});
