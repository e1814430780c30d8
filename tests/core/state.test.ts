import { pack, packHidden, unpack, unpackHidden, withoutHidden } from "../../provider/core/state";

const provider = (type: string) =>
  `exports.handler=()=>require("pulumi-alicloud-users/dynamic").providers.${type}`;
const urn = (type: string) => `urn:pulumi:dev::team::pulumi-nodejs:dynamic/alicloud-users:${type}::ann`;

/** Outputs as release 0.1 wrote them to a state, one of each kind of user. */
const written = [
  {
    kind: "RamUser, two of whose attributes the account does not return",
    outputs: {
      userName: "ann",
      email: "ann@example.com",
      mobilePhone: "86-18600000000",
      __unread: ["email", "mobilePhone"],
      __provider: provider("RamUser"),
      __urn: urn("RamUser"),
      __declared: 4,
    },
    state: {
      values: { userName: "ann", email: "ann@example.com", mobilePhone: "86-18600000000" },
      notReturned: ["email", "mobilePhone"],
      drifted: {},
    },
    hidden: { provider: provider("RamUser"), urn: urn("RamUser"), declaredCount: 4 },
  },
  {
    kind: "BastionhostUser that a refresh found changed",
    outputs: {
      instanceId: "bastionhost-cn-1",
      source: "Local",
      userName: "bob",
      displayName: "Hacked",
      __drifted: { displayName: "Bob" },
      __urn: urn("BastionhostUser"),
      __ignored: ["comment"],
      __replaced: ["email"],
      __secret: ["mobile"],
      __declared: 1,
    },
    state: {
      values: { instanceId: "bastionhost-cn-1", source: "Local", userName: "bob", displayName: "Hacked" },
      notReturned: [],
      drifted: { displayName: "Bob" },
    },
    hidden: {
      urn: urn("BastionhostUser"),
      ignored: ["comment"],
      replaced: ["email"],
      secret: ["mobile"],
      declaredCount: 1,
    },
  },
  {
    kind: "EiamUser that a program only reads",
    outputs: { instanceId: "idaas_1", username: "carol", __whole: true, __urn: urn("EiamUser") },
    state: { values: { instanceId: "idaas_1", username: "carol" }, notReturned: [], drifted: {} },
    hidden: { whole: true, urn: urn("EiamUser") },
  },
  {
    kind: "RamUser of the plugin",
    outputs: { userName: "dan", displayName: "Dan", userId: "2" },
    state: { values: { userName: "dan", displayName: "Dan", userId: "2" }, notReturned: [], drifted: {} },
    hidden: {},
  },
];

describe.each(written)("the state of a $kind", ({ outputs, state, hidden }) => {
  it("is read as it was written", () => {
    expect(unpack("1", outputs)).toEqual({ id: "1", ...state });
    expect(unpackHidden(outputs)).toEqual(hidden);
    expect(withoutHidden(outputs)).toEqual(state.values);
  });

  it("is written again in the same form", () => {
    expect({ ...pack(state), ...packHidden(hidden) }).toEqual(outputs);
  });
});
