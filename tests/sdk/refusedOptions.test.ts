import * as pulumi from "@pulumi/pulumi";
import * as dynamic from "../../sdk";
import * as plugin from "../../sdk/plugin";

void pulumi.runtime.setMocks({
  newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
  call: () => ({}),
});

let teams = 0;

/** The provider of some package. */
class OtherProvider extends pulumi.ProviderResource {
  constructor(name: string, pkg: string) {
    super(pkg, name, {});
  }
}
class Team extends pulumi.ComponentResource {
  constructor(opts: pulumi.ComponentResourceOptions) {
    super("test:index:Team", `team-${++teams}`, {}, opts);
  }
}

const own = new plugin.Provider("own", { region: "cn-shanghai" });
const vendors = new OtherProvider("vendors", "alicloud");
const foreign = new OtherProvider("foreign", "aws");

const declare = (Class: typeof dynamic.RamUser, opts: pulumi.CustomResourceOptions) => () =>
  new Class("alice", { userName: "alice" }, opts);
const transform = (add: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions => ({
  transformations: [({ props, opts }) => ({ props, opts: { ...opts, ...add } })],
});

describe("a dynamic user", () => {
  test.each([
    ["a provider of this package", { provider: own }, /^RamUser "alice": .* the provider that it is given/],
    ["a provider of Alibaba Cloud's own package", { provider: vendors }, /the provider that it is given/],
    [
      "a component with such a provider",
      { parent: new Team({ provider: own }) },
      /that its component is given/,
    ],
    [
      "one among a component's providers",
      { parent: new Team({ providers: [foreign, own] }) },
      /its component/,
    ],
    ["a provider from a transformation", transform({ provider: own }), /the provider that it is given/],
  ] as const)("with %s is refused, and the class of the plugin is named", (_what, opts, said) => {
    expect(declare(dynamic.RamUser, opts)).toThrow(said);
    expect(declare(dynamic.RamUser, opts)).toThrow(/use the class of "pulumi-alicloud-users\/plugin"/);
  });

  test("to be imported is refused, and adopt and the plugin are named", () => {
    expect(declare(dynamic.RamUser, { import: "20000" })).toThrow(
      /^RamUser "alice": Pulumi cannot import a dynamic resource\. .*adopt: true.*pulumi-alicloud-users\/plugin/,
    );
  });

  test.each([
    ["a component with providers of other packages", { parent: new Team({ providers: [foreign, vendors] }) }],
    ["a provider of another package", { provider: foreign }],
  ])("with %s is declared", (_what, opts) => {
    expect(declare(dynamic.RamUser, opts)).not.toThrow();
  });

  test("ends the program without a trace of it", () => {
    const thrown = (): unknown => {
      try {
        return declare(dynamic.RamUser, { import: "20000" })();
      } catch (error) {
        return error;
      }
    };
    expect(pulumi.RunError.isInstance(thrown())).toBe(true);
  });
});

describe("a user of the plugin", () => {
  test.each([
    ["a provider of this package", { provider: own }],
    ["a component with one", { parent: new Team({ provider: own }) }],
    ["an id to import", { import: "20000" }],
  ])("with %s is declared", (_what, opts) => {
    expect(declare(plugin.RamUser, opts)).not.toThrow();
  });

  test("with a provider of Alibaba Cloud's own package is refused", () => {
    expect(declare(plugin.RamUser, { provider: vendors })).toThrow(
      /Give it a Provider from "pulumi-alicloud-users\/plugin"/,
    );
  });
});
