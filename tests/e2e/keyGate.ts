import { once } from "node:events";
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A gate before the emulator at which access keys can be revoked, as in a real account. */
export interface KeyGate {
  url: string;
  /** From now on calls that this key signs are refused; all others pass. */
  revoke(accessKeyId: string): void;
  close(): Promise<void>;
}

/** Opens a gate before an emulator. */
export async function openKeyGate(emulator: string): Promise<KeyGate> {
  let revoked: string | undefined;
  const server = createServer((request, response) => {
    const { method, headers, url = "" } = request;
    void buffer(request).then((body) => {
      if (new URLSearchParams(body.toString()).get("AccessKeyId") === revoked) {
        const refusal = { Code: "InvalidAccessKeyId.NotFound", Message: "No such key.", RequestId: "gate" };
        response.writeHead(404, { "content-type": "application/json" }).end(JSON.stringify(refusal));
        return;
      }
      const passed = forward(new URL(url, emulator), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      passed.end(body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    revoke: (accessKeyId) => void (revoked = accessKeyId),
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
