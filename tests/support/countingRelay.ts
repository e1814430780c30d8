import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** An address in front of the emulator that counts how many calls are under way at once. */
export interface CountingRelay {
  readonly url: string;
  /** The most calls of this action that were under way at once since this was last asked. */
  mostAtOnce(action: string): number;
  close(): void;
}

/** Opens one in front of this URL. */
export async function openCountingRelay(target: string): Promise<CountingRelay> {
  const underWay = new Map<string, number>();
  const most = new Map<string, number>();
  const count = (action: string, change: number): void => {
    const now = (underWay.get(action) ?? 0) + change;
    underWay.set(action, now);
    most.set(action, Math.max(now, most.get(action) ?? 0));
  };

  const server = createServer((incoming, response) => {
    void (async () => {
      const body = await text(incoming);
      const action = new URLSearchParams(body).get("Action") ?? "";
      count(action, 1);
      const { method, headers } = incoming;
      const outgoing = request(target, { method, headers, agent: false }).end(body);
      const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
      const answered = await text(answer);
      count(action, -1);
      response.writeHead(answer.statusCode ?? 502, answer.headers).end(answered);
    })().catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mostAtOnce(action) {
      const seen = most.get(action) ?? 0;
      most.delete(action);
      return seen;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
