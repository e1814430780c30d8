import type { ChildProcess } from "node:child_process";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  answer,
  type LogLine,
  type MadeUpEngine,
  type Properties,
  propertiesOf,
  startProvider,
  structOf,
} from "./providerProcess";

/** Pulumi's own dynamic-provider process, driven as the engine drives it. */
export interface DynamicProcess {
  /** The process itself. */
  child: ChildProcess;
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

/** Starts the process with these variables alone, beside a made-up engine that takes its log lines: one of its own, unless told. */
export async function startDynamicProcess(
  env: NodeJS.ProcessEnv,
  config: Properties = {},
  { script = ownScript, engine, cwd }: { script?: string; engine?: MadeUpEngine; cwd?: string } = {},
): Promise<DynamicProcess> {
  const command = [process.execPath, "--require", require.resolve("./late/index.cjs"), script] as const;
  const variables = { PULUMI_NODEJS_PROJECT: "test", ...env };
  const { child, client, log, console, stop } = await startProvider(command, variables, engine, cwd);
  const configure = new messages.ConfigureRequest().setArgs(structOf(config));
  await answer((done) => client.configure(configure, done));
  return { child, ...verbs(client), log, console, stop };
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
