import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { createCloud } from "./cloud";
import { controlRoutes } from "./control/controlRoutes";
import type { EmulatorControl } from "./control/emulatorControl";
import { emulatorControl } from "./control/emulatorControl";
import { listen } from "./listener";
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
  const app = new Hono();
  app.route("/_emulator", controlRoutes(cloud));
  app.route(
    "/",
    apiRoutes(cloud, (milliseconds) => listener.pause(milliseconds)),
  );
  app.notFound(refuseUnknownPath);
  app.onError(refuseFailure);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const listener = await listen(server, wantedPort, host);
  const url = `http://${urlHost(host)}:${listener.port}`;
  return { url, port: listener.port, control: emulatorControl(url), close: () => listener.close() };
}

function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function refuseUnknownPath({ req, json }: Context): Response {
  const error = `There is no ${req.method} ${req.path}.`;
  return json({ Code: "InvalidApi.NotFound", Message: error, error }, 404);
}

function refuseFailure(failure: Error, { json }: Context): Response {
  const error = `The emulator failed: ${failure.message}`;
  return json({ Code: "InternalError", Message: error, error }, 500);
}
