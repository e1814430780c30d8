import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "../../provider/core/resource";
import { eiamUser } from "../../provider/resources/eiam/eiamUser";
import { ramUser } from "../../provider/resources/ram/ramUser";
import { namesAhead } from "../../sdk/namesAhead";

const instanceId = "idaas_1";
const field = { customFields: { nick_name: "Ann" } };

const ahead = (
  args: Record<string, unknown>,
  opts: pulumi.CustomResourceOptions = {},
  resource: unknown = eiamUser,
) => namesAhead({ name: "user", resource: resource as Resource, args, opts });

test("a user with custom fields is told the 16 of its directory that follow and have some", async () => {
  const told = Array.from({ length: 40 }, (_, at) => {
    void ahead({ instanceId: "idaas_2", username: `other-${at}`, ...field });
    void ahead({ instanceId, username: `plain-${at}` });
    return ahead({ instanceId, username: `user-${at}`, ...field });
  });
  const after = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => `user-${from + at}`);
  expect(await told[0]).toEqual(after(1, 17));
  expect(await told[30]).toEqual(after(31, 40));
  expect(await told[39]).toEqual([]);
});

test("users whose list tells all are told nothing", () => {
  expect(ahead({ userName: "ann", displayName: "Ann" }, {}, ramUser)).toBeUndefined();
  expect(ahead({ instanceId, username: "ann", displayName: "Ann" })).toBeUndefined();
});

test("no name is told that is an output or kept secret, and none of an instance that is an output", () => {
  expect(ahead({ instanceId, username: pulumi.secret("ann"), ...field })).toBeUndefined();
  expect(
    ahead({ instanceId, username: "ann", ...field }, { additionalSecretOutputs: ["username"] }),
  ).toBeUndefined();
  expect(ahead({ instanceId: pulumi.output(instanceId), username: "ann", ...field })).toBeUndefined();
});
