import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Cloud } from "../cloud";
import { snapshotSchema } from "../store";
import { faultSchema } from "./faults";
import { addInstance, newInstanceSchema } from "./newInstance";
import { settingsSchema } from "./settings";

const mebibyte = 1024 * 1024;

/** The routes by which tests and people steer a running emulator. */
export function controlRoutes(cloud: Cloud) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(refuseReadably);
    app.removeAllContentTypeParsers();
    // Whatever type a person's curl gives it, a body here is JSON, and an empty one is none.
    app.addContentTypeParser("*", { parseAs: "string" }, async (_request: FastifyRequest, body: string) =>
      body === "" ? undefined : JSON.parse(body),
    );
    recordRoutes(app, cloud);
    stateRoutes(app, cloud);
    conditionRoutes(app, cloud);
  };
}

function recordRoutes(app: FastifyInstance, cloud: Cloud): void {
  app.get("/calls", async () => cloud.calls.log());
  app.delete("/calls", async () => done(() => cloud.calls.forget()));
}

function stateRoutes(app: FastifyInstance, cloud: Cloud): void {
  app.post("/reset", async () => done(() => cloud.reset()));
  app.get("/snapshot", async () => cloud.snapshot());
  app.put("/snapshot", { bodyLimit: 256 * mebibyte }, async (request) =>
    done(() => cloud.restore(accept(snapshotSchema, request.body))),
  );
  app.post("/instances", async (request, reply) => {
    const wanted = accept(newInstanceSchema, request.body);
    if (addInstance(cloud.store, wanted)) return { ok: true };
    return reply.code(409).send({ error: `The instance ${wanted.instanceId} exists already.` });
  });
}

function conditionRoutes(app: FastifyInstance, cloud: Cloud): void {
  app.post("/faults", async (request) => done(() => cloud.faults.add(accept(faultSchema, request.body))));
  app.get("/faults", async () => cloud.faults.waiting());
  app.delete("/faults", async () => done(() => cloud.faults.clear()));
  app.get("/settings", async () => cloud.settings);
  app.post("/settings", async (request) => {
    cloud.set(accept(settingsSchema.partial(), request.body ?? {}));
    return cloud.settings;
  });
}

function done(work: () => void): { ok: true } {
  work();
  return { ok: true };
}

function accept<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  return schema.parse(body);
}

function refuseReadably(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const isBadRequest = error instanceof z.ZodError || error instanceof SyntaxError;
  const status = isBadRequest ? 400 : (error.statusCode ?? 500);
  const reason = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
  void reply.code(status).send({ error: reason });
}
