import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

export type Properties = Record<string, unknown>;

/** A line that the process sent to the engine. */
export interface LogLine {
  severity: "info" | "warning" | "other";
  urn: string;
  message: string;
}

/** What an error says: its message, and the half-done resource if there is one. */
export interface Refusal {
  message: string;
  halfDone?: {
    id: string;
    properties: Properties;
    inputs: Properties;
    reasons: string[];
    refreshBeforeUpdate: boolean;
  };
}

/** A provider's process as the engine starts one. */
export interface ProviderProcess {
  /** The process itself; its standard output is taken already. */
  child: ChildProcess;
  /** Asks what the engine asks. */
  client: ResourceProviderClient;
  /** The lines sent to the engine since this was last asked. */
  log(): LogLine[];
  /** What the process has printed on its console besides its port, which Pulumi would show on the stack. */
  console(): string;
  stop(): Promise<void>;
}

/** A made-up engine, which takes log lines. */
export interface MadeUpEngine {
  address: string;
  lines: LogLine[];
  stop(): void;
}

/**
 * Starts a provider's process with these variables alone, beside a made-up engine whose address is its last argument:
 * one of its own, unless told. It runs in this folder.
 */
export async function startProvider(
  command: readonly [program: string, ...args: string[]],
  env: NodeJS.ProcessEnv,
  shared?: MadeUpEngine,
  cwd = __dirname,
): Promise<ProviderProcess> {
  const engine = shared ?? (await startEngine());
  const [program, ...args] = command;
  const child = spawn(program, [...args, engine.address], {
    cwd,
    // Tests that are not about the journal leave nothing in the home folder and find nothing of another test.
    env: { PATH: process.env.PATH, ALICLOUD_USERS_JOURNAL: "off", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: string[] = [];
  const port = await portOf(child, printed);
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return {
    child,
    client,
    log: () => engine.lines.splice(0),
    console: () => printed.join(""),
    async stop() {
      client.close();
      if (!shared) engine.stop();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}

/** The error of a request that had to fail. */
export async function refusalOf(request: Promise<unknown>): Promise<Refusal> {
  const error = await request.then(
    () => undefined,
    (thrown: grpc.ServiceError) => thrown,
  );
  if (!error) throw new Error("The request should have failed.");
  const [details] = error.metadata.get("grpc-status-details-bin");
  if (!details) return { message: error.details };
  const status = Status.deserializeBinary(details as Buffer);
  const detail = ErrorResourceInitFailed.deserializeBinary(status.getDetailsList()[0]!.getValue_asU8());
  const halfDone = {
    id: detail.getId(),
    properties: propertiesOf(detail.getProperties()),
    inputs: propertiesOf(detail.getInputs()),
    reasons: detail.getReasonsList(),
    refreshBeforeUpdate: detail.getRefreshBeforeUpdate(),
  };
  return { message: error.details, halfDone };
}

/** The answer of a request. */
export function answer<T>(
  ask: (done: (error: grpc.ServiceError | null, response: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) =>
    ask((error, response) => (error ? reject(error) : resolve(response))),
  );
}

/** Values as the engine sends them. */
export function structOf(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

/** Values as the engine receives them, its markers with them. */
export function propertiesOf(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

/** Starts one. */
export async function startEngine(): Promise<MadeUpEngine> {
  const lines: LogLine[] = [];
  const server = new grpc.Server();
  const severities = { [LogSeverity.INFO]: "info", [LogSeverity.WARNING]: "warning" } as const;
  server.addService(EngineService as unknown as grpc.ServiceDefinition, {
    log({ request }: grpc.ServerUnaryCall<LogRequest, Empty>, done: grpc.sendUnaryData<Empty>) {
      const severity = severities[request.getSeverity() as 1 | 2] ?? "other";
      lines.push({ severity, urn: request.getUrn(), message: request.getMessage() });
      done(null, new Empty());
    },
  });
  const port = await answer<number>((done) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      done(error as grpc.ServiceError | null, bound),
    ),
  );
  return { lines, address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

/** The first line is the port; whatever follows, on either stream, is what Pulumi would show. */
async function portOf(child: ChildProcess, printed: string[]): Promise<string> {
  child.stderr!.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  const lines = createInterface({ input: child.stdout! });
  const ended = once(child, "exit").then(() => {
    throw new Error(`The process ended at once.\n${printed.join("")}`);
  });
  const [port] = (await Promise.race([once(lines, "line"), ended])) as [string];
  ended.catch(() => {});
  lines.on("line", (line) => printed.push(`${line}\n`));
  return port;
}
