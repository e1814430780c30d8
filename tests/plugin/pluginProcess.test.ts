import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { PluginAttach, type PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import {
  executable,
  type PluginProcess,
  type Recorded,
  secret,
  startPlugin,
  unknown,
  urnOf,
} from "../support/pluginProcess";
import {
  answer,
  type Properties,
  propertiesOf,
  refusalOf,
  startEngine,
  startProvider,
  structOf,
} from "../support/providerProcess";
import { bareId, sampleUsers } from "../support/sampleUsers";
import { version } from "../../package.json";

let account: Account;
let plugin: PluginProcess;

const started: PluginProcess[] = [];

/** Starts another process, which ends with the tests. */
async function start(env: NodeJS.ProcessEnv, config: Properties = {}): Promise<PluginProcess> {
  const process = await startPlugin(env, config);
  started.push(process);
  return process;
}

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
  plugin = await start(account.env);
});
afterAll(async () => {
  await Promise.all(started.map(({ stop }) => stop()));
  await account.close();
});
afterEach(async () => {
  await account.empty();
  expect(plugin.console()).toBe("");
});

async function checkConfig(news: object) {
  const request = new messages.CheckRequest().setNews(structOf({ ...news }));
  const response = await answer<messages.CheckResponse>((done) => plugin.client.checkConfig(request, done));
  const reasons = response.getFailuresList().map((failure) => failure.getReason());
  return { inputs: propertiesOf(response.getInputs()), reasons };
}

const made = ({ kind, one }: (typeof sampleUsers)[number], name?: string): Promise<Recorded> =>
  plugin.create(urnOf(kind, name), one);

describe("the plugin", () => {
  it("accepts secrets in the handshake, and logs to that engine", async () => {
    const other = await start(account.env);
    const engine = await startEngine();
    const request = new messages.ProviderHandshakeRequest().setEngineAddress(engine.address);
    const response = await answer<messages.ProviderHandshakeResponse>((done) =>
      other.client.handshake(request, done),
    );
    expect(response.getAcceptSecrets()).toBe(true);
    await other.diff(await made(sampleUsers[0]!), { userName: "ann" });
    expect(engine.lines).toHaveLength(2);
    engine.stop();
  });

  it("has the version of the package", async () => {
    const info = await answer<PluginInfo>((done) => plugin.client.getPluginInfo(new Empty(), done));
    expect(info.getVersion()).toBe(version);
  });

  it("returns the schema of its three resources", async () => {
    const response = await answer<messages.GetSchemaResponse>((done) =>
      plugin.client.getSchema(new messages.GetSchemaRequest(), done),
    );
    const { name, resources } = JSON.parse(response.getSchema()) as { name: string; resources: object };
    expect(name).toBe("alicloud-users");
    expect(Object.keys(resources).sort()).toEqual(
      sampleUsers.map(({ kind }) => `alicloud-users:index:${kind}`).sort(),
    );
  });
});

describe("the plugin's configuration", () => {
  it("keeps every value, secrets too", async () => {
    const news = {
      accessKey: "testid",
      secretKey: secret("testsecret"),
      region: "cn-beijing",
      version,
    };
    expect(await checkConfig(news)).toEqual({ inputs: news, reasons: [] });
  });

  it.each([
    {
      what: "half of an access key",
      news: { accessKey: "testid" },
      said: /^Half of an access key is set: alicloud-users:accessKey is there and alicloud-users:secretKey is missing/,
    },
    {
      what: "endpoints that are none",
      news: { endpoints: '{"ram":"no address"}' },
      said: /^The setting alicloud-users:endpoints cannot be read/,
    },
    {
      what: "a name that is none",
      news: { maxDelete: "2" },
      said: /^There is no setting alicloud-users:maxDelete\. Did you mean alicloud-users:maxDeletes\?/,
    },
    {
      what: "a rate that is none",
      news: { callsPerSecond: "fast" },
      said: /^The setting alicloud-users:callsPerSecond cannot be read/,
    },
  ])(
    "is refused in a sentence that uses the plugin's names of settings, for $what",
    async ({ news, said }) => {
      const { reasons } = await checkConfig(news);
      expect(reasons).toEqual([expect.stringMatching(said)]);
    },
  );

  it("is accepted while a value is unknown", async () => {
    const news = {
      accessKey: "testid",
      secretKey: secret(unknown),
      endpoints: unknown,
      callsPerSecond: unknown,
    };
    expect(await checkConfig(news)).toEqual({ inputs: news, reasons: [] });
  });

  it("replaces no user when it changes", async () => {
    const request = new messages.DiffRequest().setOlds(structOf({ accessKey: "one", region: "cn-beijing" }));
    request.setNews(structOf({ accessKey: "two", region: "cn-hangzhou" }));
    const response = await answer<messages.DiffResponse>((done) => plugin.client.diffConfig(request, done));
    expect(response.getReplacesList()).toEqual([]);
    expect(response.getChanges()).not.toBe(messages.DiffResponse.DiffChanges.DIFF_SOME);
  });

  it("decides which account the users are in", async () => {
    const other = await openAccount();
    const { endpoint, ...key } = { endpoint: other.emulator.url, accessKey: "testid" };
    const config = { ...key, secretKey: secret("testsecret"), endpoint };
    const elsewhere = await start({}, config);
    await elsewhere.create(urnOf("RamUser"), { userName: "ann" });
    expect(await other.ramUsers()).toHaveLength(1);
    expect(await account.ramUsers()).toEqual([]);
    await other.close();
  });
});

describe("the plugin refuses", () => {
  it("a resource of another type", async () => {
    const { message } = await refusalOf(plugin.check(urnOf("GroupOfUsers"), {}));
    expect(message).toBe(
      "There is no resource of the type alicloud-users:index:GroupOfUsers in this package.",
    );
  });

  it("another function", async () => {
    const { message } = await refusalOf(plugin.invoke("getGroup", {}));
    expect(message).toBe("There is no function alicloud-users:index:getGroup in this package.");
  });
});

describe.each(sampleUsers)("a look-up of a $kind", (sample) => {
  const { kind, unique } = sample;
  const place = kind === "RamUser" ? {} : { instanceId: kind === "EiamUser" ? idaas : bastionHost };
  const holdsAnn = { displayName: "Ann", [unique]: "ann" };

  it("finds one by id or by name, or all", async () => {
    const { id } = await made(sample);
    const found = { ...place, ...holdsAnn, id, userId: bareId(id) };
    const one = `get${kind}`;
    expect(await plugin.invoke(one, { ...place, userId: bareId(id) })).toMatchObject(found);
    expect(await plugin.invoke(one, { ...place, [unique]: "ann" })).toMatchObject(found);
    expect(await plugin.invoke(`${one}s`, place)).toEqual({ users: [expect.objectContaining(found)] });
  });

  it("says in a sentence that there is no such user", async () => {
    const { message } = await refusalOf(plugin.invoke(`get${kind}`, { ...place, [unique]: "ann" }));
    const why = "(not shown, as it may be secret)";
    expect(message).toBe(
      `There is no ${kind} with the ${unique} ${why}. Check it, the instance and the region.`,
    );
    expect(await plugin.invoke(`get${kind}s`, place)).toEqual({ users: [] });
  });

  it("names the argument that is missing", async () => {
    const { message } = await refusalOf(plugin.invoke(`get${kind}`, place));
    expect(message).toBe(`"userId" or "${unique}" is required to look up a ${kind}.`);
    if (kind === "RamUser") return;
    for (const name of [`get${kind}`, `get${kind}s`]) {
      const placeless = await refusalOf(plugin.invoke(name, { [unique]: "ann" }));
      expect(placeless.message).toBe(`"instanceId" is required to look up a ${kind}.`);
    }
  });
});

describe("many users of the plugin", () => {
  it("cost at most two calls when fifty are read concurrently", async () => {
    const names = Array.from({ length: 50 }, (_, at) => `user${at}`);
    const urn = (name: string) => urnOf("RamUser", name);
    const users = await Promise.all(names.map((userName) => plugin.create(urn(userName), { userName })));
    const later = await start(account.env);
    await account.emulator.control.forgetCalls();
    const read = await Promise.all(users.map((user) => later.read(user)));
    expect(read.map(({ inputs }) => inputs)).toEqual(names.map((userName) => ({ userName })));
    const { total } = await account.emulator.control.calls();
    expect(total).toBeLessThanOrEqual(2);
  });
});

describe("the plugin's process", () => {
  it("prints only its port on standard output, and exits cleanly on a signal", async () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const child = spawn(executable, { env: { PATH: process.env.PATH, ...account.env } });
      const printed = text(child.stdout);
      const said = text(child.stderr);
      await once(child.stdout, "data");
      const ended = once(child, "exit");
      child.kill(signal);
      expect(await ended).toEqual([0, null]);
      expect(await printed).toMatch(/^\d+\n$/);
      expect(await said).toBe("");
    }
  });

  it("exits when the process that started it has ended", async () => {
    const child = spawn(executable, { env: { PATH: process.env.PATH, ...account.env } });
    await once(child.stdout, "data");
    const ended = once(child, "exit");
    child.stdin.destroy();
    expect(await ended).toEqual([0, null]);
  });

  it("also runs as a Node program, as the engine runs a folder with PulumiPlugin.yaml", async () => {
    const runner = require.resolve("@pulumi/pulumi/cmd/run-plugin");
    const other = await startProvider([process.execPath, runner, path.dirname(executable)], account.env);
    const info = await answer<PluginInfo>((done) => other.client.getPluginInfo(new Empty(), done));
    expect(info.getVersion()).toBe(version);
    expect(other.console()).toBe("");
    await other.stop();
  });

  it("logs to the engine that attaches to it, not to the one that started it", async () => {
    const other = await start(account.env);
    const engine = await startEngine();
    const attach = new PluginAttach().setAddress(engine.address);
    await answer((done) => other.client.attach(attach, done));
    const user = await other.create(urnOf("RamUser"), { userName: "ann", displayName: "Ann" });
    await other.diff(user, { userName: "ann", displayName: "Ann B." });
    const message = 'change: displayName: "Ann" => "Ann B."';
    expect(engine.lines).toEqual([{ severity: "info", urn: urnOf("RamUser"), message }]);
    expect(other.log()).toEqual([]);
    engine.stop();
  });
});
