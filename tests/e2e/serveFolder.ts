import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

/** Serves the files of a folder on loopback, as a host of releases does. */
export async function serveFolder(folder: string): Promise<{ url: string; close(): Promise<unknown> }> {
  const server = createServer(({ url = "/" }, response) => {
    const file = path.join(folder, path.basename(url));
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.end(readFileSync(file));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return once(server.close(), "close");
    },
  };
}
