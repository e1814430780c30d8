import { type Context, Hono, type Next } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import type { Cloud } from "../cloud";
import { snapshotSchema } from "../snapshot";
import { ApiError } from "../product/apiError";
import { addInstance } from "./addInstance";
import { faultSchema } from "./faults";
import { runAction } from "./runAction";
import { settingsSchema } from "./settings";

const mebibyte = 1024 * 1024;

/** The routes that control a running emulator: calls, snapshot, instances, actions, faults, settings. */
export function controlRoutes(cloud: Cloud): Hono {
  const app = new Hono();
  app.onError(refuseReadably);
  app.use(refuseForms, bodyLimit({ maxSize: 256 * mebibyte }));
  recordRoutes(app, cloud);
  stateRoutes(app, cloud);
  conditionRoutes(app, cloud);
  return app;
}

/** A web page can send a form or plain text to another site without a preflight, but not JSON. */
async function refuseForms(context: Context, next: Next): Promise<Response | undefined> {
  const { method } = context.req;
  const isJson = /^application\/json\b/i.test(context.req.header("content-type") ?? "");
  if ((method === "POST" || method === "PUT") && !isJson) {
    return context.json({ error: `Send ${method} with the header "content-type: application/json".` }, 415);
  }
  await next();
  return undefined;
}

function recordRoutes(app: Hono, cloud: Cloud): void {
  app.get("/calls", (context) => context.json(cloud.calls.log()));
  app.delete("/calls", (context) => done(context, () => cloud.calls.forget()));
}

function stateRoutes(app: Hono, cloud: Cloud): void {
  app.post("/reset", (context) => done(context, () => cloud.reset()));
  app.get("/snapshot", (context) => context.json(cloud.snapshot()));
  app.put("/snapshot", async (context) => {
    const snapshot = await bodyOf(context, snapshotSchema);
    return done(context, () => cloud.restore(snapshot));
  });
  app.post("/instances", async (context) => {
    const { instanceId, isAdded } = addInstance(cloud, await bodyOf(context, z.unknown()));
    if (isAdded) return context.json({ ok: true });
    return context.json({ error: `The instance ${instanceId} exists already.` }, 409);
  });
  app.post("/actions", async (context) => context.json(runAction(cloud, await bodyOf(context, z.unknown()))));
}

function conditionRoutes(app: Hono, cloud: Cloud): void {
  app.get("/faults", (context) => context.json(cloud.faults.waiting()));
  app.delete("/faults", (context) => done(context, () => cloud.faults.clear()));
  app.post("/faults", async (context) => {
    const fault = await bodyOf(context, faultSchema);
    return done(context, () => cloud.faults.add(fault));
  });
  app.get("/settings", (context) => context.json(cloud.settings));
  app.post("/settings", async (context) => {
    cloud.set(await bodyOf(context, settingsSchema.partial()));
    return context.json(cloud.settings);
  });
}

function done(context: Context, work: () => void): Response {
  work();
  return context.json({ ok: true });
}

async function bodyOf<Schema extends z.ZodType>(context: Context, schema: Schema): Promise<z.output<Schema>> {
  return schema.parse(JSON.parse(await context.req.text()));
}

function refuseReadably(error: Error, context: Context): Response {
  const isBadRequest = error instanceof z.ZodError || error instanceof SyntaxError;
  const reason = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
  if (isBadRequest) return context.json({ error: reason }, 400);
  if (error instanceof ApiError) return context.json({ error: `${error.code}: ${reason}` }, 400);
  return context.json({ error: reason }, error instanceof HTTPException ? error.status : 500);
}
