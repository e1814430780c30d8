import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** An address in front of the emulator that can stop accepting connections. */
export interface RefusingRelay {
  readonly url: string;
  /** The actions of the calls that it has passed on since this was last asked. */
  passed(): string[];
  /** Refuses every connection once so many more calls are answered; tells when that begins. */
  refuseAfter(answers: number): Promise<void>;
  accept(): Promise<void>;
  close(): void;
}

/** Opens one in front of this URL. */
export async function openRelay(target: string): Promise<RefusingRelay> {
  let actions: string[] = [];
  let answersLeft = Infinity;
  let begin = (): void => {};
  let server = createServer(onRequest);
  const port = await listen(server, 0);

  function refuse(): void {
    server.close();
    begin();
  }

  function onRequest(incoming: IncomingMessage, response: ServerResponse): void {
    pass(incoming, response).catch(() => response.destroy());
  }

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(incoming);
    actions.push(new URLSearchParams(body).get("Action") ?? "");
    const { method, headers } = incoming;
    const outgoing = request(target, { method, headers, agent: false }).end(body);
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    const answered = await text(answer);
    // The next call needs a connection of its own, which is refused from here on.
    if (--answersLeft === 0) refuse();
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: "close" }).end(answered);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    passed: () => actions.splice(0),
    async refuseAfter(answers) {
      const begun = new Promise<void>((resolve) => (begin = resolve));
      answersLeft = answers;
      if (answers === 0) refuse();
      await begun;
    },
    async accept() {
      answersLeft = Infinity;
      begin();
      if (server.listening) return;
      server = createServer(onRequest);
      await listen(server, port);
    },
    close() {
      actions = [];
      server.close();
      server.closeAllConnections();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
