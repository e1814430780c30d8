import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that listens on one address, and can stop listening for a while. */
export interface Listener {
  readonly port: number;
  /** Refuses connections for so many milliseconds, and ends those that are open. */
  pause(milliseconds: number): void;
  /** Stops for good, with all connections. */
  close(): Promise<void>;
}

/** How long an idle connection stays open, in milliseconds. */
const idleMs = 60_000;

/** Lets a server listen; rejects where the port is taken. */
export async function listen(server: Server, port: number, host: string): Promise<Listener> {
  // After Node's own 5 seconds, a call is now and then sent on a connection that is just being closed.
  server.keepAliveTimeout = idleMs;
  server.listen(port, host);
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EADDRINUSE" ? takenPort(port, host, error) : error;
  });
  const address = server.address() as AddressInfo;
  let resuming: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearTimeout(resuming);
    server.close();
    server.closeAllConnections();
  };
  return {
    port: address.port,
    pause(milliseconds) {
      stop();
      resuming = setTimeout(() => server.listen(address.port, host), milliseconds);
    },
    async close() {
      const closed = server.listening ? once(server, "close") : undefined;
      stop();
      await closed;
    },
  };
}

function takenPort(port: number, host: string, cause: Error): Error {
  const message =
    `Port ${port} of ${host} is taken, perhaps by an emulator that still runs. End what listens there, or choose another ` +
    "port (--port of the command, port of startEmulator); without one a free port is used.";
  return Object.assign(new Error(message, { cause }), { code: "EADDRINUSE" });
}
