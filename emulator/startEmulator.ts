import type { Server } from "node:http";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { createCloud } from "./cloud";
import { controlRoutes } from "./control/controlRoutes";
import { type EmulatorControl, emulatorControl } from "./control/emulatorControl";
import { type Settings, settingsSchema } from "./control/settings";
import { listen } from "./listener";
import { pageGuard } from "./pageGuard";
import { apiRoutes } from "./wire/apiRoutes";

/** A running emulator. */
export interface Emulator {
  /** Where all APIs and the control routes answer, `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  readonly control: EmulatorControl;
  /** Stops it at once, with all connections to it. */
  close(): Promise<void>;
}

/** How an emulator starts. */
export interface EmulatorOptions {
  /** A free port when left out. */
  port?: number;
  /** The address to listen on, 127.0.0.1 when left out. */
  host?: string;
  /** Names in the Host header that it answers to, besides localhost, addresses and `host`. */
  allowedHosts?: readonly string[];
  /** The settings that it starts with, and that a reset goes back to. */
  settings?: Partial<Settings>;
}

/** Starts an emulator of its own; fails where the port is taken or a setting is not valid. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port: wantedPort = 0, host = "127.0.0.1", allowedHosts = [], settings = {} } = options;
  const cloud = createCloud(settingsSchema.partial().parse(settings));
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/_emulator", controlRoutes(cloud));
  app.route(
    "/",
    apiRoutes(cloud, (milliseconds) => listener.pause(milliseconds)),
  );
  app.notFound(refuseUnknownPath);
  app.onError(refuseFailure);
  const refusalOf = pageGuard([host, ...allowedHosts]);
  // In front of the router, because a middleware slows every call down.
  const server = createAdaptorServer({
    fetch: (request, env) => {
      const bindings = env as HttpBindings;
      return refusalOf(bindings.incoming.headers) ?? app.fetch(request, bindings);
    },
  }) as Server;
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
