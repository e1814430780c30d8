import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { proxyOf } from "../../provider/api/proxyOf";
import { certificate, type Proxy, startProxy } from "../support/startProxy";
import { useAccount } from "./account";
import { passingClock } from "./passingClock";
import type { ApiFault } from "../../provider/api/fault";
import { connect } from "../../provider/api/connect";
import { readSettings } from "../../provider/api/settings";
import { services } from "../../provider/resources/services";
import { schemaOf } from "./schemaOf";

const account = useAccount();
const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: "testid", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret" };
const names = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"];
const before = Object.entries(process.env);

let proxy: Proxy;
beforeAll(async () => void (proxy = await startProxy(account.emulator.url)));
beforeEach(() => {
  for (const name of names.flatMap((each) => [each, each.toLowerCase()])) delete process.env[name];
  Object.assign(proxy, { asked: [], authorizations: [], tunnels: "open" });
});
afterAll(() => {
  for (const name of names) delete process.env[name];
  Object.assign(process.env, Object.fromEntries(before));
  proxy.close();
});

const settings = (environment: Record<string, string>) =>
  readSettings({ config: () => undefined, environment: { ...keys, ...environment } }, services);

/** Lists the users of RAM at an endpoint that only a proxy can reach. */
const listBehindProxy = (endpoint = "http://ram.test:8080", environment = {}) =>
  connect(settings({ ALICLOUD_USERS_ENDPOINT: endpoint, ...environment }), { clock: passingClock() })
    .directory(schemaOf("Ram"), {}, undefined)
    .search({});

const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error("It succeeded.")),
    (fault: unknown) => fault as ApiFault,
  );

/** What a process prints that lists the users of the real endpoint, under these variables. */
async function printed(variables: Record<string, string>): Promise<string> {
  const words = ["--import", "tsx", path.join(__dirname, "listRamUsers.ts")];
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...keys, ...variables };
  return (await promisify(execFile)(process.execPath, words, { env })).stdout;
}

describe("a call", () => {
  test("by https goes through a tunnel of HTTPS_PROXY, with the certificates of NODE_EXTRA_CA_CERTS", async () => {
    await account.outside("Ram", "CreateUser", { UserName: "alice" });
    const variables = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: certificate };
    expect(await printed(variables)).toBe('["alice"]');
    expect(proxy.asked).toEqual(["CONNECT ram.aliyuncs.com:443"]);
    expect((await account.emulator.control.calls()).byAction["Ram.ListUsers"]).toBe(1);
  });

  test("is not sent where the certificate is not trusted", async () => {
    const variables = { HTTPS_PROXY: proxy.url, ALICLOUD_MAX_RETRY_TIMEOUT: "1" };
    expect(await printed(variables)).toMatch(
      /could not be reached \(.*CERT.*\) for ListUsers.*NODE_EXTRA_CA_CERTS/,
    );
    expect((await account.emulator.control.calls()).total).toBe(0);
  });

  test("by http goes through HTTP_PROXY, signed for its own host, with the user of the proxy", async () => {
    process.env.HTTP_PROXY = proxy.url.replace("//", "//ann:s3cret@");
    await listBehindProxy();
    expect(proxy.asked).toEqual(["ram.test:8080"]);
    expect(proxy.authorizations).toEqual([`Basic ${Buffer.from("ann:s3cret").toString("base64")}`]);
  });

  test("goes to this machine directly, and to the hosts of NO_PROXY", async () => {
    Object.assign(process.env, { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY: ".aliyuncs.com" });
    await listBehindProxy(account.emulator.url);
    expect(proxy.asked).toEqual([]);
    expect(proxyOf("https://ram.aliyuncs.com")).toBeUndefined();
    expect(proxyOf("https://ram.example.com")?.href).toBe(`${proxy.url}/`);
  });
});

describe("a proxy", () => {
  test("without a scheme is an HTTP proxy", () => {
    process.env.HTTPS_PROXY = "proxy.example.com:3128";
    expect(proxyOf("https://ram.aliyuncs.com")?.href).toBe("http://proxy.example.com:3128/");
  });

  test.each([
    ["socks5://proxy.example.com", "it begins with socks5://"],
    ["http://s3cret words", "it is no URL"],
  ])("%s is refused before anything is sent", (url, reason) => {
    process.env.HTTPS_PROXY = url;
    expect(() => proxyOf("https://ram.aliyuncs.com")).toThrow(
      `The proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names cannot be used: ${reason}.`,
    );
  });

  test.each(["localhost", "127.0.0.1", "127.8.9.10", "[::1]"])(
    "is not used for an endpoint at %s",
    (host) => {
      process.env.ALL_PROXY = proxy.url;
      expect(proxyOf(`http://${host}:8080`)).toBeUndefined();
      expect(proxyOf(`http://${host.replace(/[^\w]/g, "")}.test:8080`)?.port).toBe(new URL(proxy.url).port);
      expect(proxyOf("http://my-127.test")).toBeDefined();
    },
  );

  test("that refuses the tunnel is an error, and its page no answer", async () => {
    process.env.HTTPS_PROXY = proxy.url;
    proxy.tunnels = "refuse";
    const fault = await faultOf(listBehindProxy("https://ram.aliyuncs.com"));
    expect(fault).toMatchObject({ kind: "unreached", code: "ProxyRefused" });
    expect(fault.message).toBe(
      "RAM could not be reached (the proxy answered CONNECT with 403) for ListUsers at https://ram.aliyuncs.com " +
        `through the proxy ${new URL(proxy.url).host}. Nothing was dropped from the state. ` +
        "Let the proxy allow this host, or name the host in NO_PROXY. Tried once.",
    );
    expect(proxy.asked).toHaveLength(1);
  });

  test("that opens no tunnel is waited for as long as for an answer, and nothing shows its password", async () => {
    process.env.HTTPS_PROXY = proxy.url.replace("//", "//ann:s3cret@");
    proxy.tunnels = "ignore";
    const list = listBehindProxy("https://ram.aliyuncs.com", { ALICLOUD_CLIENT_READ_TIMEOUT: "50" });
    const { kind, message } = await faultOf(list);
    expect(kind).toBe("unreached");
    expect(message).toContain("RAM could not be reached (Timeout) for ListUsers at https://ram.aliyuncs.com");
    expect(message).toContain(`through the proxy ${new URL(proxy.url).host}.`);
    expect(message).not.toContain("s3cret");
  });
});
