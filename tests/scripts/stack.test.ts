import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createStack, type Stack } from "../support/stack";
import { story } from "../support/story";
import { temporaryFolder } from "../support/temporaryFolder";

jest.setTimeout(120_000);

const program = (greeting: string) => `
  import * as pulumi from "@pulumi/pulumi";
  const text = "exports.handler = () => ({ create: async (inputs) => ({ id: inputs.greeting, outs: { ...inputs," +
    " sdk: require.resolve('@pulumi/pulumi'), own: require.resolve('pulumi-alicloud-users/package.json') } }) })";
  class Greeting extends pulumi.CustomResource {
    declare sdk: pulumi.Output<string>;
    declare own: pulumi.Output<string>;
    constructor(name: string, greeting: string) {
      const unknown = { sdk: undefined, own: undefined };
      super("pulumi-nodejs:dynamic:Resource", name, { __provider: text, greeting, ...unknown });
    }
  }
  const greeting = new Greeting("hello", "${greeting}" + process.env.PUNCTUATION);
  export const name = new pulumi.Config().require("name");
  export const id = greeting.id;
  export const own = greeting.own;
  export const oneCopy = greeting.sdk.apply((sdk) => sdk === require.resolve("@pulumi/pulumi"));`;

describe("a stack", () => {
  let stack: Stack;
  beforeAll(async () => {
    const options = { config: { name: 'Ann: "1"' }, env: { PUNCTUATION: "!" } };
    stack = await createStack({ source: program("hi"), ...options });
  });
  afterAll(() => stack.remove());

  story((step) => {
    step("runs a program and its dynamic provider on one copy of the SDK and of this package", async () => {
      expect(await stack.up()).toMatchObject({ exitCode: 0, stderr: "" });
      const { stdout } = await stack.run(["stack", "output", "--json"]);
      const own = path.resolve(__dirname, "../../package.json");
      expect(JSON.parse(stdout)).toEqual({ name: 'Ann: "1"', id: "hi!", oneCopy: true, own });
    });

    step("reads the state as the CLI exports it", async () => {
      const { stdout } = await stack.run(["stack", "export"]);
      expect(await stack.state()).toEqual(JSON.parse(stdout));
      expect(await stack.stateText()).toContain("pulumi-nodejs:dynamic:Resource");
    });

    step("shows a program that changed in a preview, and returns a failure as an outcome", async () => {
      await stack.writeProgram(`throw new Error("no " + "users");`);
      const { exitCode, stdout } = await stack.preview();
      expect(exitCode).not.toBe(0);
      expect(stdout).toContain("no users");
    });

    step("destroys what it made", async () => {
      expect(await stack.destroy()).toMatchObject({ exitCode: 0 });
      expect((await stack.state()).deployment.resources ?? []).toEqual([]);
    });
  });
});

describe("a stack of a program in YAML", () => {
  const program = (value: string) => `
config:
  word: { type: string, secret: true }
outputs:
  word: \${word}
  value: ${value}
`;
  const outputs = async ({ run }: Stack) =>
    JSON.parse((await run(["stack", "output", "--json", "--show-secrets"])).stdout);

  it("runs it, with configuration that is kept encrypted, and again when its text has changed", async () => {
    const stack = await createStack({ yaml: program("first"), secrets: { word: "a = b" } });
    expect(await stack.up()).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await outputs(stack)).toEqual({ word: "a = b", value: "first" });
    expect(readFileSync(path.join(stack.dir, "Pulumi.test.yaml"), "utf8")).not.toContain("a = b");
    await stack.writeProgram(program("second"));
    expect(await stack.up()).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await outputs(stack)).toMatchObject({ value: "second" });
    await stack.remove();
  });
});

describe("the plugin of a stack", () => {
  const plugin = path.resolve(__dirname, "../../plugin");
  const projectOf = async (project: string) => {
    const folder = await temporaryFolder();
    writeFileSync(path.join(folder, "Pulumi.yaml"), project);
    const stack = await createStack({ program: folder });
    const text = readFileSync(path.join(stack.dir, "Pulumi.yaml"), "utf8");
    const link = /path: "(.*)"/.exec(text)![1]!;
    const place = realpathSync(link);
    await stack.remove();
    return text.replace(link, place);
  };

  it("is that of this checkout, also where a program names it by a path of its own", async () => {
    const project = (place: string) =>
      `name: shop\nruntime: yaml\nplugins:\n  providers:\n    - name: alicloud-users\n      path: ${place}\n`;
    const expected = project(JSON.stringify(plugin));
    expect(await projectOf("name: shop\nruntime: yaml")).toBe(expected);
    expect(await projectOf(project("../../plugin"))).toBe(expected);
  });
});

describe("a stack of an existing program", () => {
  it("leaves the program's folder as it was, and nothing behind when removed", async () => {
    const folder = await temporaryFolder();
    mkdirSync(path.join(folder, "node_modules"));
    writeFileSync(path.join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "config: { shop:open: never }\n");
    writeFileSync(path.join(folder, "index.ts"), `export const open: string = "daily";`);
    const before = readdirSync(folder);
    const stack = await createStack({ program: folder, name: "dev" });
    expect(await stack.up()).toMatchObject({ exitCode: 0 });
    expect((await stack.state()).deployment.resources![0]!.urn).toBe(
      "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
    );
    expect(readdirSync(folder)).toEqual(before);
    await stack.remove();
    expect(existsSync(path.dirname(stack.dir))).toBe(false);
  });

  it("keeps the user's own settings and credentials out", async () => {
    const before = { ...process.env };
    Object.assign(process.env, { PULUMI_ACCESS_TOKEN: "mine", ALIBABA_CLOUD_ACCESS_KEY_ID: "mine" });
    const stack = await createStack({ source: "", env: { ALICLOUD_USERS_ENDPOINT: "http://127.0.0.1:1" } });
    process.env = before;
    expect(Object.values(stack.env)).not.toContain("mine");
    expect(stack.env).toMatchObject({ ALICLOUD_USERS_ENDPOINT: "http://127.0.0.1:1" });
    expect(stack.env.PULUMI_HOME!.startsWith(path.dirname(stack.dir))).toBe(true);
    await stack.remove();
  });
});
