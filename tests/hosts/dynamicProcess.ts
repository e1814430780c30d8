import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
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
  halfDone?: { id: string; properties: Properties; reasons: string[] };
}

/** Pulumi's own dynamic-provider process, driven as the engine drives it. */
export interface DynamicProcess {
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: messages.CheckFailure.AsObject[] }>;
  diff(
    id: string,
    olds: Properties,
    news: Properties,
    ignoreChanges?: string[],
  ): Promise<{ changes: boolean; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  read(id: string, outputs: Properties): Promise<{ id: string; outputs: Properties; inputs: Properties }>;
  update(
    id: string,
    olds: Properties,
    news: Properties,
    ignoreChanges?: string[],
  ): Promise<{ outputs: Properties }>;
  remove(id: string, outputs: Properties): Promise<void>;
  /** The lines sent to the engine since this was last asked. */
  log(): LogLine[];
  /** What the process has printed on its console, which Pulumi would show on the stack. */
  console(): string;
  stop(): Promise<void>;
}

/** The program of the process in the SDK that this package uses. */
const ownScript = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");

/** Starts the process with these variables alone, beside a made-up engine that takes its log lines. */
export async function startDynamicProcess(
  env: NodeJS.ProcessEnv,
  config: Properties = {},
  script = ownScript,
): Promise<DynamicProcess> {
  const engine = await startEngine();
  const child = spawn(process.execPath, [script, engine.address], {
    cwd: __dirname,
    env: { PATH: process.env.PATH, PULUMI_NODEJS_PROJECT: "test", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: string[] = [];
  const port = await portOf(child, printed);
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const configure = new messages.ConfigureRequest().setArgs(structOf(config));
  await answer((done) => client.configure(configure, done));
  return {
    ...verbs(client),
    log: () => engine.lines.splice(0),
    console: () => printed.join(""),
    async stop() {
      client.close();
      engine.stop();
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}

function verbs(client: ResourceProviderClient) {
  return {
    async check(olds: Properties, news: Properties) {
      const request = new messages.CheckRequest().setOlds(structOf(olds)).setNews(structOf(news));
      const response = await answer<messages.CheckResponse>((done) => client.check(request, done));
      return { inputs: propertiesOf(response.getInputs()), failures: response.toObject().failuresList };
    },
    async diff(id: string, olds: Properties, news: Properties, ignoreChanges: string[] = []) {
      const request = new messages.DiffRequest().setId(id).setOlds(structOf(olds)).setNews(structOf(news));
      request.setIgnorechangesList(ignoreChanges);
      const response = await answer<messages.DiffResponse>((done) => client.diff(request, done));
      return {
        changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
        replaces: response.getReplacesList(),
        deleteBeforeReplace: response.getDeletebeforereplace(),
      };
    },
    async create(inputs: Properties) {
      const request = new messages.CreateRequest().setProperties(structOf(inputs));
      const response = await answer<messages.CreateResponse>((done) => client.create(request, done));
      return { id: response.getId(), outputs: propertiesOf(response.getProperties()) };
    },
    async read(id: string, outputs: Properties) {
      const request = new messages.ReadRequest().setId(id).setProperties(structOf(outputs));
      const response = await answer<messages.ReadResponse>((done) => client.read(request, done));
      const inputs = propertiesOf(response.getInputs());
      return { id: response.getId(), outputs: propertiesOf(response.getProperties()), inputs };
    },
    async update(id: string, olds: Properties, news: Properties, ignoreChanges: string[] = []) {
      const request = new messages.UpdateRequest().setId(id).setOlds(structOf(olds)).setNews(structOf(news));
      request.setIgnorechangesList(ignoreChanges);
      const response = await answer<messages.UpdateResponse>((done) => client.update(request, done));
      return { outputs: propertiesOf(response.getProperties()) };
    },
    async remove(id: string, outputs: Properties) {
      const request = new messages.DeleteRequest().setId(id).setProperties(structOf(outputs));
      await answer((done) => client.delete(request, done));
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
    reasons: detail.getReasonsList(),
  };
  return { message: error.details, halfDone };
}

function answer<T>(ask: (done: (error: grpc.ServiceError | null, response: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) =>
    ask((error, response) => (error ? reject(error) : resolve(response))),
  );
}

function structOf(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

function propertiesOf(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

async function startEngine() {
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
    throw new Error(`The dynamic-provider process ended at once.\n${printed.join("")}`);
  });
  const [port] = (await Promise.race([once(lines, "line"), ended])) as [string];
  ended.catch(() => {});
  lines.on("line", (line) => printed.push(`${line}\n`));
  return port;
}
