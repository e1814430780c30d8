import type { AddressInfo } from "node:net";
import fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { createCloud } from "./cloud";
import { controlRoutes } from "./control/controlRoutes";
import type { EmulatorControl } from "./control/emulatorControl";
import { emulatorControl } from "./control/emulatorControl";
import { apiRoutes } from "./wire/apiRoutes";

/** A running emulator. */
export interface Emulator {
  /** Where all three APIs and the control routes answer, `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  readonly control: EmulatorControl;
  /** Stops it at once, with all connections to it. */
  close(): Promise<void>;
}

/** Starts an emulator of its own, on a free port unless one is asked for. */
export async function startEmulator(options: { port?: number; host?: string } = {}): Promise<Emulator> {
  const { port: wantedPort = 0, host = "127.0.0.1" } = options;
  const cloud = createCloud();
  const app = fastify({ logger: false, forceCloseConnections: true, exposeHeadRoutes: false });
  app.register(apiRoutes(cloud));
  app.register(controlRoutes(cloud), { prefix: "/_emulator" });
  app.setNotFoundHandler(refuseUnknownPath);
  await app.listen({ port: wantedPort, host });
  const port = (app.server.address() as AddressInfo).port;
  const url = `http://${urlHost(host)}:${port}`;
  return { url, port, control: emulatorControl(url), close: () => app.close() };
}

function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function refuseUnknownPath(request: FastifyRequest, reply: FastifyReply): void {
  const error = `There is no ${request.method} ${request.url.split("?")[0]}.`;
  void reply.code(404).send({ Code: "InvalidApi.NotFound", Message: error, error });
}
