import * as pulumi from "@pulumi/pulumi";
import { unpackHidden } from "../../provider/core/state";
import { eiamUser } from "../../provider/resources/eiam/eiamUser";
import type { DeclaredUser } from "../../sdk/registration";
import { userClass } from "../../sdk/userClass";
import { dynamicRegistration } from "../../sdk/dynamicRegistration";

interface Args {
  instanceId: pulumi.Input<string>;
  username: pulumi.Input<string>;
  displayName?: pulumi.Input<string>;
  password?: pulumi.Input<string>;
}

let components = 0;

/** A component by a name of its own. */
const team = (opts: pulumi.ComponentResourceOptions): pulumi.Resource =>
  new pulumi.ComponentResource("test:index:Team", `team-${++components}`, {}, opts);

const seen: DeclaredUser[] = [];
const EiamUser = userClass<Args, { password: pulumi.Output<string>; displayName: pulumi.Output<string> }>(
  eiamUser,
  {
    ...dynamicRegistration,
    refuse: (user) => void seen.push(user),
  },
);

const args = { instanceId: "i", username: "carol", displayName: "Carol", password: "Plain-1" };

/** What changes every user, wherever it stands. */
const change: pulumi.ResourceTransformation = ({ type, props, opts }) =>
  type.endsWith(":EiamUser")
    ? {
        props: { ...props, displayName: pulumi.secret("Carol C."), password: "Plain-2" },
        opts: { ...opts, additionalSecretOutputs: ["username"], replaceOnChanges: ["username"] },
      }
    : undefined;

/** The options by which it reaches a user. */
const places: [where: string, opts: () => pulumi.CustomResourceOptions][] = [
  ["the user's own", () => ({ transformations: [change] })],
  ["its component's", () => ({ parent: team({ transformations: [change] }) })],
  ["a component's above its own", () => ({ parent: team({ parent: team({ transformations: [change] }) }) })],
];

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call: () => ({}),
  }),
);
beforeEach(() => void (seen.length = 0));

describe.each(places)("a transformation that is %s", (_where, opts) => {
  test("is behind what the provider is told of the user", async () => {
    new EiamUser("carol", args, opts());
    expect(seen).toHaveLength(1);
    const { secret, replaced } = unpackHidden(dynamicRegistration.hiddenInputs!(seen[0]!));
    expect((await secret)?.sort()).toEqual(["displayName", "username"]);
    expect(replaced).toEqual(["username"]);
  });

  test("leaves secret what is so by its nature", async () => {
    const carol = new EiamUser("carol", args, opts());
    expect(await pulumi.isSecret(carol.password)).toBe(true);
    expect(seen[0]!.args.password).toBe("Plain-2");
  });

  test("makes nothing of the user's children but what it makes itself", () => {
    const carol = new EiamUser("carol", args, opts());
    seen.length = 0;
    team({ parent: carol });
    expect(seen).toEqual([]);
  });
});
