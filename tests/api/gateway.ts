import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands between a client and the API and answers in its place, as a proxy or a gateway may. */
export interface Gateway {
  url: string;
  /** What came, in order. */
  received: { url: string; headers: IncomingMessage["headers"]; body: string }[];
  /** What it answers to every request from now on. */
  answers(status: number, body: string, headers?: Record<string, string>): void;
  /** What it answers to each request from now on, by the parameters that came and how many came before. */
  answersEach(answer: (params: Record<string, string>, before: number) => Answer): void;
}

/** An answer; a body that is no text goes out as JSON. */
export interface Answer {
  status?: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Starts a gateway before the tests of a file and stops it afterwards; before each test it forgets what came. */
export function useGateway(): Gateway {
  let answerTo: (params: Record<string, string>, before: number) => Answer = () => ({ body: "{}" });
  let server: Server | undefined;
  const gateway: Gateway = {
    url: "",
    received: [],
    answers: (status, body, headers = {}) => void (answerTo = () => ({ status, body, headers })),
    answersEach: (answer) => void (answerTo = answer),
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const { url = "", headers } = request;
        const form = Buffer.concat(parts).toString();
        const params = Object.fromEntries(new URLSearchParams(form));
        const answer = answerTo(params, gateway.received.length);
        gateway.received.push({ url, headers, body: form });
        const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
        response.writeHead(answer.status ?? 200, answer.headers ?? {}).end(text);
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
