import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands between a client and the API and answers in its place, as a proxy or a gateway may. */
export interface Gateway {
  url: string;
  /** What came, in order. */
  received: { url: string; headers: IncomingMessage["headers"]; body: string }[];
  /** What it answers to every request from now on. */
  answers(status: number, body: string, headers?: Record<string, string>): void;
}

/** Starts a gateway before the tests of a file and stops it afterwards; before each test it forgets what came. */
export function useGateway(): Gateway {
  let answer = { status: 200, body: "{}", headers: {} };
  let server: Server | undefined;
  const gateway: Gateway = {
    url: "",
    received: [],
    answers: (status, body, headers = {}) => void (answer = { status, body, headers }),
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const { url = "", headers } = request;
        gateway.received.push({ url, headers, body: Buffer.concat(parts).toString() });
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    gateway.url = `http://127.0.0.1:${(server?.address() as AddressInfo).port}`;
  });
  beforeEach(() => void (gateway.received.length = 0));
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
  });
  return gateway;
}
