import "./muteHttpDebug";
import { once } from "node:events";
import {
  Agent as HttpAgent,
  type ClientRequest,
  type ClientRequestArgs,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, type RequestOptions } from "node:https";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { proxyOf } from "./proxyOf";

/** No connection came about, so nothing of the request was sent. */
export class NoConnection extends Error {
  override readonly name = "NoConnection";

  constructor(
    /** The code of the network or of TLS, `Timeout`, or `ProxyRefused`. */
    readonly code: string,
    /** The status with which the proxy refused the tunnel. */
    readonly proxyStatus?: number,
  ) {
    super(`No connection: ${code}`);
  }
}

/**
 * The agent that reaches this endpoint, directly or through the proxy of the environment. It hands a socket to a request
 * once the connection is open, its certificate is accepted and its tunnel is made; what fails before, or takes longer
 * than this time in milliseconds, is a `NoConnection`. Throws a sentence for a proxy that cannot be used.
 */
export function agentOf(endpoint: string, timeoutMs: number): HttpAgent {
  const proxy = proxyOf(endpoint);
  const isTls = endpoint.startsWith("https:");
  if (!proxy) return isTls ? new DirectTlsAgent(timeoutMs) : new DirectAgent(timeoutMs);
  return isTls ? new TunnelAgent(proxy, timeoutMs) : new ForwardAgent(proxy, timeoutMs);
}

const keepAlive = { keepAlive: true, keepAliveMsecs: 3000 };

type OnSocket = (error: Error | null, socket: Duplex) => void;

class DirectAgent extends HttpAgent {
  constructor(private readonly timeoutMs: number) {
    super(keepAlive);
  }

  override createConnection(options: ClientRequestArgs, onSocket: OnSocket): undefined {
    handOver(super.createConnection(options), this.timeoutMs, onSocket);
  }
}

class DirectTlsAgent extends HttpsAgent {
  constructor(private readonly timeoutMs: number) {
    super(keepAlive);
  }

  override createConnection(options: RequestOptions, onSocket: OnSocket): undefined {
    handOver(super.createConnection(options), this.timeoutMs, onSocket);
  }
}

class ForwardAgent extends HttpProxyAgent<string> {
  constructor(
    proxy: URL,
    private readonly timeoutMs: number,
  ) {
    super(proxy, keepAlive);
  }

  override connect(...args: Parameters<HttpProxyAgent<string>["connect"]>) {
    return ready(super.connect(...args), this.timeoutMs) as Promise<Socket>;
  }
}

class TunnelAgent extends HttpsProxyAgent<string> {
  constructor(
    proxy: URL,
    private readonly timeoutMs: number,
  ) {
    super(proxy, keepAlive);
  }

  override connect(request: ClientRequest, ...more: TunnelOptions) {
    let status = 200;
    request.once("proxyConnect", ({ statusCode = 0 }: IncomingMessage) => (status = statusCode));
    const tunnel = super.connect(request, ...more).then((socket) => {
      if (status === 200) return socket;
      // The library would show the proxy's page as the answer of the API.
      socket.destroy();
      throw new NoConnection("ProxyRefused", status);
    });
    return ready(tunnel, this.timeoutMs) as Promise<Socket>;
  }
}

type TunnelOptions =
  Parameters<HttpsProxyAgent<string>["connect"]> extends [unknown, ...infer More] ? More : [];

function handOver(socket: Duplex | null | undefined, timeoutMs: number, onSocket: OnSocket): void {
  ready(Promise.resolve(socket as Duplex), timeoutMs).then(
    (open) => onSocket(null, open),
    (error: Error) => onSocket(error, socket as Duplex),
  );
}

/** The socket, once a request may be written to it. */
async function ready(opening: Promise<Duplex>, timeoutMs: number): Promise<Duplex> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new NoConnection("Timeout"));
      opening.then((socket) => socket.destroy()).catch(() => {});
    }, timeoutMs);
  });
  try {
    return await Promise.race([opening.then(opened), tooLate]);
  } catch (error) {
    if (error instanceof NoConnection) throw error;
    throw new NoConnection((error as NodeJS.ErrnoException).code ?? "NoConnection");
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for the connection, and where it is by TLS until the other end has shown its certificate. */
async function opened(socket: Duplex): Promise<Duplex> {
  if (socket instanceof TLSSocket) await once(socket, "secureConnect");
  else if (socket instanceof Socket && socket.connecting) await once(socket, "connect");
  return socket;
}
