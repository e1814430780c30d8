import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import path from "node:path";
import { connect } from "../../provider/api/connect";
import type { ApiFault } from "../../provider/api/fault";
import { unconnected } from "../../provider/api/unconnected";
import { services } from "../../provider/resources/services";
import { certificate } from "../support/startProxy";
import { settingsFor } from "./account";
import { passingClock } from "./passingClock";
import { schemaOf } from "./schemaOf";

const key = readFileSync(path.join(path.dirname(certificate), "key.pem"));
const tls = { key, cert: readFileSync(certificate) };
const proxyVariables = ["HTTPS_PROXY", "HTTP_PROXY"] as const;

const servers: (Server | TcpServer)[] = [];
afterEach(() => {
  for (const name of proxyVariables) delete process.env[name];
  for (const server of servers.splice(0)) {
    if ("closeAllConnections" in server) server.closeAllConnections();
    server.close();
  }
});

async function portOf(server: Server | TcpServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Sends a create, which must not be carried out twice, and returns its fault and how long was waited. */
async function failedCreate(endpoint: string): Promise<{ fault: ApiFault; waited: number }> {
  const clock = passingClock();
  const directory = connect(settingsFor(endpoint), { clock }).directory(schemaOf("Ram"), {}, undefined);
  const fault = await directory
    .call({ action: "CreateUser", params: { UserName: "alice" } })
    .then(() => Promise.reject(new Error("It succeeded.")))
    .catch((error: unknown) => error as ApiFault);
  return { fault, waited: clock.slept };
}

/** A proxy that answers every CONNECT with this status, and how often it was asked. */
async function refusingProxy(status: number) {
  const proxy = { url: "", asked: 0 };
  const server = createServer();
  server.on("connect", (_request, socket) => {
    proxy.asked++;
    socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 15\r\n\r\n{"Code":"Page"}`);
  });
  proxy.url = `127.0.0.1:${await portOf(server)}`;
  return proxy;
}

describe("a create is known to be unsent, at once, and says where it went", () => {
  test("where the certificate is not trusted", async () => {
    let requests = 0;
    const port = await portOf(createTlsServer(tls, () => requests++));
    const { fault, waited } = await failedCreate(`https://127.0.0.1:${port}`);
    expect(fault).toMatchObject({ kind: "unreached", code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    expect(fault.message).toBe(
      `RAM could not be reached (DEPTH_ZERO_SELF_SIGNED_CERT) for CreateUser at https://127.0.0.1:${port}. ` +
        "Nothing was dropped from the state. If a proxy has a certificate authority of its own, name the file of its " +
        "certificate in NODE_EXTRA_CA_CERTS. Tried once.",
    );
    expect([requests, waited]).toEqual([0, 0]);
  });

  test("where https is spoken to a server that speaks http", async () => {
    const port = await portOf(createServer((_request, response) => response.end("{}")));
    const { fault, waited } = await failedCreate(`https://127.0.0.1:${port}`);
    expect(fault).toMatchObject({
      kind: "unreached",
      code: expect.stringMatching(/EPROTO|ERR_SSL/) as string,
    });
    expect(fault.message).toContain(`at https://127.0.0.1:${port}. `);
    expect(fault.message).toContain(
      "an endpoint or a proxy that speaks plain HTTP begins with http://. Tried once.",
    );
    expect(waited).toBe(0);
  });

  test("where the connection ends in the middle of the TLS handshake", async () => {
    const port = await portOf(createTcpServer((socket) => socket.once("data", () => socket.destroy())));
    const { fault, waited } = await failedCreate(`https://127.0.0.1:${port}`);
    expect(fault).toMatchObject({ kind: "unreached", code: "ECONNRESET" });
    expect(fault.message).toContain("Tried 4 times within 2 s.");
    expect(waited).toBeLessThan(2000);
  });

  test.each([403, 407])("where the proxy refuses the tunnel with %d", async (status) => {
    const proxy = await refusingProxy(status);
    process.env.HTTPS_PROXY = `http://ann:s3cret@${proxy.url}`;
    const { fault, waited } = await failedCreate("https://ram.test/path");
    expect(fault).toMatchObject({ kind: "unreached", code: "ProxyRefused" });
    expect(fault.message).toContain(
      `(the proxy answered CONNECT with ${status}) for CreateUser at https://ram.test through the proxy ${proxy.url}.`,
    );
    expect(fault.message).toMatch(status === 407 ? /asks for a user name and a password/ : /NO_PROXY/);
    expect(fault.message).toContain("Tried once.");
    expect(fault.message).not.toMatch(/ann|s3cret|path/);
    expect([proxy.asked, waited]).toEqual([1, 0]);
  });

  test("where the proxy has no way to the host for the moment: tried again, and not for long", async () => {
    const proxy = await refusingProxy(502);
    process.env.HTTPS_PROXY = `http://${proxy.url}`;
    const { fault, waited } = await failedCreate("https://ram.test");
    expect(fault).toMatchObject({ kind: "unreached", code: "ProxyRefused" });
    expect(proxy.asked).toBe(4);
    expect(waited).toBeLessThan(2000);
  });

  test.each(["HTTPS_PROXY", "HTTP_PROXY"] as const)("where nobody listens at %s", async (name) => {
    process.env[name] = "http://127.0.0.1:1";
    const scheme = name === "HTTPS_PROXY" ? "https" : "http";
    const { fault } = await failedCreate(`${scheme}://ram.test`);
    expect(fault).toMatchObject({ kind: "unreached", code: "ECONNREFUSED" });
    expect(fault.message).toContain(`for CreateUser at ${scheme}://ram.test through the proxy 127.0.0.1:1.`);
  });

  test("where a proxy that is named by https speaks http", async () => {
    const proxy = await refusingProxy(403);
    for (const name of proxyVariables) process.env[name] = `https://${proxy.url}`;
    for (const endpoint of ["https://ram.test", "http://ram.test"]) {
      const { fault, waited } = await failedCreate(endpoint);
      expect(fault.kind).toBe("unreached");
      expect([proxy.asked, waited]).toEqual([0, 0]);
    }
  });
});

test.each([
  ["CERT_HAS_EXPIRED", /Set this machine's clock, or have the certificate renewed\./],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /The certificate is that of another host/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /NODE_EXTRA_CA_CERTS/],
  ["SELF_SIGNED_CERT_IN_CHAIN", /NODE_EXTRA_CA_CERTS/],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", /NODE_EXTRA_CA_CERTS/],
  ["ERR_SSL_WRONG_VERSION_NUMBER", /plain HTTP begins with http:\/\//],
])("a connection that fails with %s does not heal, and has its own advice", (code, advice) => {
  const fault = unconnected(services.Ram!, "ListUsers", { code }, "at https://ram.test");
  expect(fault).toMatchObject({ kind: "unreached", outlook: "lasting" });
  expect(fault.message).toMatch(advice);
});

test("a connection that is reset after the create was sent leaves open whether it was carried out", async () => {
  const server = createServer(({ socket }) => socket.destroy());
  const { fault } = await failedCreate(`http://127.0.0.1:${await portOf(server)}`);
  expect(fault).toMatchObject({ kind: "unavailable", code: "ECONNRESET" });
  expect(fault.message).toContain("Tried once.");
});
