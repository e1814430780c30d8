import { createServer, request, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { readFileSync } from "node:fs";
import { type AddressInfo, connect, type Socket } from "node:net";
import path from "node:path";

/** A certificate for `*.aliyuncs.com` that nobody trusts unless `NODE_EXTRA_CA_CERTS` names it. */
export const certificate = path.join(__dirname, "tls/certificate.pem");

/** An HTTP proxy on loopback in front of one server, whichever host it is asked for. */
export interface Proxy {
  url: string;
  /** The hosts that it was asked for, `CONNECT host:port` for tunnels. */
  asked: string[];
  /** The `Proxy-Authorization` headers that came. */
  authorizations: string[];
  /** What it does with tunnels: opens them, refuses them with 403, or never answers. */
  tunnels: "open" | "refuse" | "ignore";
  close(): void;
}

/** Starts a proxy whose requests and tunnels end at the server of this URL. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const key = readFileSync(path.join(__dirname, "tls/key.pem"));
  const forward = ({ method, headers }: { method?: string; headers: object }, path: string) =>
    request({
      hostname,
      port,
      path,
      method,
      headers: { ...headers, host: `${hostname}:${port}`, connection: "close" },
    });
  const tls = createTlsServer({ key, cert: readFileSync(certificate) }, (incoming, outgoing) => {
    const onward = forward(incoming, incoming.url ?? "/");
    onward.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  const server = createServer((incoming, outgoing) => {
    const { host, pathname, search } = new URL(incoming.url ?? "");
    proxy.asked.push(host);
    note(incoming.headers["proxy-authorization"]);
    const onward = forward(incoming, pathname + search);
    onward.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  server.on("connect", (incoming, socket: Socket) => {
    proxy.asked.push(`CONNECT ${incoming.url}`);
    note(incoming.headers["proxy-authorization"]);
    if (proxy.tunnels === "refuse") return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n<html>no</html>");
    if (proxy.tunnels === "ignore") return;
    const onward = connect((tls.address() as AddressInfo).port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) end.on("error", () => onward.destroy());
  });
  const note = (authorization: string | undefined) =>
    authorization && proxy.authorizations.push(authorization);
  const proxy: Proxy = {
    url: "",
    asked: [],
    authorizations: [],
    tunnels: "open",
    close() {
      for (const each of [server, tls]) {
        each.closeAllConnections();
        each.close();
      }
      for (const socket of sockets) socket.destroy();
    },
  };
  proxy.url = `http://127.0.0.1:${await portOf(server)}`;
  await portOf(tls);
  return proxy;
}

async function portOf(server: Server | ReturnType<typeof createTlsServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
